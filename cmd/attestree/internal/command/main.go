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

	"github.com/attestree/attestree/cmd/attestree/internal/state"
	"github.com/attestree/attestree/registry"
	"github.com/attestree/attestree/registry/cache"
	"github.com/attestree/attestree/ui"
	"github.com/attestree/attestree/ui/safe"
)

// Environment is what the program takes from the world, so that tests can give it another one.
type Environment struct {
	Args     []string // without the program's name
	Stdin    io.Reader
	Stdout   io.Writer
	Stderr   io.Writer
	Getenv   func(string) string
	Now      func() time.Time
	Terminal bool // stdin and stdout are a terminal that can show a screen
	Lines    bool // stdin and stdout are a terminal, perhaps one that can show lines only
	Progress bool // stderr is a terminal
	Color    bool // stdout is a terminal
	// CacheFolder is where what registries sent is kept, "" for nowhere.
	CacheFolder string
	// StateFolder is where what was opened is remembered, "" for nowhere.
	StateFolder string
}

// System is the real world.
func System() Environment {
	in, out := term.IsTerminal(os.Stdin.Fd()), term.IsTerminal(os.Stdout.Fd())
	return Environment{
		Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Now: time.Now,
		Terminal: in && out && os.Getenv("TERM") != "dumb", Lines: in && out,
		Progress: term.IsTerminal(os.Stderr.Fd()), Color: out, CacheFolder: cache.Folder(), StateFolder: state.Folder(),
	}
}

// grace is how long the program may take to end in order once it was asked to.
const grace = time.Second

// Main runs the program and returns its exit code, see exitcode.go. It comes back soon after ctx or a signal ends the
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
		explain(env.Stderr, context.Canceled)
		return exitIncomplete
	}
}

func execute(ctx context.Context, version string, env Environment) int {
	a := &app{Environment: env, version: version}
	defer func() { a.keeping.close(env.Stderr) }()
	root := newRoot(a)
	root.SetArgs(env.Args)
	root.SetIn(env.Stdin)
	root.SetOut(env.Stdout)
	root.SetErr(env.Stderr)
	err := fang.Execute(ctx, root,
		fang.WithVersion(version),
		fang.WithoutManpage(),
		fang.WithErrorHandler(func(_ io.Writer, _ fang.Styles, err error) { explain(env.Stderr, err) }),
	)
	return exitCode(err)
}

// explain says on stderr what went wrong, in one clear sentence and, where there is one, a hint.
func explain(w io.Writer, err error) {
	var answered verdictError
	if errors.As(err, &answered) {
		return // the answer is on stdout; the code says the rest
	}
	if errors.Is(err, context.Canceled) {
		err = errors.New("stopped before everything was looked at, so there is no answer")
	}
	text := fmt.Sprintf("attestree: %s\n", sentence(err))
	if hint := hintFor(err); hint != "" {
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

// app is what every command works with.
type app struct {
	Environment
	version string
	flags   flags
	keys    ui.Keys // of the screen, as the settings choose them
	keeping keeping
	touring bool // the tour was asked for
}

func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "attestree [SOURCE]",
		Short: "See everything attached to a container image, and what to believe of it",
		Long: `attestree shows everything attached to a container image, and what to believe of it.

SOURCE is a registry reference, an OCI layout folder, an OCI or docker-save tar, a Sigstore bundle, a file of
bundles or envelopes (one JSON a line), a DSSE envelope, an in-toto statement, "-" for standard input, or
"demo". The prefixes registry:, oci:, archive: and file: settle doubt.

With a terminal it opens the explorer, or without SOURCE a screen to choose one; without a terminal it prints the tree.`,
		Example: `attestree demo
attestree ghcr.io/org/server:1.0
attestree verify ghcr.io/org/server:1.0 --certificate-identity https://… --certificate-oidc-issuer https://…
attestree tree oci:./layout -o json`,
		Args: oneSource,
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) > 0:
				return a.explore(cmd.Context(), args[0])
			case a.plain() && a.Lines:
				return a.startPlain(cmd.Context())
			case a.Terminal:
				return a.start(cmd.Context())
			}
			return cmd.Help()
		},
	}
	a.flags.register(root)
	a.flags.registerScreen(root)
	a.keeping.register(root)
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error { return a.settleComfort(cmd) }
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(err) })
	root.AddCommand(newDemo(a), newTree(a), newVerify(a), newAudit(a), newDiff(a), newCommands(a), newExport(a), newFleet(a), newPackage(a), newTrust(a), newCache(a))
	root.AddCommand(newPolicy(a), newKeys(a))
	return root
}

// oneSource accepts at most one argument.
func oneSource(_ *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usage(fmt.Errorf("%d sources given; attestree looks at one at a time", len(args)))
	}
	return nil
}

// exactlyOneSource accepts one argument.
func exactlyOneSource(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usage(fmt.Errorf("no source given: want %s", cmd.Use))
	}
	return oneSource(cmd, args)
}
