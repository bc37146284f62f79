// Package command is attestree's command line: flags become options of the rooms, the rooms are put together into a
// session, and what the session says becomes a screen, text, JSON and an exit code.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"charm.land/fang/v2"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/auditcmd"
	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/fleetcmd"
	"github.com/attestree/attestree/cmd/attestree/internal/command/imagecmd"
	"github.com/attestree/attestree/cmd/attestree/internal/command/packagecmd"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/command/screen"
	"github.com/attestree/attestree/cmd/attestree/internal/command/trustcmd"
	"github.com/attestree/attestree/cmd/attestree/internal/state"
	"github.com/attestree/attestree/registry"
	"github.com/attestree/attestree/registry/cache"
	"github.com/attestree/attestree/ui/safe"
)

// Environment is what the program takes from the world.
type Environment = run.Environment

// System is the real world.
func System() Environment {
	in, out, progress := term.IsTerminal(os.Stdin.Fd()), term.IsTerminal(os.Stdout.Fd()), term.IsTerminal(os.Stderr.Fd())
	moves := os.Getenv("TERM") != "dumb" // the terminal can do more than write line after line
	return Environment{
		Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Now: time.Now,
		Terminal: in && out && moves, Lines: in && out,
		Progress: progress && moves, Color: out, CacheFolder: cache.Folder(), StateFolder: state.Folder(),
	}
}

// grace is how long the program may take to end in order once it was asked to.
const grace = time.Second

// Main runs the program and returns its exit code, see package exit. It comes back soon after ctx or a signal ends the
// run, even where something cannot be interrupted: opening a pipe that nobody writes to.
func Main(ctx context.Context, version string, env Environment) int {
	boundMemory(env.Getenv)
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	done := make(chan int, 1)
	go func() { done <- execute(ctx, version, env) }()
	select {
	case code := <-done:
		return code
	case <-ctx.Done():
	}
	select {
	case code := <-done:
		return code
	case <-time.After(grace):
		explain(env.Stderr, context.Canceled, "attestree")
		return exit.Incomplete
	}
}

func execute(ctx context.Context, version string, env Environment) int {
	a := &run.App{Environment: env, Version: version}
	defer func() { a.Keeping.Close(env.Stderr) }()
	root := newRoot(a)
	root.SetArgs(env.Args)
	root.SetIn(env.Stdin)
	stdout := &watched{Writer: env.Stdout}
	root.SetOut(stdout)
	root.SetErr(env.Stderr)
	asked := "attestree"
	if c, _, err := root.Find(env.Args); err == nil && c.Name() != "help" {
		asked = c.CommandPath()
	}
	strictCompletion(root, env.Args)
	var end ending
	end.of(root)
	err := fang.Execute(ctx, root,
		fang.WithVersion(version),
		fang.WithoutManpage(),
		fang.WithErrorHandler(func(_ io.Writer, _ fang.Styles, err error) { explain(env.Stderr, err, asked) }),
	)
	if err == nil && end.err != nil {
		err = end.err
		explain(env.Stderr, err, asked)
	}
	if err == nil && stdout.err != nil {
		err = fmt.Errorf("write text: %w", stdout.err)
		explain(env.Stderr, err, asked)
	}
	return exit.Code(err)
}

// explain says on stderr what went wrong with the command that was asked for, in one clear sentence and, where there is
// one, a hint.
func explain(w io.Writer, err error, asked string) {
	var answered exit.Answered
	if errors.As(err, &answered) {
		return // the answer is on stdout; the code says the rest
	}
	if errors.Is(err, context.Canceled) {
		err = errors.New("stopped before everything was looked at, so there is no answer")
	}
	text := fmt.Sprintf("attestree: %s\n", sentence(err))
	if hint := exit.Hint(err, asked); hint != "" {
		text += fmt.Sprintf("hint: %s\n", hint)
	}
	_, _ = io.WriteString(safe.NewWriter(w), text) // where stderr is gone there is nobody to tell
}

// sentence is what an error says. What a registry says stays in the line that quotes it: it starts none that looks like
// ours. Others may have several, as a policy file has problems.
func sentence(err error) string {
	var source *registry.SourceError
	if errors.As(err, &source) {
		return safe.Line(err.Error()).String()
	}
	return err.Error()
}

func newRoot(a *run.App) *cobra.Command {
	root := &cobra.Command{
		Use:   "attestree [SOURCE]",
		Short: "See everything attached to a container image, and what to believe of it",
		Long: `attestree shows everything attached to a container image, and what to believe of it.

SOURCE is a registry reference, an OCI layout folder, an OCI or docker-save tar, a Sigstore bundle, a file of
bundles or envelopes (one JSON a line), a DSSE envelope, an in-toto statement, "-" for standard input, or
"demo". The prefixes registry:, oci:, archive: and file: settle doubt.

With a terminal it opens the explorer, or without SOURCE a screen to choose one; without a terminal it prints the tree.

What is called docs/… in these texts is at https://github.com/attestree/attestree.`,
		Example: `attestree demo
attestree ghcr.io/org/server:1.0
attestree verify ghcr.io/org/server:1.0 --certificate-identity https://… --certificate-oidc-issuer https://…
attestree tree oci:./layout -o json`,
		Args: run.SourceOrCommand,
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) > 0:
				a.Meant = run.NearCommand(cmd, args[0])
				return screen.Explore(cmd.Context(), a, args[0])
			case a.Plain() && a.Lines:
				return screen.StartPlain(cmd.Context(), a)
			case a.Terminal:
				return screen.Start(cmd.Context(), a)
			}
			return cmd.Help()
		},
	}
	a.Flags.Register(root)
	a.Flags.RegisterScreen(root)
	a.Keeping.Register(root)
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		if ofItself(cmd) {
			return nil
		}
		return a.SettleComfort(cmd)
	}
	root.SetFlagErrorFunc(run.MistypedFlag)
	root.AddCommand(screen.NewDemo(a), imagecmd.NewTree(a), imagecmd.NewVerify(a), auditcmd.New(a), imagecmd.NewDiff(a), imagecmd.NewCommands(a), imagecmd.NewExport(a), fleetcmd.New(a), packagecmd.New(a), trustcmd.New(a), newCache(a))
	root.AddCommand(imagecmd.NewPolicy(a), newKeys(a), newVersion(a))
	root.InitDefaultHelpCmd()
	strictHelp(root)
	unfold(root)
	return root
}
