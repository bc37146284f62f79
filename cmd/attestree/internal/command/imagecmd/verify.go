// Package imagecmd holds the commands that look at an image, or at two, and print an answer: tree, verify, policy, diff,
// commands and export.
//
// It knows their flags and how each answer becomes an exit code. It must not know the screen, which has some of the same
// done.
package imagecmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/model"
)

// NewTree is "attestree tree".
func NewTree(a *run.App) *cobra.Command {
	c := &cobra.Command{
		Use:   "tree SOURCE",
		Short: "List what is attached, without verifying it",
		Long: `List everything attached to SOURCE, as text or JSON. Nothing is verified: every verdict stays "unchecked".

Exit code 0: everything could be looked at; 1: some look-up was denied, failed or cut short, or the source could not
be read; 2: the command line cannot be understood.`,
		Args: run.ExactlyOneSource,
		RunE: func(cmd *cobra.Command, args []string) error { return List(cmd.Context(), a, args[0]) },
	}
	a.Flags.RegisterOutput(c)
	a.Flags.Wraps.Register(c)
	return c
}

// NewVerify is "attestree verify".
func NewVerify(a *run.App) *cobra.Command {
	c := &cobra.Command{
		Use:   "verify SOURCE",
		Short: "Verify everything attached, and say whether SOURCE is trusted",
		Long: `Verify everything attached to SOURCE, check by check, and answer: is the requested digest signed by somebody whom
you trust? Say whom with --key or with --certificate-identity and --certificate-oidc-issuer. With a policy file
(--policy, or your own) the question is whether that is satisfied.

Exit code 0: yes; 3: no; 1: no, and not everything could be looked at, or the source could not be read; 2: the
command line cannot be understood.`,
		Args: run.ExactlyOneSource,
		RunE: func(cmd *cobra.Command, args []string) error { return verify(cmd.Context(), a, args[0]) },
	}
	a.Flags.RegisterOutput(c)
	a.Flags.Wraps.Register(c)
	return c
}

// List is "tree": discover, judge nothing, print.
func List(ctx context.Context, a *run.App, source string) error {
	job, err := a.Prepare(source)
	if err != nil {
		return err
	}
	tree, err := a.Look(ctx, job)
	if err != nil {
		return err
	}
	if err := a.Print(tree, a.Facts(job, model.PolicyAnswer{}, false)); err != nil {
		return err
	}
	if run.Incomplete(tree) || run.Outdated(tree) {
		return exit.With(exit.Incomplete)
	}
	return nil
}

// verify is "verify": discover, judge, print, and answer with the exit code.
func verify(ctx context.Context, a *run.App, source string) error {
	job, tree, err := a.Judge(ctx, source)
	if err != nil {
		return err
	}
	packages := a.Flags.Wraps.Summaries(tree, job.Trust.Pinned())
	answer := a.Flags.Wraps.Answer(job.Trust.Policy(tree), packages)
	facts := a.Facts(job, answer, true)
	facts.Packages = packages
	if err := a.Print(tree, facts); err != nil {
		return err
	}
	switch {
	case run.Outdated(tree):
		return exit.With(exit.Incomplete)
	case answer.Satisfied:
		return nil
	case run.Incomplete(tree), tree.Counts()[model.Unavailable] > 0:
		return exit.With(exit.Incomplete)
	}
	return exit.With(exit.NotSatisfied)
}
