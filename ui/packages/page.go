package packages

import (
	"context"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages"
	"github.com/attestree/attestree/model/packages/exposure"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// packagePage is everything that is known about one package, as one SBOM describes it. Some of its lines lead to other
// packages, or to nodes.
type packagePage struct {
	unlisted bool // it is none of a package, but of what was found in packages that no SBOM here lists

	place  packages.Place
	table  *packages.Table // that the place is of
	asked  bool            // it is being read
	ready  bool
	detail packages.Detail

	stops  widget.Stops
	to     []pageLink // where each stop leads
	lines  []widget.Line
	window rows.Window
	made   pageMade
}

// pageLink is where a line of a page leads: to another package, or to a node, in its payload to where it says place.
type pageLink struct {
	isPackage bool
	place     packages.Place
	node      string
	tab       scene.Tab
}

// pageMade is what the lines of a page were made from.
type pageMade struct {
	joined  *exposure.Joined
	version int // of the tree
	width   int
	styles  *theme.Styles
}

type packageRead struct {
	place  packages.Place
	table  *packages.Table
	detail packages.Detail
}

// page is the page that is shown.
func (s View) page() (packagePage, bool) {
	if len(s.pages) == 0 {
		return packagePage{}, false
	}
	return s.pages[len(s.pages)-1], true
}

// withPage is the scene with another value for the page that is shown.
func (s View) withPage(p packagePage) View {
	s.pages = slices.Clone(s.pages)
	s.pages[len(s.pages)-1] = p
	return s
}

// mostPages is how many pages there are to go back through.
const mostPages = 200

// openRow shows the package under the cursor.
func (s View) openRow() View {
	if row, any := s.row(); any {
		return s.openPlace(s.shown.table.Places(row)[0])
	}
	return s
}

func (s View) openPlace(p packages.Place) View {
	pages := s.pages
	if len(pages) >= mostPages {
		pages = pages[1:]
	}
	s.pages = append(slices.Clip(pages), packagePage{place: p, table: s.shown.table})
	return s
}

// openUnlisted shows what was found in no package of the SBOMs.
func (s View) openUnlisted() View {
	if len(s.join.outside) > 0 {
		s.pages = append(slices.Clip(s.pages), packagePage{unlisted: true, table: s.shown.table, asked: true, ready: true})
	}
	return s
}

// readPage reads the package of the page that is shown.
func (s View) readPage(on scene.Stage) (View, tea.Cmd) {
	p, open := s.page()
	if !open || p.asked {
		return s, nil
	}
	p.asked = true
	place, table := p.place, p.table
	return s.withPage(p), on.Report(func(context.Context) any {
		return packageRead{place, table, table.Detail(place)}
	})
}

func (s View) hasReadPage(r packageRead) View {
	s.pages = slices.Clone(s.pages)
	for i, p := range s.pages {
		if p.place == r.place && p.table == r.table {
			s.pages[i].detail, s.pages[i].ready = r.detail, true
		}
	}
	return s
}

// name is the package's, as far as it is known.
func (p packagePage) name() string {
	if p.ready {
		return p.detail.Name + " " + p.detail.Version
	}
	return p.table.Row(p.table.RowOf(p.place)).Name
}

// prepare writes the page again, if what it was made from has changed.
func (p packagePage) prepare(s View, on scene.Stage) packagePage {
	made := pageMade{s.join.joined, on.Version, on.Room.W, on.Look.Styles}
	if p.ready && p.made != made {
		w := pageWriter{Sheet: widget.Sheet{Width: max(on.Room.W-widget.TableMargin-2, 1), Styles: on.Look.Styles}, page: p, scene: s, tree: on.Tree}
		w.write()
		p.lines, p.to, p.made = w.Lines, w.to, made
		w.stops.At = max(0, min(p.stops.At, len(w.to)-1))
		p.stops = w.stops
	}
	p.window = p.window.SetCount(len(p.lines)).Resize(on.Room.H)
	return p
}

// pageKey handles a key on a page.
func (s View) pageKey(on scene.Stage, k tea.KeyPressMsg) (next scene.Scene, i scene.Intent, taken bool) {
	p, _ := s.page()
	if stops, w, moved := p.stops.Move(on.Keys, k, p.window); moved {
		p.stops, p.window = stops, w
		return s.withPage(p), nil, true
	}
	if w, moved := on.Keys.Scroll(p.window, k); moved {
		p.window = w
		return s.withPage(p), nil, true
	}
	switch {
	case key.Matches(k, on.Keys.Enter, on.Keys.Right):
		if at := p.stops.At; at >= 0 && at < len(p.to) {
			return s.follow(p.to[at])
		}
	case key.Matches(k, on.Keys.Back, on.Keys.Left, on.Keys.Backward):
		s.pages = s.pages[:len(s.pages)-1]
	case key.Matches(k, on.Keys.Copy):
		if !p.unlisted {
			i = copyPackage(p.table.Row(p.table.RowOf(p.place)))
		}
	case key.Matches(k, on.Keys.Packages):
		s.pages = nil
	default:
		return s, nil, false
	}
	return s, i, true
}

func (s View) follow(to pageLink) (next scene.Scene, i scene.Intent, taken bool) {
	if to.isPackage {
		return s.openPlace(to.place), nil, true
	}
	visit := scene.VisitNode{ID: to.node, Detail: true, Tab: to.tab}
	if p, open := s.page(); open && to.tab == scene.TabPayload {
		x := p.table.Sources()[to.place.Source].Index
		visit.Path = payloadPath(s.tree.Entry(to.node), x, to.place.Package)
	}
	return s, visit, true
}

// payloadPath is where in what the Payload tab shows of a node a package is described, as far as a path leads there: to
// the document that is one string, where it is in one.
func payloadPath(e *model.Entry, x *packages.Index, i int) string {
	var steps []string
	if e.Attestation != nil && e.Attestation.Statement != nil {
		steps = append(steps, "predicate")
		if e.Attestation.Nested != nil {
			steps = append(steps, "predicate")
		}
	}
	if path := x.Location(i).Path; path != "" && !x.Embedded {
		steps = append(steps, path)
	}
	return strings.Join(steps, ".")
}

func (p packagePage) click(y int) packagePage {
	if at := p.stops.Hit(p.window.Offset() + y); at >= 0 {
		p.stops.At = at
	}
	return p
}

// selectedRow is the row of the frame with the selected line, or the first.
func (p packagePage) selectedRow() int {
	if row := p.stops.Row() - p.window.Offset(); row >= 0 && row < p.window.Height() {
		return row
	}
	return 0
}

func (p packagePage) view(on scene.Stage) []string {
	b := widget.Drawer(on.Room.W, on.Look.Styles)
	if !p.ready {
		var l widget.Line
		l.Add(on.Look.Styles.Quiet, safe.Format("%s %s reading", on.Look.Styles.Glyphs.Cursor, on.Look.Spin))
		return []string{l.Draw(b, theme.Style{})}
	}
	from, to := p.window.Visible()
	marked := p.selectedRow() // so that where the reader is can be seen even where no line leads anywhere
	var out []string
	for i := from; i < to; i++ {
		selected, row := p.stops.Selects(i), theme.Style{}
		if selected {
			row = on.Look.Selection()
		}
		l := widget.Line{Left: append([]rows.Part{
			{Style: on.Look.Styles.Marker, Text: safe.Concat(on.Look.Marker(i-from == marked), safe.Spaces(1))},
		}, p.lines[i].Left...), Right: p.lines[i].Right}
		out = append(out, l.Draw(b, row))
	}
	return out
}
