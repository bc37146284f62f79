package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// auditScene is the audit of allowed issues: a row for each finding that a scan was told to overlook, and beside it
// everything that a reviewer wants to know of the one that is selected.
type auditScene struct {
	backend Auditor
	asked   int         // version of the tree that was asked about last; -1 before
	asking  bool        // an answer is under way
	ready   bool        // there is an answer, or a problem
	tree    *model.Tree // that the answer is about; nobody changes it
	answer  audit.Answer
	problem string // why there is no answer
	rows    []auditRow
	whole   audit.Flags // about the image, its scan and its specification
	counts  [auditKinds]int
	order   []int      // rows on screen
	sifted  auditSieve // what order was made by
	sifting bool

	table   table
	filter  edit
	typing  bool // the filter has the keys
	reading bool // the detail has the keys
	page    auditPage
	form    *auditForm // nil where nothing is being filled in; never changed in place
	who     string     // who reviewed last
	said    safe.Text  // what came of a form
}

// auditSieve is what rows are chosen and sorted by.
type auditSieve struct {
	filter string
	sorted int
	answer int // version of the tree that the rows are about
}

// What comes back from the background.
type (
	auditAnswered struct {
		version int
		tree    *model.Tree
		answer  audit.Answer
		rows    []auditRow
		err     error
	}
	auditSifted struct {
		by    auditSieve
		order []int
	}
)

func newAuditScene(b Auditor) auditScene { return auditScene{backend: b, asked: -1} }

var auditHeadings = []heading{
	auditCode:     {name: safe.Const("Allowed issue"), least: 16, most: 32, keep: true},
	auditSeverity: {name: safe.Const("Severity"), least: 10, most: 10},
	auditWhere:    {name: safe.Const("Tool or file"), least: 12, most: 16},
	auditFlags:    {name: safe.Const("Flags"), least: 18, most: 64, keep: true},
	auditReview:   {name: safe.Const("Review"), least: 8, most: 16},
	auditAnalyzer: {name: safe.Const("Analyzer"), least: 13, most: 18},
}

func (s auditScene) title(stage) safe.Text { return safe.Const("Audit of allowed issues") }

func (s auditScene) hints(on stage) []hint {
	k := on.keys
	switch {
	case s.form != nil:
		return []hint{hintFor(k.NextPane, safe.Const("next field")), hintFor(k.Enter, s.form.does)}
	case s.typing:
		return []hint{hintFor(k.Enter, safe.Const("keep")), {safe.Const("e.g."), safe.Const("flag:no-reason severity:high")}}
	}
	return []hint{hintFor(k.Enter, safe.Const("attestation")), hintFor(k.Review, safe.Const("review")), hintFor(k.Report, safe.Const("report")),
		hintFor(k.Filter, safe.Const("filter")), hintFor(k.Sort, safe.Const("sort")), hintFor(k.NextPane, safe.Const("read on"))}
}

// prepare asks for the audit of the tree as it is now, and brings rows and text up to date.
func (s auditScene) prepare(on stage) (scene, tea.Cmd) {
	var ask, sift, write tea.Cmd
	if s.form != nil && s.form.busy && !s.form.sent {
		f := *s.form
		f.sent = true
		s.form = &f
		write = s.write(on)
	}
	if !s.asking && s.asked != on.version {
		s.asking, s.asked = true, on.version
		b, version := s.backend, on.version
		ask = on.reportOn(func(ctx context.Context, tree *model.Tree) any {
			answer, err := b.Audit(ctx, tree)
			return auditAnswered{version, tree, answer, auditRows(answer.Report), err}
		})
	}
	if by := (auditSieve{s.filter.text, s.table.sorted, s.sifted.answer}); s.ready && !s.sifting && by != s.sifted {
		s, sift = s.sift(on, by)
	}
	s = s.settle(on)
	return s, tea.Batch(ask, sift, write)
}

// sift chooses and sorts rows in the background: there may be thousands, with long reasons.
func (s auditScene) sift(on stage, by auditSieve) (auditScene, tea.Cmd) {
	s.sifting = true
	all := s.rows
	return s, on.report(func(context.Context) any { return auditSifted{by, auditOrder(all, by.filter, by.sorted)} })
}

