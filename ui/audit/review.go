package audit

import (
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/widget"
)

// form is a form of the audit: a review that is being recorded, or a report that is being written.
type form struct {
	widget.Form
	row     int    // the finding that is reviewed; -1 for a report
	code    string // that the review is filed under
	busy    bool   // it is to be written
	sent    bool   // it is being written
	problem string // why nothing was written
}

// written is what came of a form.
type written struct {
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
func (s View) beginReview() View {
	at, chosen := s.selected()
	if !chosen || s.rows[at].kind != auditIssue {
		s.said = safe.Const("A review is about a finding that was let through: choose one.")
		return s
	}
	s.said = safe.Text{}
	decisions := []string{string(audit.Accept), string(audit.Question), string(audit.Reject)}
	s.form = &form{row: s.rows[at].at, code: s.answer.Report.Current.Issues[s.rows[at].at].Key(), Form: widget.Form{
		Does: safe.Const("write the review"),
		Fields: []widget.Field{
			reviewDecision: {Label: safe.Const("Decision"), Choices: decisions, Chosen: 1},
			reviewNote:     {Label: safe.Const("Note"), Hint: safe.Const("why")},
			reviewReviewer: {Label: safe.Const("Reviewer"), Hint: safe.Const("who answers for it"), Typed: widget.Edit{Text: s.who}},
			reviewFile:     {Label: safe.Const("File"), Hint: safe.Const("reviews.yaml: a file of reviews, or a new one"), Typed: widget.Edit{Text: s.answer.Reviews}},
		},
	}}
	return s
}

// beginReport asks where the report should go.
func (s View) beginReport() View {
	if s.tree == nil {
		return s
	}
	s.said = safe.Text{}
	s.form = &form{row: -1, Form: widget.Form{
		Does:   safe.Const("write the report"),
		Fields: []widget.Field{{Label: safe.Const("File"), Hint: safe.Const("audit.md: a new file")}},
	}}
	return s
}

// formKey fills a form in. Whatever could be typed is typed: no key has another meaning here.
func (s View) formKey(on scene.Stage, k tea.KeyPressMsg) (next scene.Scene, i scene.Intent, taken bool) {
	f := *s.form
	if key.Matches(k, on.Keys.Back) {
		s.form = nil
		return s, nil, true
	}
	var done bool
	f.Form, done = f.Key(on.Keys, k)
	if done && !f.busy {
		f.problem = f.missing()
		f.busy = f.problem == ""
	}
	s.form = &f
	return s, nil, true
}

// missing says what is not filled in, "" if all is.
func (f form) missing() string {
	switch {
	case f.row < 0 && f.Fields[0].Value() == "":
		return "Name the file that the report should be written to."
	case f.row < 0:
		return ""
	case f.Fields[reviewReviewer].Value() == "":
		return "A review that nobody answers for is worth nothing: name the reviewer."
	case f.Fields[reviewFile].Value() == "":
		return "Name the file of reviews that it should be added to."
	}
	return ""
}

// write does what a form is for.
func (s View) write(on scene.Stage) tea.Cmd {
	b, f, answer, tree := s.backend, *s.form, s.answer, s.tree
	if f.row < 0 {
		file := f.Fields[0].Value()
		return on.Report(func(context.Context) any {
			where, err := b.ExportAudit(tree, answer, file)
			return written{where: where, err: err}
		})
	}
	d := audit.Review{
		Code: f.code, Decision: audit.Decision(f.Fields[reviewDecision].Value()), Note: f.Fields[reviewNote].Value(),
		Reviewer: f.Fields[reviewReviewer].Value(),
	}
	file := f.Fields[reviewFile].Value()
	return on.Report(func(context.Context) any {
		where, err := b.Review(answer.Report, d, file)
		return written{review: true, who: d.Reviewer, where: where, err: err}
	})
}

// written says what came of a form. A review counts from then on, so that everything is audited again.
func (s View) written(on scene.Stage, r written) View {
	if r.err != nil {
		s.said = safe.Format("%s %s", on.Look.Styles.Glyphs.Error, safe.LineMax(r.err.Error(), 4*widget.MostCell))
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
	s.said = safe.Format("%s %s written to %s", on.Look.Styles.Glyphs.Check, what, safe.LineMax(r.where, 4*widget.MostCell))
	return s
}

// below says what a form is about, under its fields.
func (s View) below(on scene.Stage) []widget.Line {
	f := s.form
	page := widget.Sheet{Width: on.Room.W - widget.TableMargin - 1, Styles: on.Look.Styles}
	page.Add(widget.Line{})
	if f.problem != "" {
		page.Sentence(f.problem, on.Look.Styles.Bad, 0)
		page.Gap()
	}
	if f.row < 0 {
		page.Sentence("The report is Markdown, with the digests that it rests on. A file that is there already is not touched.", on.Look.Styles.Text, 0)
		return widget.Indented(page.Lines)
	}
	r := s.answer.Report
	i := r.Current.Issues[f.row]
	page.Sentence("The review is added to that file, and to no other. It holds as long as the reason and what it allows stay as they are.", on.Look.Styles.Quiet, 0)
	page.Gap()
	page.Field("About", f.code, "on "+string(r.Digest), on.Look.Styles.Strong)
	page.Field("Lets through", alike(r, f.code), "", on.Look.Styles.Text)
	writer{&page}.reason(i.Issue.Reason, on.Look.Styles.Text)
	writer{&page}.scopes(i.Written, i.Applied)
	return widget.Indented(page.Lines)
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
