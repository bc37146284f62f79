// Package auditcmd is "attestree audit": of an image, of a catalogue, and of the packages of a catalogue.
//
// It knows its flags, and the exit code that follows from an audit. It must not flag anything itself: model/audit does.
package auditcmd

import (
	"errors"
	"fmt"
	"path"
	"slices"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/basis"
	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/cmd/attestree/internal/output/auditreport"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
)

// auditFlags are what the person asked of an audit.
type auditFlags struct {
	basis.Files
	only           []string // flag ids
	name           string
	failOn         string
	output         string
	review         []string // CODE=decision
	note, reviewer string
}

// New is the command.
func New(a *run.App) *cobra.Command {
	f, packages := &auditFlags{}, &coverageFlags{}
	c := &cobra.Command{
		Use:   "audit SOURCE | audit --specs DIR",
		Short: "Audit the findings that a scan was told to allow",
		Long: `Audit what the scan of an MCP server or skill was told to overlook: each allowed issue with its reason, its scope as
written beside its scope as the scanner applies it, and what a reviewer should look at.

With SOURCE, the SCAI attestations of that image are verified and audited. The reasons come from the scan's summary
(whose digest is signed) and from the specification. With --specs alone, every spec.yaml below a folder is audited,
without any image; with --packages too, the registries are asked how far the packages of the catalogue are attested.

Exit code 0: nothing is flagged at or above --fail-on (and, with SOURCE, the SCAI is trusted); 3: something is; 1: something
could not be read or looked at; 2: the command line cannot be understood. 1 outranks 3.`,
		Example: `attestree audit demo
attestree audit ghcr.io/org/server:1.0 --specs ./catalogue --evidence scan-summary.json
attestree audit --specs ./catalogue --flag no-reason -o markdown`,
		Args: run.OneSource,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.validate(len(args) > 0); err != nil {
				return err
			}
			if err := packages.validate(len(args) > 0, len(f.only) > 0 || cmd.Flags().Changed("fail-on")); err != nil {
				return err
			}
			switch {
			case packages.asked:
				return auditPackages(cmd.Context(), a, f, packages)
			case len(args) == 0:
				return auditSpecs(a, f)
			}
			return auditSource(cmd.Context(), a, f, args[0])
		},
	}
	f.register(c)
	packages.register(c)
	a.Flags.RegisterASCII(c)
	return c
}

func (f *auditFlags) register(c *cobra.Command) {
	p := c.Flags()
	p.StringVar(&f.Specs, "specs", "", "checkout of the catalogue: every spec.yaml below it, or the one that SOURCE names")
	f.RegisterGiven(c)
	p.StringArrayVar(&f.only, "flag", nil, "only what has this flag (may be repeated)")
	p.StringVar(&f.name, "name", "", "only specifications whose name, path or folder matches (shell pattern)")
	p.StringVar(&f.failOn, "fail-on", "warning", "the least severity that makes the exit code 3: info, warning or error")
	p.StringVarP(&f.output, "output", "o", "text", "text, json or markdown")
	p.StringVar(&f.ScannerVersion, "scanner-version", "", "the oldest version of the scanner that will do")
	p.StringVar(&f.MaxAge, "max-age", "", "flag scans that are older (30d, 12h)")
	p.StringArrayVar(&f.review, "review", nil, "add a review to --reviews: CODE=accept, CODE=question or CODE=reject (may be repeated)")
	p.StringVar(&f.note, "note", "", "why, for --review")
	p.StringVar(&f.reviewer, "reviewer", "", "who reviews, for --review")
}

