package auditcmd

import (
	"context"

	"github.com/attestree/attestree/cmd/attestree/internal/command/basis"
	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/cmd/attestree/internal/output/auditreport"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
)

// auditSource is "audit SOURCE": verify what is attached, audit the scan that counts, print, and answer with the exit
// code.
func auditSource(ctx context.Context, a *run.App, f *auditFlags, source string) error {
	if err := f.MayFetch(source == run.DemoSource, a.Flags.Offline, a.Getenv); err != nil {
		return err
	}
	job, err := a.PrepareJudging(ctx, source)
	if err != nil {
		return err
	}
	c, err := f.Given(len(f.review) > 0)
	if err != nil {
		return err
	}
	tree, err := a.Look(ctx, job)
	if err != nil {
		return err
	}
	facts := a.Facts(job, model.PolicyAnswer{}, true)
	facts.Notes = append(facts.Notes, run.Noted(tree)...)
	c.Now, c.Unseen, c.Beside = facts.JudgedAt, run.Unseen(tree), basis.Beside(source)
	unfetched := f.Fetcher(a.Getenv, a.Agent()).Read(ctx, &c, tree)
	if unfetched != nil {
		facts.Notes = append(facts.Notes, unfetched.Error())
	}
	if err := f.FindSpec(&c, tree, &facts.Notes); err != nil {
		return err
	}
	report, err := f.record(audit.JudgeImage(tree, c), a.Now())
	if err != nil {
		return err
	}
	satisfied := report.Satisfied(f.severity())
	if err := printAudit(a, f, tree, report, auditreport.ImageFacts{Facts: facts, Complete: c.Unseen == "", Satisfied: satisfied, FailOn: f.severity()}); err != nil {
		return err
	}
	switch {
	case run.Incomplete(tree), run.Outdated(tree), unfetched != nil, report.Hidden > 0, report.Current == nil && c.Unseen != "":
		return exit.With(exit.Incomplete)
	case !satisfied:
		return exit.With(exit.NotSatisfied)
	}
	return nil
}

func printAudit(a *run.App, f *auditFlags, t *model.Tree, r audit.Report, facts auditreport.ImageFacts) error {
	switch f.output {
	case "json":
		return auditreport.ImageJSON(a.Stdout, t, r, facts)
	case "markdown":
		return auditreport.ImageMarkdown(a.Stdout, t, r, facts)
	}
	return a.PrintStyled(func(p *output.Page) error { return auditreport.ImageText(p, t, r, facts) })
}