// settle lays out what will be drawn.
func (s auditScene) settle(on stage) auditScene {
	r := s.layout(on)
	s.table = s.table.prepare(auditHeadings, len(s.order), r.table)
	s.page = s.page.prepare(s, on, r.page)
	return s
}

func (s auditScene) receive(on stage, result any) (scene, tea.Cmd) {
	switch r := result.(type) {
	case auditAnswered:
		return s.answered(on, r)
	case auditSifted:
		s.sifting = false
		if r.by.answer != s.sifted.answer {
			return s, nil // the rows are others now, and will be sifted again
		}
		at, chosen := s.selected()
		s.order, s.sifted = r.order, r.by
		if chosen {
			s = s.choose(at)
		}
	case auditWritten:
		return s.written(on, r), nil
	}
	return s, nil
}

// answered takes an answer. What was chosen stays chosen, as far as it is still there.
func (s auditScene) answered(on stage, r auditAnswered) (scene, tea.Cmd) {
	s.asking, s.ready, s.problem = false, true, ""
	if r.err != nil {
		s.problem, s.rows, s.order = r.err.Error(), nil, nil
		return s, nil
	}
	at, chosen := s.selected()
	s.tree, s.answer, s.rows = r.tree, r.answer, r.rows
	s = s.summed()
	s.sifted = auditSieve{s.filter.text, s.table.sorted, s.sifted.answer + 1}
	s.order = nil
	for i := range s.rows {
		s.order = append(s.order, i)
	}
	if chosen && at < len(s.rows) {
		s = s.settle(on).choose(at)
	} else {
		s = s.settle(on).choose(firstIssue(s.rows))
	}
	var sift tea.Cmd
	if s.filter.text != "" || s.table.sorted != 0 {
		s, sift = s.sift(on, s.sifted)
	}
	return s, sift
}

// firstIssue is the first row that is a finding, else the first of all.
func firstIssue(rows []auditRow) int {
	for i, row := range rows {
		if row.kind == auditIssue {
			return i
		}
	}
	return 0
}

// selected is the row under the cursor.
func (s auditScene) selected() (row int, any bool) {
	at := s.table.window.Cursor()
	if at < 0 || at >= len(s.order) {
		return 0, false
	}
	return s.order[at], true
}

// choose moves the cursor to a row, if it is on screen.
func (s auditScene) choose(row int) auditScene {
	for i, at := range s.order {
		if at == row {
			s.table.window = s.table.window.SetCount(len(s.order)).To(i)
		}
	}
	return s
}

func (s auditScene) bar() thumb {
	switch {
	case s.form != nil:
		return thumb{}
	case s.reading:
		return thumbOf(s.page.window, s.page.top)
	}
	return thumbOf(s.table.window, s.page.tableTop+1)
}

func (s auditScene) cursor(on stage) (x, y int, typing bool) {
	r := s.layout(on)
	switch {
	case s.form != nil:
		return s.form.cursor(on.room.w)
	case s.typing:
		l := s.filterLine(on)
		return min(width(l.left), on.room.w-1), r.filter, true
	case s.reading:
		return 0, r.page.y + 1, false
	}
	row := s.table.cursorRow()
	if row < 0 {
		return 0, 0, false
	}
	return 0, r.table.y + row, false
}

// view is the head, the rows and what is known of the selected one.
func (s auditScene) view(on stage) []string {
	if s.form != nil {
		return s.form.view(on.room, on.look, s.below(on))
	}
	b := drawer(on.room.w, on.look.styles)
	var out []string
	for _, l := range s.head(on) {
		out = append(out, l.draw(b, theme.Style{}))
	}
	r := s.layout(on)
	if !r.table.empty() {
		out = append(out, s.table.view(auditHeadings, on.room.w, s.tableLook(on), func(row, column int) rows.Part {
			return s.cell(s.rows[s.order[row]], column, on.look.styles)
		})...)
	}
	for len(out) < r.page.y {
		out = append(out, line{}.draw(b, theme.Style{}))
	}
	if !r.page.empty() {
		out = append(out, s.page.view(on, s.reading)...)
	}
	return out
}

// tableLook marks the table as parked while the detail has the keys.
func (s auditScene) tableLook(on stage) paneLook {
	look := on.look
	look.focused = look.focused && !s.reading
	return look
}