func (f *auditFlags) validate(source bool) error {
	switch {
	case !source && f.Specs == "":
		return exit.Usage(errors.New("no source given: want attestree audit SOURCE or attestree audit --specs DIR"))
	case !source && (f.Spec != "" || f.Evidence != "" || f.ScannerVersion != "" || f.MaxAge != "" || f.Reviews != "" || len(f.review) > 0):
		return exit.Usage(errors.New("--spec, --evidence, --scanner-version, --max-age and --reviews are about an image: name a SOURCE"))
	case source && (len(f.only) > 0 || f.name != ""):
		return exit.Usage(errors.New("--flag and --name choose among specifications: give --specs without a SOURCE"))
	case f.Spec != "" && f.Specs != "":
		return exit.Contradiction("spec", "specs")
	case !slices.Contains([]string{"text", "json", "markdown"}, f.output):
		return exit.Usage(fmt.Errorf("--output %q: want text, json or markdown", f.output))
	case !slices.Contains([]model.Severity{model.SeverityInfo, model.SeverityWarning, model.SeverityError}, f.severity()):
		return exit.Usage(fmt.Errorf("--fail-on %q: want info, warning or error", f.failOn))
	}
	if err := f.validateReview(); err != nil {
		return err
	}
	if err := f.Fetch.Validate(source); err != nil {
		return err
	}
	for _, id := range f.only {
		if !audit.FlagID(id).Known() {
			return exit.Usage(fmt.Errorf("--flag %q: there is no such flag; see docs/audit.md", id))
		}
		// To find none of what cannot be judged would look like a good answer.
		if !audit.FlagID(id).ShownBySpecs() {
			return exit.Usage(fmt.Errorf("--flag %s: no specification shows that by itself; it needs an image", id))
		}
	}
	if _, err := path.Match(f.name, ""); err != nil {
		return exit.Usage(fmt.Errorf("--name %q: %w", f.name, err))
	}
	if _, err := basis.ParseAge(f.MaxAge); err != nil {
		return exit.Usage(fmt.Errorf("--max-age: %w", err))
	}
	if f.ScannerVersion != "" && !audit.Version(f.ScannerVersion) {
		return exit.Usage(fmt.Errorf("--scanner-version %q: want numbers and dots", f.ScannerVersion))
	}
	return nil
}

func (f *auditFlags) severity() model.Severity { return model.Severity(f.failOn) }

func (f *auditFlags) flagIDs() []audit.FlagID {
	var ids []audit.FlagID
	for _, id := range f.only {
		ids = append(ids, audit.FlagID(id))
	}
	return ids
}

// auditSpecs is "audit --specs": read, judge, print, and answer with the exit code.
func auditSpecs(a *run.App, f *auditFlags) error {
	found, err := readCatalogue(f.Specs)
	if err != nil {
		return fmt.Errorf("--specs: %w", err)
	}
	// A folder that holds nothing to audit is a mistake, and must not look like a clean catalogue.
	if len(found.specs)+len(found.problems) == 0 {
		return fmt.Errorf("--specs: there is no %s below %s", specFile, f.Specs)
	}
	named, err := audit.JudgeCatalogue(found.specs, found.globals, found.problems).Select(f.name, nil)
	if err != nil {
		return exit.Usage(fmt.Errorf("--name %q: %w", f.name, err))
	}
	if len(named.Specs)+len(named.Problems) == 0 {
		return fmt.Errorf("--name %q matches no specification", f.name)
	}
	c, err := named.Select("", f.flagIDs())
	if err != nil {
		return err
	}
	if err := printCatalogue(a, f, c, auditreport.CatalogueFacts{
		Folder: f.Specs, Skipped: found.skipped, Only: f.flagIDs(), LookedAt: named.Totals(),
	}); err != nil {
		return err
	}
	switch {
	case len(c.Problems) > 0:
		return exit.With(exit.Incomplete)
	case c.Reach(f.severity()):
		return exit.With(exit.NotSatisfied)
	}
	return nil
}

func printCatalogue(a *run.App, f *auditFlags, c audit.Catalogue, facts auditreport.CatalogueFacts) error {
	switch f.output {
	case "json":
		return auditreport.CatalogueJSON(a.Stdout, c, facts)
	case "markdown":
		return auditreport.CatalogueMarkdown(a.Stdout, c, facts)
	}
	return a.PrintStyled(func(s *output.Page) error { return auditreport.CatalogueText(s, c, facts) })
}
