package audit

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// View is the audit of allowed issues: a row for each finding that a scan was told to overlook, and beside it
// everything that a reviewer wants to know of the one that is selected.
type View struct {
	backend Backend
	asked   int         // version of the tree that was asked about last; -1 before
	asking  bool        // an answer is under way
	ready   bool        // there is an answer, or a problem
	tree    *model.Tree // that the answer is about; nobody changes it
	answer  audit.Answer
	problem string // why there is no answer
	rows    []row
	whole   audit.Flags // about the image, its scan and its specification
	counts  [kinds]int
	order   []int // rows on screen
	sifted  sieve // what order was made by
	sifting bool

	widget.Filtering
	table   widget.Table
	reading bool // the detail has the keys
	page    page
	form    *form     // nil where nothing is being filled in; never changed in place
	who     string    // who reviewed last
	said    safe.Text // what came of a form
}

// sieve is what rows are chosen and sorted by.
type sieve struct {
	filter string
	sorted int
	answer int // version of the tree that the rows are about
}

// What comes back from the background.
type (
	answered struct {
		version int
		tree    *model.Tree
		answer  audit.Answer
		rows    []row
		err     error
	}
	sifted struct {
		by    sieve
		order []int
	}
)

// New is the audit of whatever tree it will be shown on.
func New(b Backend) View { return View{backend: b, asked: -1} }

var headings = []widget.Column{
	code:     {Name: safe.Const("Allowed issue"), Least: 16, Most: 32, Keep: true},
	severity: {Name: safe.Const("Severity"), Least: 10, Most: 10},
	where:    {Name: safe.Const("Tool or file"), Least: 12, Most: 16},
	flags:    {Name: safe.Const("Flags"), Least: 18, Most: 64, Keep: true},
	review:   {Name: safe.Const("Review"), Least: 8, Most: 16},
	analyzer: {Name: safe.Const("Analyzer"), Least: 13, Most: 18},
}

// Title implements scene.Scene.
func (s View) Title(scene.Stage) safe.Text { return safe.Const("Audit of allowed issues") }

// Hints implements scene.Scene.
func (s View) Hints(on scene.Stage) []keymap.Hint {
	k := on.Keys
	switch {
	case s.form != nil:
		return []keymap.Hint{keymap.HintFor(k.NextPane, safe.Const("next field")), keymap.HintFor(k.Enter, s.form.Does)}
	case s.Typing:
		return []keymap.Hint{keymap.HintFor(k.Enter, safe.Const("keep")), {Keys: safe.Const("e.g."), Does: safe.Const("flag:no-reason severity:high")}}
	}
	return []keymap.Hint{keymap.HintFor(k.Enter, safe.Const("attestation")), keymap.HintFor(k.Review, safe.Const("review")), keymap.HintFor(k.Report, safe.Const("report")),
		keymap.HintFor(k.Filter, safe.Const("filter")), keymap.HintFor(k.Sort, safe.Const("sort")), keymap.HintFor(k.NextPane, safe.Const("read on"))}
}

// Prepare asks for the audit of the tree as it is now, and brings rows and text up to date.
func (s View) Prepare(on scene.Stage) (scene.Scene, tea.Cmd) {
	var ask, sift, write tea.Cmd
	if s.form != nil && s.form.busy && !s.form.sent {
		f := *s.form
		f.sent = true
		s.form = &f
		write = s.write(on)
	}
	if !s.asking && s.asked != on.Version {
		s.asking, s.asked = true, on.Version
		b, version := s.backend, on.Version
		ask = on.ReportOn(func(ctx context.Context, tree *model.Tree) any {
			answer, err := b.Audit(ctx, tree)
			return answered{version, tree, answer, rowsOf(answer.Report), err}
		})
	}
	if by := (sieve{s.Filter.Text, s.table.Sorted, s.sifted.answer}); s.ready && !s.sifting && by != s.sifted {
		s, sift = s.sift(on, by)
	}
	s = s.settle(on)
	return s, tea.Batch(ask, sift, write)
}

// sift chooses and sorts rows in the background: there may be thousands, with long reasons.
func (s View) sift(on scene.Stage, by sieve) (View, tea.Cmd) {
	s.sifting = true
	all := s.rows
	return s, on.Report(func(context.Context) any { return sifted{by, order(all, by.filter, by.sorted)} })
}

