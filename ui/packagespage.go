package ui

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
	"github.com/attestree/attestree/ui/theme"
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

	stops  stops
	to     []pageLink // where each stop leads
	lines  []line
	window rows.Window
	made   pageMade
}

// pageLink is where a line of a page leads: to another package, or to a node, in its payload to where it says place.
type pageLink struct {
	isPackage bool
	place     packages.Place
	node      string
	tab       tab
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
func (s packagesScene) page() (packagePage, bool) {
	if len(s.pages) == 0 {
		return packagePage{}, false
	}
	return s.pages[len(s.pages)-1], true
}

// withPage is the scene with another value for the page that is shown.
func (s packagesScene) withPage(p packagePage) packagesScene {
	s.pages = slices.Clone(s.pages)
	s.pages[len(s.pages)-1] = p
	return s
}

// mostPages is how many pages there are to go back through.
const mostPages = 200

// openRow shows the package under the cursor.
func (s packagesScene) openRow() packagesScene {
	if row, any := s.row(); any {
		return s.openPlace(s.shown.table.Places(row)[0])
	}
	return s
}

func (s packagesScene) openPlace(p packages.Place) packagesScene {
	pages := s.pages
	if len(pages) >= mostPages {
		pages = pages[1:]
	}
	s.pages = append(slices.Clip(pages), packagePage{place: p, table: s.shown.table})
	return s
}

// openUnlisted shows what was found in no package of the SBOMs.
func (s packagesScene) openUnlisted() packagesScene {
	if len(s.join.outside) > 0 {
		s.pages = append(slices.Clip(s.pages), packagePage{unlisted: true, table: s.shown.table, asked: true, ready: true})
	}
	return s
}

// readPage reads the package of the page that is shown.
func (s packagesScene) readPage(on stage) (packagesScene, tea.Cmd) {
	p, open := s.page()
	if !open || p.asked {
		return s, nil
	}
	p.asked = true
	place, table := p.place, p.table
	return s.withPage(p), on.report(func(context.Context) any {
		return packageRead{place, table, table.Detail(place)}
	})
}

func (s packagesScene) hasReadPage(r packageRead) packagesScene {
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
func (p packagePage) prepare(s packagesScene, on stage) packagePage {
	made := pageMade{s.join.joined, on.version, on.room.w, on.look.styles}
	if p.ready && p.made != made {
		w := pageWriter{sheet: sheet{width: max(on.room.w-tableMargin-2, 1), styles: on.look.styles}, page: p, scene: s, tree: on.tree}
		w.write()
		p.lines, p.to, p.made = w.lines, w.to, made
		w.stops.at = max(0, min(p.stops.at, len(w.to)-1))
		p.stops = w.stops
	}
	p.window = p.window.SetCount(len(p.lines)).Resize(on.room.h)
	return p
}

// pageKey handles a key on a page.
func (s packagesScene) pageKey(on stage, k tea.KeyPressMsg) (next scene, i intent, taken bool) {
	p, _ := s.page()
	if stops, w, moved := p.stops.move(on.keys, k, p.window); moved {
		p.stops, p.window = stops, w
		return s.withPage(p), nil, true
	}
	if w, moved := on.keys.scroll(p.window, k); moved {
		p.window = w
		return s.withPage(p), nil, true
	}
	switch {
	case key.Matches(k, on.keys.Enter, on.keys.Right):
		if at := p.stops.at; at >= 0 && at < len(p.to) {
			return s.follow(p.to[at])
		}
	case key.Matches(k, on.keys.Back, on.keys.Left, on.keys.Backward):
		s.pages = s.pages[:len(s.pages)-1]
	case key.Matches(k, on.keys.Copy):
		if !p.unlisted {
			i = copyPackage(p.table.Row(p.table.RowOf(p.place)))
		}
	case key.Matches(k, on.keys.Packages):
		s.pages = nil
	default:
		return s, nil, false
	}
	return s, i, true
}

func (s packagesScene) follow(to pageLink) (next scene, i intent, taken bool) {
	if to.isPackage {
		return s.openPlace(to.place), nil, true
	}
	visit := visitNode{id: to.node, detail: true, tab: to.tab}
	if p, open := s.page(); open && to.tab == tabPayload {
		x := p.table.Sources()[to.place.Source].Index
		visit.path = payloadPath(s.tree.Entry(to.node), x, to.place.Package)
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
	if at := p.stops.hit(p.window.Offset() + y); at >= 0 {
		p.stops.at = at
	}
	return p
}

// selectedRow is the row of the frame with the selected line, or the first.
func (p packagePage) selectedRow() int {
	if row := p.stops.row() - p.window.Offset(); row >= 0 && row < p.window.Height() {
		return row
	}
	return 0
}

func (p packagePage) view(on stage) []string {
	b := drawer(on.room.w, on.look.styles)
	if !p.ready {
		var l line
		l.add(on.look.styles.Quiet, safe.Format("%s %s reading", on.look.styles.Glyphs.Cursor, on.look.spin))
		return []string{l.draw(b, theme.Style{})}
	}
	from, to := p.window.Visible()
	marked := p.selectedRow() // so that where the reader is can be seen even where no line leads anywhere
	var out []string
	for i := from; i < to; i++ {
		selected, row := p.stops.selects(i), theme.Style{}
		if selected {
			row = on.look.selection()
		}
		l := line{left: append([]rows.Part{
			{Style: on.look.styles.Marker, Text: safe.Concat(on.look.marker(i-from == marked), safe.Spaces(1))},
		}, p.lines[i].left...), right: p.lines[i].right}
		out = append(out, l.draw(b, row))
	}
	return out
}
