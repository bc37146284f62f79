package run

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
)

// mistakes is how many letters may be wrong for a name to be taken for another one.
const mistakes = 2

// SourceOrCommand accepts at most one source; a command that was mistyped is taken for a source, and said to be none.
func SourceOrCommand(root *cobra.Command, args []string) error {
	if len(args) < 2 {
		return nil
	}
	switch near := NearCommand(root, args[0]); {
	case near == args[0]:
		return exit.Usage(fmt.Errorf("%s stands after --, where everything is a source", near))
	case near != "":
		return exit.Usage(fmt.Errorf("%s is no command; did you mean %s?", args[0], near))
	case !strings.ContainsAny(args[0], "/:@."):
		return exit.Usage(fmt.Errorf("%s is no command, and of sources attestree looks at one at a time", args[0]))
	}
	return OneSource(root, args)
}

// Subcommand is for commands that only hold others: whatever is named is none of them.
func Subcommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	name := strings.TrimPrefix(c.CommandPath()+" "+args[0], c.Root().Name()+" ")
	if near := NearCommand(c, args[0]); near != "" {
		return exit.Usage(fmt.Errorf("%s is no command; did you mean %s?", name, near))
	}
	return exit.Usage(fmt.Errorf("%s is no command", name))
}

// Help shows the help of such a command.
func Help(c *cobra.Command, _ []string) error { return c.Help() }

// beginning is how many letters of a command name it.
const beginning = 3

// NearCommand is the command whose name a word is a slip of, or the beginning of; "" for none.
func NearCommand(root *cobra.Command, word string) string {
	near, least := "", mistakes+1
	for _, c := range root.Commands() {
		d := distance(word, c.Name())
		if len(word) >= beginning && strings.HasPrefix(c.Name(), word) {
			d = 1
		}
		if c.IsAvailableCommand() && d < least && d < len(c.Name())/2 {
			near, least = c.Name(), d
		}
	}
	return near
}

// MistypedFlag is a wrong flag, with the name of the one that was probably meant.
func MistypedFlag(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return exit.Usage(err)
	}
	if name := unknown.GetSpecifiedName(); c.Flags().Lookup("output") != nil && (name == "json" || name == "format") {
		return exit.Usage(fmt.Errorf("%w; did you mean -o json?", err))
	}
	near, least := "", mistakes+1
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if d := distance(unknown.GetSpecifiedName(), f.Name); d < least && d < len(f.Name)/2 {
			near, least = f.Name, d
		}
	})
	if near == "" {
		return exit.Usage(err)
	}
	return exit.Usage(fmt.Errorf("%w; did you mean --%s?", err, near))
}

// distance is how many letters have to be changed, added or left out to make b of a (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
