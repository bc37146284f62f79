package screen

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/attestree/attestree/cmd/attestree/internal/command/basis"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/cmd/attestree/internal/output/auditreport"
	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
)

// auditor audits for the screen, with the files that flags named. It writes into files that a person named, and into
// no other.
type auditor struct {
	app   *run.App
	job   run.Job
	given audit.Case
	specs *basis.Fetcher

	mu      sync.Mutex
	reviews []string // the files of reviews that count: that of --reviews, and those that were written to
}

// newAuditor reads the files that flags name for the audit of a job's source. The file of reviews need not be there yet: the
// first review makes it.
func newAuditor(a *run.App, j run.Job) (*auditor, error) {
	files := a.Flags.Audit
	u := &auditor{app: a, job: j, specs: a.Flags.Audit.Fetcher(a.Getenv, a.Agent())}
	if files.Reviews != "" {
		u.reviews, files.Reviews = []string{files.Reviews}, ""
	}
	err := files.Fetch.Validate(true)
	if err == nil {
		err = files.MayFetch(j.Demo, a.Flags.Offline, a.Getenv)
	}
	if err != nil {
		return nil, err
	}
	if u.given, err = files.Given(false); err != nil {
		return nil, err
	}
	_, err = u.readReviews()
	return u, err
}

// reviewFiles are the files of reviews that count now, the one that was named last at the end.
func (u *auditor) reviewFiles() []string {
	u.mu.Lock()
	defer u.mu.Unlock()
	return slices.Clone(u.reviews)
}

func (u *auditor) readReviews() (all []audit.Review, err error) {
	for _, name := range u.reviewFiles() {
		data, err := basis.ReviewsIn(name)
		if err != nil {
			return nil, fmt.Errorf("--reviews: %w", err)
		}
		list, err := audit.ParseReviews(name, data)
		if err != nil {
			return nil, fmt.Errorf("--reviews: %w", err)
		}
		all = append(all, list...)
	}
	return all, nil
}

// Audit audits the scans of a tree with what is at hand now.
func (u *auditor) Audit(ctx context.Context, t *model.Tree) (audit.Answer, error) {
	c, facts := u.given, u.facts()
	c.Now, c.Unseen, c.Beside = facts.JudgedAt, run.Unseen(t), basis.Beside(u.job.Source)
	var err error
	if c.Reviews, err = u.readReviews(); err != nil {
		return audit.Answer{}, err
	}
	if err := u.specs.Once(ctx, &c, t); err != nil {
		facts.Notes = append(facts.Notes, err.Error())
	}
	if err := u.app.Flags.Audit.FindSpec(&c, t, &facts.Notes); err != nil {
		facts.Notes = append(facts.Notes, err.Error()) // the rest can be audited without it, and says so
	}
	r := audit.JudgeImage(t, c)
	complete := !run.Incomplete(t) && r.Hidden == 0 && (r.Current != nil || c.Unseen == "") // as the exit code of audit
	answer := audit.Answer{Report: r, Notes: facts.Notes, Complete: complete, Satisfied: r.Satisfied(model.SeverityWarning)}
	if files := u.reviewFiles(); len(files) > 0 {
		answer.Reviews = files[len(files)-1]
	}
	return answer, nil
}

func (u *auditor) facts() output.Facts {
	f := u.app.Facts(u.job, model.PolicyAnswer{}, true)
	f.Notes = nil // how trust was come by is in the header of the screen
	return f
}

// Review adds a decision to a file of reviews, which counts from then on, and says where it was written. What is there
// stays; a file that holds anything else is not touched.
func (u *auditor) Review(r audit.Report, d audit.Review, file string) (string, error) {
	name, err := typedPath(file)
	if err != nil {
		return "", fmt.Errorf("write review: %w", err)
	}
	made, err := r.Record(d.Code, d.Decision, d.Note, d.Reviewer, u.app.Now())
	if err != nil {
		return "", fmt.Errorf("write review: %w", err)
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	before, err := basis.ReviewsIn(name)
	if err != nil {
		return "", fmt.Errorf("write review: %w", err)
	}
	after, err := audit.Append(name, before, made)
	if err != nil {
		return "", fmt.Errorf("write review: %w", err)
	}
	if err := userfile.Replace(name, after, 0o644); err != nil {
		return "", fmt.Errorf("write review: %w", err)
	}
	u.reviews = append(slices.DeleteFunc(u.reviews, func(known string) bool { return samePath(known, name) }), name)
	return name, nil
}

// ExportAudit writes an audit as a Markdown report into a new file and says where. A file that is there is not touched.
func (u *auditor) ExportAudit(t *model.Tree, answer audit.Answer, file string) (string, error) {
	name, err := typedPath(file)
	if err != nil {
		return "", fmt.Errorf("write report: %w", err)
	}
	facts := u.app.Facts(u.job, model.PolicyAnswer{}, true)
	facts.Notes = append(facts.Notes, answer.Notes...)
	var page bytes.Buffer
	err = auditreport.ImageMarkdown(&page, t, answer.Report, auditreport.ImageFacts{
		Facts: facts, Complete: answer.Complete, Satisfied: answer.Satisfied, FailOn: model.SeverityWarning,
	})
	if err != nil {
		return "", err
	}
	if err := userfile.Create(name, page.Bytes()); err != nil {
		return "", fmt.Errorf("write report: %w", err)
	}
	return name, nil
}
