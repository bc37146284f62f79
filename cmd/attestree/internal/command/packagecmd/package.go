// Package packagecmd is "attestree package": one version of a package, as its registry has it.
//
// It knows the exit code of a package. Whom to ask is for package ecosystem.
package packagecmd

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/ecosystem"
	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/cmd/attestree/internal/trustlist"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/pkg"
)

// New is the command.
func New(a *run.App) *cobra.Command {
	f := &ecosystem.Flags{}
	c := &cobra.Command{
		Use:   "package npm:NAME@VERSION | pypi:NAME@VERSION | golang:MODULE@VERSION | FILE | --spec FILE",
		Short: "Verify what a package registry says of an npm, Python or Go package",
		Long: `Verify the registry's signatures and the attestations of one version of a package, check by check, and say what they
prove. With --spec, the version is the one that the spec.yaml of an MCP server names, and what its provenance section says
is compared with what is so. A FILE is an answer of a registry that somebody saved; with --saved it is used in place of
the registry.

Nothing in the current folder is configuration: the registry's address comes from a flag, or from the settings that npm
and pip keep for you.

Exit code 0: everything about it was verified (by somebody whom you trust, where you say whom); 3: not; 1: not everything
could be looked at; 2: the command line cannot be understood. See docs/package.md.`,
		Example: `attestree package npm:@scope/server@1.2.3
attestree package pypi:server@1.2.3 --certificate-identity https://… --certificate-oidc-issuer https://…
attestree package --spec npx/server/spec.yaml -o json`,
		Args: oneTarget,
		RunE: func(cmd *cobra.Command, args []string) error { return inspect(cmd.Context(), a, f, args) },
	}
	f.RegisterPlaces(c)
	c.Flags().StringVar(&f.Spec, "spec", "", "the spec.yaml whose package is asked about, and compared with")
	c.Flags().StringArrayVar(&f.Saved, "saved", nil, "an answer of the registry that was saved, in place of asking (may be repeated)")
	a.Flags.RegisterOutput(c)
	return c
}

func oneTarget(_ *cobra.Command, args []string) error {
	if len(args) > 1 {
		return exit.Usage(fmt.Errorf("%d packages given; attestree looks at one at a time (a catalogue: attestree audit --specs DIR --packages)", len(args)))
	}
	return nil
}

// inspect is "package": ask, judge, print, and answer with the exit code.
func inspect(ctx context.Context, a *run.App, f *ecosystem.Flags, args []string) error {
	if err := a.Flags.Validate(); err != nil {
		return err
	}
	target, err := f.Target(args)
	if err != nil {
		return err
	}
	j, artifact, err := prepare(ctx, a, f, target)
	if err != nil {
		return err
	}
	tree, err := a.Look(ctx, j)
	if err != nil {
		return err
	}
	summary := pkg.Summarize(tree, target.PURL(), pkg.Question{
		Pinned: j.Trust.Pinned(), Provenance: f.Provenance, Artifact: artifact,
	})
	facts := a.Facts(j, model.PolicyAnswer{Satisfied: summary.Satisfied, Reasons: summary.Reasons}, true)
	facts.Packages = []pkg.Summary{summary}
	if err := printPackage(a, tree, facts); err != nil {
		return err
	}
	return packageExit(summary)
}

func packageExit(s pkg.Summary) error {
	switch {
	case s.Satisfied:
		return nil
	case s.Incomplete:
		return exit.With(exit.Incomplete)
	}
	return exit.With(exit.NotSatisfied)
}

// prepare puts the rooms together for a package.
func prepare(ctx context.Context, a *run.App, f *ecosystem.Flags, target ecosystem.Target) (run.Job, []model.Digest, error) {
	given, err := a.Flags.Subject()
	if err != nil {
		return run.Job{}, nil, err
	}
	artifact := digests(given)
	target.Artifact = artifact
	config, err := a.Trusted(ctx, target.String())
	if err != nil {
		return run.Job{}, nil, err
	}
	if config.PackageKeys, err = f.Keys(); err != nil {
		return run.Job{}, nil, err
	}
	places, err := ecosystem.NewPlaces(f, a.Asker())
	if err != nil {
		return run.Job{}, nil, err
	}
	j := run.Job{Source: target.String(), Verify: true, Roots: config.Roots, Notes: append(config.Notes, f.Notes()...)}
	j.Discover = func(ctx context.Context, emit func(model.Event)) error {
		return places.Discover(ctx, target, "", nil, emit)
	}
	if j.Trust, err = trustlist.New(config); err != nil {
		return run.Job{}, nil, exit.Usage(err)
	}
	return j, artifact, nil
}

// digests are all those of a file that was given.
func digests(a session.Artifact) []model.Digest {
	if a.Digest == "" {
		return nil
	}
	return append([]model.Digest{a.Digest}, a.Also...)
}

func printPackage(a *run.App, t *model.Tree, f output.Facts) error {
	if a.Flags.Output == "json" {
		return output.JSON(a.Stdout, t, f)
	}
	return a.PrintStyled(func(p *output.Page) error { return output.PackageText(p, t, f) })
}
