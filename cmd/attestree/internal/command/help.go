package command

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
)

// ofItself reports whether a command says something of the program alone. It has to work whatever the settings are: it is
// what somebody asks who wants to mend them, and shells run completion scripts at every start.
func ofItself(c *cobra.Command) bool {
	for c.HasParent() && c.Parent().HasParent() {
		c = c.Parent()
	}
	switch c.Name() {
	case "help", "version", "completion", cobra.ShellCompRequestCmd, cobra.ShellCompNoDescRequestCmd:
		return true
	}
	return false
}

// strictHelp has the command help refuse what is no command. The library shows the help of what comes before it.
func strictHelp(root *cobra.Command) {
	help, _, err := root.Find([]string{"help"})
	if err != nil {
		return // without the command there is nothing to be strict about
	}
	help.Use, help.Short, help.Long = "help [COMMAND]", "Show the help of a command", ""
	help.Args = func(_ *cobra.Command, args []string) error {
		about, rest, err := root.Find(args)
		if err != nil {
			return exit.Usage(err)
		}
		return run.Subcommand(about, rest)
	}
}

// unfold joins the lines of each paragraph of what commands say of themselves, so that help breaks them where the
// terminal ends and not where our source does. A line that begins with a space stays a line.
func unfold(c *cobra.Command) {
	lines := strings.Split(c.Long, "\n")
	var text strings.Builder
	for i, line := range lines {
		if i > 0 {
			before := lines[i-1]
			if before == "" || line == "" || strings.HasPrefix(before, " ") || strings.HasPrefix(line, " ") {
				text.WriteByte('\n')
			} else {
				text.WriteByte(' ')
			}
		}
		text.WriteString(line)
	}
	c.Long = text.String()
	for _, child := range c.Commands() {
		unfold(child)
	}
}

// strictCompletion has the library's command for completion refuse a shell that it does not know, and whatever follows
// one. What it prints is run by shells, and help is nothing to run.
func strictCompletion(root *cobra.Command, args []string) {
	root.InitDefaultCompletionCmd(args...)
	completion, _, err := root.Find([]string{"completion"})
	if err != nil || completion == root {
		return
	}
	completion.Args = run.Subcommand
	completion.RunE = run.Help
	for _, shell := range completion.Commands() {
		shell.Args = run.NoArguments
	}
}
