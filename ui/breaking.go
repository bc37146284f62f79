package ui

import (
	"context"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/breaking"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// breakingScene is the breaking bench: the ways to break what a node was judged by, and beside them what became of it
// and which check notices. All of it happens in memory, and none of it reaches the tree.
type breakingScene struct {
	backend Breaker
	id      string // the node
	name    string

	real   *model.Report // that the ways are tried against: when it is another, everything is tried again
	asked  bool
	ready  bool
	ways   []breakingWay // never changed in place
	trying bool

	list    breakingList
	page    breakingPage
	reading bool // the page has the keys
}

// breakingWay is one way, with the variant that is chosen and what came of the last one.
type breakingWay struct {
	breaking.Break
	variant int
	last    *breakingTrial // nil before the first
}

// breakingTrial is what came of one variant.
type breakingTrial struct {
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
		last breakingTrial
	}
)

func newBreaking(b Breaker, e *model.Entry) breakingScene {
	return breakingScene{backend: b, id: e.Node.ID, name: model.EntryTitle(e)}
}

func (s breakingScene) title(on stage) safe.Text {
	return safe.Format("BROKEN ON PURPOSE %s %s", on.look.styles.Glyphs.Bullet, safe.LineMax(s.name, max(on.room.w, 1)))
}

// frame is the style of the frame: that of no other view.
func (s breakingScene) frame(st *theme.Styles) theme.Style { return st.Bad.Bold() }

func (s breakingScene) hints(on stage) []hint {
	k := on.keys
	read := hintFor(k.NextPane, safe.Const("read on"))
	if s.reading {
		read = hintFor(k.NextPane, safe.Const("ways"))
	}
	var out []hint
	if w, any := s.way(); any && w.Variants > 1 {
		out = append(out, hintsFor(safe.Const("another variant"), k.NextMatch, k.PrevMatch))
	}
	return append(out, read, hintFor(k.Copy, safe.Const("copy")))
}

// way is the selected one.
func (s breakingScene) way() (breakingWay, bool) {
	if s.list.at < 0 || s.list.at >= len(s.ways) {
		return breakingWay{}, false
	}
	return s.ways[s.list.at], true
}

// withWay is the bench with another value for the way of that ID.
func (s breakingScene) withWay(id breaking.ID, change func(w *breakingWay)) breakingScene {
	s.ways = slices.Clone(s.ways)
	for i := range s.ways {
		if s.ways[i].ID == id {
			change(&s.ways[i])
		}
	}
	return s
}

// prepare asks for the ways, tries the selected one as long as that was not done, and lays out what will be drawn.
func (s breakingScene) prepare(on stage) (scene, tea.Cmd) {
	var cmd tea.Cmd
	e := on.tree.Entry(s.id)
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

func (s breakingScene) ask(on stage, e *model.Entry) tea.Cmd {
	b, of, real := s.backend, copied(e), s.real
	return on.report(func(context.Context) any { return breaksFound{real, b.Breaks(of)} })
}

func (s breakingScene) try(on stage, e *model.Entry, w breakingWay) tea.Cmd {
	b, of, real := s.backend, copied(e), s.real
	return on.report(func(ctx context.Context) any {
		broken, report, err := b.Break(ctx, of, w.ID, w.variant)
		broken.Evidence = model.Evidence{}
		last := breakingTrial{variant: w.variant, broken: broken, report: report}
		if err != nil {
			last.problem = err.Error()
		} else {
			last.by, last.caught = breaking.Caught(*real, report)
		}
		return breakTried{real, w.ID, last}
	})
}

// receive takes what came of a command, unless the node has been judged anew since.
func (s breakingScene) receive(on stage, result any) (scene, tea.Cmd) {
	switch r := result.(type) {
	case breaksFound:
		if r.real != s.real {
			return s, nil
		}
		s.ready = true
		for _, b := range r.ways {
			s.ways = append(slices.Clip(s.ways), breakingWay{Break: b})
		}
	case breakTried:
		if r.real != s.real {
			return s, nil
		}
		s.trying = false
		s = s.withWay(r.id, func(w *breakingWay) { w.last = &r.last })
	}
	return s.settle(on), nil
}

func (s breakingScene) paste(string) scene { return s }

func (s breakingScene) key(on stage, k tea.KeyPressMsg) (next scene, i intent, taken bool) {
	keys := on.keys
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
		return s, closeScene{}, true
	case s.reading:
		w, moved := keys.scroll(s.page.window, k)
		s.page.window = w
		return s, nil, moved
	}
	w, moved := keys.move(rows.NewWindow(len(s.ways), max(len(s.ways)/2, 1)).To(s.list.at), k)
	if moved {
		s = s.choose(w.Cursor())
	}
	return s, nil, moved
}

// choose selects a way. What is said of it begins at its top.
func (s breakingScene) choose(at int) breakingScene {
	if at != s.list.at {
		s.list.at, s.page.window = at, s.page.window.Top()
	}
	return s
}

// vary chooses another variant of the selected way.
func (s breakingScene) vary(step int) breakingScene {
	w, any := s.way()
	if !any || w.Variants < 2 {
		return s
	}
	return s.withWay(w.ID, func(w *breakingWay) { w.variant = (w.variant + step + w.Variants) % w.Variants })
}

func (s breakingScene) click(on stage, x, y int) (scene, intent) {
	r := breakingLayout(on.room)
	switch {
	case r.list.contains(x, y) && !s.covers(r):
		s.reading = false
		if hit := (stops{lines: s.list.stops}).hit(s.list.window.Offset() + y - r.list.y); hit >= 0 {
			s = s.choose(hit)
		}
	case r.page.contains(x, y):
		s.reading = true
	}
	return s, nil
}

func (s breakingScene) wheel(on stage, x, y, step int) scene {
	if r := breakingLayout(on.room); s.covers(r) || !r.one && r.page.contains(x, y) {
		s.page.window = s.page.window.Wheel(step)
		return s
	}
	return s.choose(max(0, min(s.list.at+step/wheelRows, len(s.ways)-1)))
}
