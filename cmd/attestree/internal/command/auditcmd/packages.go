package auditcmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/ecosystem"
	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/cmd/attestree/internal/output/coveragereport"
	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/cmd/attestree/internal/trustlist"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/model/pkg"
)

// coverageFlags ask about the packages of a whole catalogue.
type coverageFlags struct {
	ecosystem.Flags
	asked bool
}

func (f *coverageFlags) register(c *cobra.Command) {
	c.Flags().BoolVar(&f.asked, "packages", false, "with --specs: ask the registries how far the packages of the catalogue are attested")
	f.RegisterPlaces(c)
}

// validate finds contradictions before anything is read. flagging says that something was asked of flags.
func (f *coverageFlags) validate(source, flagging bool) error {
	switch {
	case f.asked && flagging:
		return exit.Usage(errors.New("--flag and --fail-on are about allowed issues, of which --packages says nothing: leave them out, or leave out --packages"))
	case f.asked && source:
		return exit.Usage(errors.New("--packages is about a catalogue: give --specs without a SOURCE; for one image, attestree verify SOURCE --package"))
	case !f.asked && (f.NpmRegistry != "" || f.PypiIndex != "" || f.NpmKeys != "" || f.Provenance):
		return exit.Usage(errors.New("--npm-registry, --pypi-index, --npm-keys and --require-attestation are about packages: give --packages too"))
	}
	return nil
}

// atOnce is how many packages are asked about at the same time: few, since a registry is everybody's.
const packagesAtOnce = 4

// coverage is one audit of the packages of a catalogue.
type coverage struct {
	a      *run.App
	flags  *coverageFlags
	places ecosystem.Places
	trust  *trustlist.List
	pinned bool
	state  *coverageState
}

// auditPackages is "audit --specs DIR --packages": ask, judge, print, and answer with the exit code.
func auditPackages(ctx context.Context, a *run.App, f *auditFlags, p *coverageFlags) error {
	found, err := readCatalogue(f.Specs)
	if err != nil {
		return fmt.Errorf("--specs: %w", err)
	}
	if len(found.specs)+len(found.problems) == 0 {
		return fmt.Errorf("--specs: there is no %s below %s", specFile, f.Specs)
	}
	specs := slices.DeleteFunc(found.specs, func(s audit.Spec) bool {
		matches, err := s.Matches(f.name)
		return !matches || err != nil
	})
	if len(specs)+len(found.problems) == 0 {
		return fmt.Errorf("--name %q matches no specification", f.name)
	}
	c, err := newCoverage(ctx, a, p)
	if err != nil {
		return err
	}
	defer c.state.close()
	rows := c.rows(ctx, specs)
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := printCoverage(a, f.output, rows, coveragereport.Facts{
		Tool: a.Tool(), Folder: f.Specs, JudgedAt: a.Now(), Problems: found.problems, Note: c.state.note(),
	}); err != nil {
		return err
	}
	return coverageExit(rows, found.problems, p.Provenance)
}

// coverageExit is the answer about a catalogue. That nothing is signed about a package counts where it was asked for.
func coverageExit(rows []pkg.Row, problems []audit.Problem, required bool) error {
	wrong := false
	for _, r := range rows {
		if r.Problem != "" {
			return exit.With(exit.Incomplete)
		}
		wrong = wrong || r.Wrong || required && r.Package != "" && !r.Satisfied
	}
	switch {
	case len(problems) > 0:
		return exit.With(exit.Incomplete)
	case wrong:
		return exit.With(exit.NotSatisfied)
	}
	return nil
}

func newCoverage(ctx context.Context, a *run.App, p *coverageFlags) (*coverage, error) {
	if err := a.Flags.Validate(); err != nil {
		return nil, err
	}
	config, err := a.Trusted(ctx, "packages")
	if err != nil {
		return nil, err
	}
	if config.PackageKeys, err = p.Keys(); err != nil {
		return nil, err
	}
	c := &coverage{a: a, flags: p}
	if c.places, err = ecosystem.NewPlaces(&p.Flags, a.Asker()); err != nil {
		return nil, err
	}
	if c.trust, err = trustlist.New(config); err != nil {
		return nil, exit.Usage(err)
	}
	c.pinned = c.trust.Pinned()
	c.state = openState(a, c)
	return c, nil
}

// rows asks about every specification's package, a few at a time. What was interrupted goes on where it stopped.
func (c *coverage) rows(ctx context.Context, specs []audit.Spec) []pkg.Row {
	rows := make([]pkg.Row, len(specs))
	next := make(chan int)
	var done sync.WaitGroup
	for range packagesAtOnce {
		done.Go(func() {
			for i := range next {
				rows[i] = c.row(ctx, specs[i])
			}
		})
	}
	for i := range specs {
		if ctx.Err() != nil {
			break
		}
		c.progress(i, len(specs))
		next <- i
	}
	close(next)
	done.Wait()
	c.progress(-1, 0)
	return rows
}

// progress says how far it is, where somebody watches.
func (c *coverage) progress(i, of int) {
	if !c.a.Progress {
		return
	}
	text := "\r\x1b[K"
	if i >= 0 {
		text += fmt.Sprintf("package %d of %d", i+1, of)
	}
	_, _ = io.WriteString(c.a.Stderr, text) // where stderr is gone nobody watches
}

// row asks about one specification's package, unless that was done lately.
func (c *coverage) row(ctx context.Context, s audit.Spec) pkg.Row {
	r := pkg.Row{Spec: s.Path, Name: s.Name, Protocol: s.Protocol, Coverage: pkg.None, At: c.a.Now()}
	if s.Skill {
		return r
	}
	t, err := ecosystem.SpecTarget(s)
	if err != nil {
		r.Coverage, r.Problem = pkg.Unknown, err.Error()
		return r
	}
	r.Package = t.PURL()
	key := c.state.key(r, t, c.places.Address(t))
	if known, ok := c.state.known(key, c.a.Now()); ok {
		known.Spec, known.Name, known.Protocol = r.Spec, r.Name, r.Protocol
		return known
	}
	c.ask(ctx, t, &r)
	if ctx.Err() == nil && r.Problem == "" {
		c.state.keep(key, r)
	}
	return r
}

// ask fills a row from the registries.
func (c *coverage) ask(ctx context.Context, t ecosystem.Target, r *pkg.Row) {
	tree := model.NewTree()
	err := session.New(session.Config{
		Judge: c.trust, Assess: c.trust.Assess,
		Discover: func(ctx context.Context, emit func(model.Event)) error {
			return c.places.Discover(ctx, t, "", nil, emit)
		},
	}).Run(ctx, tree.Apply)
	if err != nil {
		r.Coverage, r.Problem = pkg.Unknown, err.Error()
		return
	}
	tree.Judge()
	r.Fill(pkg.Summarize(tree, r.Package, pkg.Question{Pinned: c.pinned, Provenance: c.flags.Provenance}))
}

func printCoverage(a *run.App, format string, rows []pkg.Row, facts coveragereport.Facts) error {
	switch format {
	case "json":
		return coveragereport.JSON(a.Stdout, rows, facts)
	case "markdown":
		return coveragereport.Markdown(a.Stdout, rows, facts)
	}
	return a.PrintStyled(func(p *output.Page) error { return coveragereport.Text(p, rows, facts) })
}
