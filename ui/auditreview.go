package ui

import (
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/ui/safe"
)

// auditForm is a form of the audit: a review that is being recorded, or a report that is being written.
type auditForm struct {
	form
	row     int    // the finding that is reviewed; -1 for a report
	code    string // that the review is filed under
	busy    bool   // it is to be written
	sent    bool   // it is being written
	problem string // why nothing was written
}

// auditWritten is what came of a form.
type auditWritten struct {
	review bool
	who    string
	where  string
	err    error
}

// Fields of a review.
const (
	reviewDecision = iota
	reviewNote
	reviewReviewer
	reviewFile
)

// beginReview asks for a decision about the reason under the cursor. Nothing is decided before the person does.
func (s auditScene) beginReview() auditScene {
	at, chosen := s.selected()
	if !chosen || s.rows[at].kind != auditIssue {
		s.said = safe.Const("A review is about a finding that was let through: choose one.")
		return s
	}
	s.said = safe.Text{}
	decisions := []string{string(audit.Accept), string(audit.Question), string(audit.Reject)}
	s.form = &auditForm{row: s.rows[at].at, code: s.answer.Report.Current.Issues[s.rows[at].at].Key(), form: form{
		does: safe.Const("write the review"),
		fields: []field{
			reviewDecision: {label: safe.Const("Decision"), choices: decisions, chosen: 1},
			reviewNote:     {label: safe.Const("Note"), hint: safe.Const("why")},
			reviewReviewer: {label: safe.Const("Reviewer"), hint: safe.Const("who answers for it"), typed: edit{s.who}},
			reviewFile:     {label: safe.Const("File"), hint: safe.Const("reviews.yaml: a file of reviews, or a new one"), typed: edit{s.answer.Reviews}},
		},
	}}
	return s
}

// beginReport asks where the report should go.
func (s auditScene) beginReport() auditScene {
	if s.tree == nil {
		return s
	}
	s.said = safe.Text{}
	s.form = &auditForm{row: -1, form: form{
		does:   safe.Const("write the report"),
		fields: []field{{label: safe.Const("File"), hint: safe.Const("audit.md: a new file")}},
	}}
	return s
}

// formKey fills a form in. Whatever could be typed is typed: no key has another meaning here.
func (s auditScene) formKey(on stage, k tea.KeyPressMsg) (next scene, i intent, taken bool) {
	f := *s.form
	if key.Matches(k, on.keys.Back) {
		s.form = nil
		return s, nil, true
	}
	var done bool
	f.form, done = f.key(on.keys, k)
	if done && !f.busy {
		f.problem = f.missing()
		f.busy = f.problem == ""
	}
	s.form = &f
	return s, nil, true
}

// missing says what is not filled in, "" if all is.
func (f auditForm) missing() string {
	switch {
	case f.row < 0 && f.fields[0].value() == "":
		return "Name the file that the report should be written to."
	case f.row < 0:
		return ""
	case f.fields[reviewReviewer].value() == "":
		return "A review that nobody answers for is worth nothing: name the reviewer."
	case f.fields[reviewFile].value() == "":
		return "Name the file of reviews that it should be added to."
	}
	return ""
}

// write does what a form is for.
func (s auditScene) write(on stage) tea.Cmd {
	b, f, answer, tree := s.backend, *s.form, s.answer, s.tree
	if f.row < 0 {
		file := f.fields[0].value()
		return on.report(func(context.Context) any {
			where, err := b.ExportAudit(tree, answer, file)
			return auditWritten{where: where, err: err}
		})
	}
	d := audit.Review{
		Code: f.code, Decision: audit.Decision(f.fields[reviewDecision].value()), Note: f.fields[reviewNote].value(),
		Reviewer: f.fields[reviewReviewer].value(),
	}
	file := f.fields[reviewFile].value()
	return on.report(func(context.Context) any {
		where, err := b.Review(answer.Report, d, file)
		return auditWritten{review: true, who: d.Reviewer, where: where, err: err}
	})
}

// written says what came of a form. A review counts from then on, so that everything is audited again.
func (s auditScene) written(on stage, r auditWritten) auditScene {
	if r.err != nil {
		s.said = safe.Format("%s %s", on.look.styles.Glyphs.Error, safe.LineMax(r.err.Error(), 4*mostCell))
		if s.form != nil {
			f := *s.form
			f.busy, f.sent, f.problem = false, false, r.err.Error()
			s.form, s.said = &f, safe.Text{}
		}
		return s
	}
	what := safe.Const("report")
	if r.review {
		what, s.who, s.asked = safe.Const("review"), r.who, -1
	}
	s.form = nil
	s.said = safe.Format("%s %s written to %s", on.look.styles.Glyphs.Check, what, safe.LineMax(r.where, 4*mostCell))
	return s
}

// below says what a form is about, under its fields.
func (s auditScene) below(on stage) []line {
	f := s.form
	page := sheet{width: on.room.w - tableMargin - 1, styles: on.look.styles}
	page.add(line{})
	if f.problem != "" {
		page.sentence(f.problem, on.look.styles.Bad, 0)
		page.gap()
	}
	if f.row < 0 {
		page.sentence("The report is Markdown, with the digests that it rests on. A file that is there already is not touched.", on.look.styles.Text, 0)
		return under(page.lines)
	}
	r := s.answer.Report
	i := r.Current.Issues[f.row]
	page.sentence("The review is added to that file, and to no other. It holds as long as the reason and what it allows stay as they are.", on.look.styles.Quiet, 0)
	page.gap()
	page.field("About", f.code, "on "+string(r.Digest), on.look.styles.Strong)
	page.field("Lets through", alike(r, f.code), "", on.look.styles.Text)
	page.reason(i.Issue.Reason, on.look.styles.Text)
	page.scopes(i.Written, i.Applied)
	return under(page.lines)
}

// alike is how many findings a review of that code would be about.
func alike(r audit.Report, code string) string {
	n, reasons := 0, map[string]bool{}
	for _, i := range r.Current.Issues {
		if i.Key() == code {
			n++
			reasons[i.Issue.Reason] = true
		}
	}
	switch {
	case n == 1:
		return "1 finding"
	case len(reasons) > 1:
		return safe.Format("%s findings, for %s reasons: all of them are reviewed", safe.Int(n), safe.Int(len(reasons))).String()
	}
	return safe.Format("%s findings, all for this reason", safe.Int(n)).String()
}