// settle lays out what will be drawn.
func (s View) settle(on scene.Stage) View {
	r := s.layout(on)
	s.table = s.table.Prepare(headings, len(s.order), r.table)
	s.page = s.page.prepare(s, on, r.page)
	return s
}

// Receive implements scene.Scene.
func (s View) Receive(on scene.Stage, result any) (scene.Scene, tea.Cmd) {
	switch r := result.(type) {
	case answered:
		return s.answered(on, r)
	case sifted:
		s.sifting = false
		if r.by.answer != s.sifted.answer {
			return s, nil // the rows are others now, and will be sifted again
		}
		at, chosen := s.selected()
		s.order, s.sifted = r.order, r.by
		if chosen {
			s = s.choose(at)
		}
	case written:
		return s.written(on, r), nil
	}
	return s, nil
}

// answered takes an answer. What was chosen stays chosen, as far as it is still there.
func (s View) answered(on scene.Stage, r answered) (scene.Scene, tea.Cmd) {
	s.asking, s.ready, s.problem = false, true, ""
	if r.err != nil {
		s.problem, s.rows, s.order = r.err.Error(), nil, nil
		return s, nil
	}
	at, chosen := s.selected()
	s.tree, s.answer, s.rows = r.tree, r.answer, r.rows
	s = s.summed()
	s.sifted = sieve{s.Filter.Text, s.table.Sorted, s.sifted.answer + 1}
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
	if s.Filter.Text != "" || s.table.Sorted != 0 {
		s, sift = s.sift(on, s.sifted)
	}
	return s, sift
}

// firstIssue is the first row that is a finding, else the first of all.
func firstIssue(rows []row) int {
	for i, row := range rows {
		if row.kind == auditIssue {
			return i
		}
	}
	return 0
}

// selected is the row under the cursor.
func (s View) selected() (row int, any bool) {
	at := s.table.Window.Cursor()
	if at < 0 || at >= len(s.order) {
		return 0, false
	}
	return s.order[at], true
}

// choose moves the cursor to a row, if it is on screen.
func (s View) choose(row int) View {
	for i, at := range s.order {
		if at == row {
			s.table.Window = s.table.Window.SetCount(len(s.order)).To(i)
		}
	}
	return s
}

// Bar implements scene.Scene.
func (s View) Bar() widget.Thumb {
	switch {
	case s.form != nil:
		return widget.Thumb{}
	case s.reading:
		return widget.ThumbOf(s.page.window, s.page.top)
	}
	return widget.ThumbOf(s.table.Window, s.page.tableTop+1)
}

// Cursor implements scene.Scene.
func (s View) Cursor(on scene.Stage) (x, y int, typing bool) {
	r := s.layout(on)
	switch {
	case s.form != nil:
		return s.form.Cursor(on.Room.W)
	case s.Typing:
		l := s.filterLine(on)
		return min(widget.Width(l.Left), on.Room.W-1), r.filter, true
	case s.reading:
		return 0, r.page.Y + 1, false
	}
	row := s.table.CursorRow()
	if row < 0 {
		return 0, 0, false
	}
	return 0, r.table.Y + row, false
}

// View is the head, the rows and what is known of the selected one.
func (s View) View(on scene.Stage) []string {
	if s.form != nil {
		return s.form.View(on.Room, on.Look, s.below(on))
	}
	b := widget.Drawer(on.Room.W, on.Look.Styles)
	var out []string
	for _, l := range s.head(on) {
		out = append(out, l.Draw(b, theme.Style{}))
	}
	r := s.layout(on)
	if !r.table.Empty() {
		out = append(out, s.table.View(headings, on.Room.W, s.tableLook(on), func(row, column int) rows.Part {
			return s.cell(s.rows[s.order[row]], column, on.Look.Styles)
		})...)
	}
	for len(out) < r.page.Y {
		out = append(out, widget.Line{}.Draw(b, theme.Style{}))
	}
	if !r.page.Empty() {
		out = append(out, s.page.view(on, s.reading)...)
	}
	return out
}

// tableLook marks the table as parked while the detail has the keys.
func (s View) tableLook(on scene.Stage) widget.Look {
	look := on.Look
	look.Focused = look.Focused && !s.reading
	return look
}
