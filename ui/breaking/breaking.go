package breaking

import (
	"context"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/breaking"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// View is the breaking bench: the ways to break what a node was judged by, and beside them what became of it
// and which check notices. All of it happens in memory, and none of it reaches the tree.
type View struct {
	backend Backend
	id      string // the node
	name    string

	real   *model.Report // that the ways are tried against: when it is another, everything is tried again
	asked  bool
	ready  bool
	ways   []way // never changed in place
	trying bool

	list    list
	page    page
	reading bool // the page has the keys
}

// way is one way, with the variant that is chosen and what came of the last one.
type way struct {
	breaking.Break
	variant int
	last    *trial // nil before the first
}

// trial is what came of one variant.
type trial struct {
	variant int
	broken  breaking.Broken // without the evidence, which nobody needs any more
	report  model.Report
	problem string // why there is no report
	by      model.Check
	caught  bool
}

// What comes back from the background. Each says which report it is about.
type (
	breaksFound struct {
		real *model.Report
		ways []breaking.Break
	}
	breakTried struct {
		real *model.Report
		id   breaking.ID
		last trial
	}
)

// New is the bench on a node, which carries a signature and has been judged.
func New(b Backend, e *model.Entry) View {
	return View{backend: b, id: e.Node.ID, name: model.EntryTitle(e)}
}

// Title implements scene.Scene.
func (s View) Title(on scene.Stage) safe.Text {
	return safe.Format("BROKEN ON PURPOSE %s %s", on.Look.Styles.Glyphs.Bullet, safe.LineMax(s.name, max(on.Room.W, 1)))
}

// Frame is the style of the frame: that of no other view.
func (s View) Frame(st *theme.Styles) theme.Style { return st.Bad.Bold() }

// Hints implements scene.Scene.
func (s View) Hints(on scene.Stage) []keymap.Hint {
	k := on.Keys
	read := keymap.HintFor(k.NextPane, safe.Const("read on"))
	if s.reading {
		read = keymap.HintFor(k.NextPane, safe.Const("ways"))
	}
	var out []keymap.Hint
	if w, any := s.way(); any && w.Variants > 1 {
		out = append(out, keymap.HintsFor(safe.Const("another variant"), k.NextMatch, k.PrevMatch))
	}
	return append(out, read, keymap.HintFor(k.Copy, safe.Const("copy")))
}

// way is the selected one.
func (s View) way() (way, bool) {
	if s.list.at < 0 || s.list.at >= len(s.ways) {
		return way{}, false
	}
	return s.ways[s.list.at], true
}

// withWay is the bench with another value for the way of that ID.
func (s View) withWay(id breaking.ID, change func(w *way)) View {
	s.ways = slices.Clone(s.ways)
	for i := range s.ways {
		if s.ways[i].ID == id {
			change(&s.ways[i])
		}
	}
	return s
}

// Prepare asks for the ways, tries the selected one as long as that was not done, and lays out what will be drawn.
func (s View) Prepare(on scene.Stage) (scene.Scene, tea.Cmd) {
	var cmd tea.Cmd
	e := on.Tree.Entry(s.id)
	if e != nil && e.Report != nil && e.Report != s.real {
		s.real, s.asked, s.ready, s.trying, s.ways = e.Report, false, false, false, nil
	}
	w, any := s.way()
	switch {
	case e == nil || s.real == nil:
	case !s.asked:
		s.asked = true
		cmd = s.ask(on, e)
	case s.ready && any && !s.trying && (w.last == nil || w.last.variant != w.variant):
		s.trying = true
		cmd = s.try(on, e, w)
	}
	return s.settle(on), cmd
}

func (s View) ask(on scene.Stage, e *model.Entry) tea.Cmd {
	b, of, real := s.backend, scene.Copied(e), s.real
	return on.Report(func(context.Context) any { return breaksFound{real, b.Breaks(of)} })
}

func (s View) try(on scene.Stage, e *model.Entry, w way) tea.Cmd {
	b, of, real := s.backend, scene.Copied(e), s.real
	return on.Report(func(ctx context.Context) any {
		broken, report, err := b.Break(ctx, of, w.ID, w.variant)
		broken.Evidence = model.Evidence{}
		last := trial{variant: w.variant, broken: broken, report: report}
		if err != nil {
			last.problem = err.Error()
		} else {
			last.by, last.caught = breaking.Caught(*real, report)
		}
		return breakTried{real, w.ID, last}
	})
}

// Receive takes what came of a command, unless the node has been judged anew since.
func (s View) Receive(on scene.Stage, result any) (scene.Scene, tea.Cmd) {
	switch r := result.(type) {
	case breaksFound:
		if r.real != s.real {
			return s, nil
		}
		s.ready = true
		for _, b := range r.ways {
			s.ways = append(slices.Clip(s.ways), way{Break: b})
		}
	case breakTried:
		if r.real != s.real {
			return s, nil
		}
		s.trying = false
		s = s.withWay(r.id, func(w *way) { w.last = &r.last })
	}
	return s.settle(on), nil
}

// Paste implements scene.Scene.
func (s View) Paste(string) scene.Scene { return s }

// Key implements scene.Scene.
func (s View) Key(on scene.Stage, k tea.KeyPressMsg) (next scene.Scene, i scene.Intent, taken bool) {
	keys := on.Keys
	switch {
	case key.Matches(k, keys.Right, keys.NextMatch):
		return s.vary(1), nil, true
	case key.Matches(k, keys.Left, keys.PrevMatch):
		return s.vary(-1), nil, true
	case key.Matches(k, keys.NextPane, keys.PrevPane, keys.Enter):
		s.reading = !s.reading
		return s, nil, true
	case key.Matches(k, keys.Back) && s.reading:
		s.reading = false
		return s, nil, true
	case key.Matches(k, keys.Copy):
		return s, s.copied(), true
	case key.Matches(k, keys.Break):
		return s, scene.CloseScene{}, true
	case s.reading:
		w, moved := keys.Scroll(s.page.window, k)
		s.page.window = w
		return s, nil, moved
	}
	w, moved := keys.Move(rows.NewWindow(len(s.ways), max(len(s.ways)/2, 1)).To(s.list.at), k)
	if moved {
		s = s.choose(w.Cursor())
	}
	return s, nil, moved
}

// choose selects a way. What is said of it begins at its top.
func (s View) choose(at int) View {
	if at != s.list.at {
		s.list.at, s.page.window = at, s.page.window.Top()
	}
	return s
}

// vary chooses another variant of the selected way.
func (s View) vary(step int) View {
	w, any := s.way()
	if !any || w.Variants < 2 {
		return s
	}
	return s.withWay(w.ID, func(w *way) { w.variant = (w.variant + step + w.Variants) % w.Variants })
}

// Click implements scene.Scene.
func (s View) Click(on scene.Stage, x, y int) (scene.Scene, scene.Intent) {
	r := layout(on.Room)
	switch {
	case r.list.Contains(x, y) && !s.covers(r):
		s.reading = false
		if hit := (widget.Stops{Lines: s.list.stops}).Hit(s.list.window.Offset() + y - r.list.Y); hit >= 0 {
			s = s.choose(hit)
		}
	case r.page.Contains(x, y):
		s.reading = true
	}
	return s, nil
}

// Wheel implements scene.Scene.
func (s View) Wheel(on scene.Stage, x, y, step int) scene.Scene {
	if r := layout(on.Room); s.covers(r) || !r.one && r.page.Contains(x, y) {
		s.page.window = s.page.window.Wheel(step)
		return s
	}
	return s.choose(max(0, min(s.list.at+step/widget.WheelRows, len(s.ways)-1)))
}
