package command

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/cmd/attestree/internal/trustlist"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/pkg"
)

// packageFlags say where packages are asked about, and what is asked of them.
type packageFlags struct {
	npmRegistry, pypiIndex string
	npmKeys                string
	spec                   string
	saved                  []string
	provenance             bool
}

// registerPlaces adds the flags of every command that asks about packages.
func (f *packageFlags) registerPlaces(c *cobra.Command) {
	p := c.Flags()
	p.StringVar(&f.npmRegistry, "npm-registry", "", "ask this npm registry (URL; default: your npm settings, else the one whose keys TUF names)")
	p.StringVar(&f.pypiIndex, "pypi-index", "", "ask this Python package index (URL of its Simple API; default: your pip settings)")
	p.StringVar(&f.npmKeys, "npm-keys", "", "the npm registry's signing keys (JSON file; default: those from TUF, else those in the program)")
	p.BoolVar(&f.provenance, "require-attestation", false, "a signature by the registry alone is not enough")
}

func newPackage(a *app) *cobra.Command {
	f := &packageFlags{}
	c := &cobra.Command{
		Use:   "package npm:NAME@VERSION | pypi:NAME@VERSION | golang:MODULE@VERSION | FILE | --spec FILE",
		Short: "Verify what a package registry says of an npm or Python package",
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
		RunE: func(cmd *cobra.Command, args []string) error { return a.inspectPackage(cmd.Context(), f, args) },
	}
	f.registerPlaces(c)
	c.Flags().StringVar(&f.spec, "spec", "", "the spec.yaml whose package is asked about, and compared with")
	c.Flags().StringArrayVar(&f.saved, "saved", nil, "an answer of the registry that was saved, in place of asking (may be repeated)")
	a.flags.registerOutput(c)
	return c
}

func oneTarget(_ *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usage(fmt.Errorf("%d packages given; attestree looks at one at a time (a catalogue: attestree audit --specs DIR --packages)", len(args)))
	}
	return nil
}

// inspectPackage is "package": ask, judge, print, and answer with the exit code.
func (a *app) inspectPackage(ctx context.Context, f *packageFlags, args []string) error {
	if err := a.flags.validate(); err != nil {
		return err
	}
	target, err := f.target(args)
	if err != nil {
		return err
	}
	j, artifact, err := a.preparePackage(ctx, f, target)
	if err != nil {
		return err
	}
	tree, err := a.run(ctx, j)
	if err != nil {
		return err
	}
	summary := pkg.Summarize(tree, target.purl(), pkg.Question{
		Pinned: j.trust.Pinned(), Provenance: f.provenance, Artifact: artifact,
	})
	facts := a.facts(j, model.PolicyAnswer{Satisfied: summary.Satisfied, Reasons: summary.Reasons}, true)
	facts.Packages = []pkg.Summary{summary}
	if err := a.printPackage(tree, facts); err != nil {
		return err
	}
	return packageExit(summary)
}

func packageExit(s pkg.Summary) error {
	switch {
	case s.Satisfied:
		return nil
	case s.Incomplete:
		return verdictError{exitIncomplete}
	}
	return verdictError{exitNotSatisfied}
}

// preparePackage puts the rooms together for a package.
func (a *app) preparePackage(ctx context.Context, f *packageFlags, target packageTarget) (job, []model.Digest, error) {
	given, err := a.flags.subject()
	if err != nil {
		return job{}, nil, err
	}
	artifact := digests(given)
	target.artifact = artifact
	config, err := a.trusted(ctx, target.String())
	if err != nil {
		return job{}, nil, err
	}
	if config.PackageKeys, err = f.keys(); err != nil {
		return job{}, nil, err
	}
	places, err := a.places(f)
	if err != nil {
		return job{}, nil, err
	}
	j := job{source: target.String(), verify: true, roots: config.Roots, notes: append(config.Notes, f.notes()...)}
	j.discover = func(ctx context.Context, emit func(model.Event)) error {
		return places.discover(ctx, target, "", nil, emit)
	}
	if j.trust, err = trustlist.New(config); err != nil {
		return job{}, nil, usage(err)
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

func (a *app) printPackage(t *model.Tree, f output.Facts) error {
	if a.flags.output == "json" {
		return output.JSON(a.Stdout, t, f)
	}
	return a.printStyled(func(p *output.Page) error { return output.PackageText(p, t, f) })
}

var errNoPackage = errors.New("no package given: want npm:NAME@VERSION, pypi:NAME@VERSION, golang:MODULE@VERSION, a saved answer, or --spec FILE")
