package imagecmd

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/equivalent"
)

// NewCommands is "attestree commands".
func NewCommands(a *run.App) *cobra.Command {
	var node string
	c := &cobra.Command{
		Use:   "commands SOURCE",
		Short: "Print the commands of other programs that show and verify the same",
		Long: `Print, for SOURCE and for each thing attached to it, the exact commands of cosign, oras, crane, regctl, notation,
slsa-verifier, gh and docker that show, decode or verify the same, and a Kyverno rule that asks for it. What a program
cannot do is said too. Nothing is run.

Exit code 0: everything could be looked at; 1: not, or the source could not be read; 2: the command line cannot be
understood.`,
		Args: run.ExactlyOneSource,
		RunE: func(cmd *cobra.Command, args []string) error { return printCommands(cmd.Context(), a, args[0], node) },
	}
	c.Flags().StringVar(&node, "node", "", "of this node only (its ID, or how that begins)")
	a.Flags.RegisterOutput(c)
	return c
}

func printCommands(ctx context.Context, a *run.App, source, node string) error {
	_, tree, err := a.Judge(ctx, source)
	if err != nil {
		return err
	}
	var nodes []*model.Entry
	if node != "" {
		e, err := nodeNamed(tree, node)
		if err != nil {
			return exit.Usage(err)
		}
		nodes = []*model.Entry{e}
	} else {
		tree.Walk(func(e *model.Entry) { nodes = append(nodes, e) })
	}
	var all []output.NodeCommands
	for _, e := range nodes {
		all = append(all, output.NodeCommands{Entry: e, Commands: equivalent.For(tree, e, Equivalents(a))})
	}
	if a.Flags.Output == "json" {
		err = output.CommandsJSON(a.Stdout, a.Tool(), all)
	} else {
		err = a.PrintStyled(func(p *output.Page) error { return p.Commands(all) })
	}
	if err == nil && (run.Incomplete(tree) || run.Outdated(tree)) {
		return exit.With(exit.Incomplete)
	}
	return err
}

// Equivalents is what other programs' commands depend on in this run.
func Equivalents(a *run.App) equivalent.Context {
	c := equivalent.Context{PlainHTTP: a.Flags.PlainHTTP, AnyCertificate: a.Flags.Insecure}
	if roots := a.Flags.TrustedRoots; len(roots) == 1 {
		c.TrustedRoot = roots[0]
	}
	if keys := a.Flags.Keys; len(keys) == 1 && !slices.Contains(keys, "-") {
		c.Key = keys[0]
	}
	return c
}
