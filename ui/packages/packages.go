package packages

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// View is what SBOMs say is in an image: a table of packages of one SBOM, or of several seen together, and pages
// of single ones. Documents may have a hundred thousand packages: all work on them is done in the background, and what
// comes back too late is dropped.
type View struct {
	from   string      // the node that it was opened on
	tree   *model.Tree // as it was when SBOMs were looked for last; nobody changes it
	looked int         // version of the tree then; -1 before
	asking bool        // they are being looked for
	sboms  []string    // IDs of the SBOMs about the image
	at     int         // the one that is shown; -1 for all together
	turned bool        // the person chose which

	indexes  map[string]*packages.Index // of the SBOMs that were read whole; never changed in place
	problems map[string]string          // why one could not be; never changed in place
	odd      map[string][]model.Finding // what to know of their lists; never changed in place
	load     load
	join     join
	sift     sift
	shown    shown

	widget.Filtering
	table widget.Table
	pages []packagePage
	top   int // rows of the head
}

// shown is a table with the rows of it that are on screen: always of each other.
type shown struct {
	table *packages.Table
	view  []int32
}

// New shows the packages of a node that is an SBOM, else those of all SBOMs about the image that the node belongs to.
func New(id string) View { return View{from: id, looked: -1, at: -1} }

// Knowing is the scene with what another one has read: an SBOM is not read twice, and its index not kept twice.
func (s View) Knowing(other View) View {
	for id, x := range other.indexes {
		s.indexes, s.odd = kept(s.indexes, id, x), kept(s.odd, id, other.odd[id])
	}
	for id, problem := range other.problems {
		s.problems = kept(s.problems, id, problem)
	}
	return s
}

// Columns of the packages.
const (
	packageName = iota
	packageVersion
	packageLicence
	packageType
	packageVulns
	packageScope
)

var packageHeadings = []widget.Column{
	packageName:    {Name: safe.Const("Package"), Least: 14, Most: 44, Keep: true},
	packageVersion: {Name: safe.Const("Version"), Least: 8, Most: 22, Keep: true},
	packageLicence: {Name: safe.Const("Licence"), Least: 10, Most: 28},
	packageType:    {Name: safe.Const("Type"), Least: 6, Most: 10},
	packageVulns:   {Name: safe.Const("Vulnerabilities"), Least: 17, Most: 32},
	packageScope:   {Name: safe.Const("In"), Least: 18, Most: 44},
}

// Title implements scene.Scene.
func (s View) Title(on scene.Stage) safe.Text {
	if p, open := s.page(); open && p.unlisted {
		return safe.Const("Vulnerabilities of packages that are not listed")
	} else if open {
		return safe.Format("Package %s", safe.LineMax(p.name(), on.Room.W))
	}
	return safe.Const("Packages")
}

// Hints implements scene.Scene.
func (s View) Hints(on scene.Stage) []keymap.Hint {
	k := on.Keys
	switch {
	case len(s.pages) > 0:
		return []keymap.Hint{keymap.HintFor(k.Enter, safe.Const("go there")), keymap.HintFor(k.Copy, safe.Const("copy purl"))}
	case s.Typing:
		return []keymap.Hint{keymap.HintFor(k.Enter, safe.Const("keep")), {Keys: safe.Const("e.g."), Does: safe.Const("name:ssl licence:MIT vuln:high")}}
	}
	hints := []keymap.Hint{keymap.HintFor(k.Enter, safe.Const("details")), keymap.HintFor(k.Filter, safe.Const("filter")), keymap.HintFor(k.Sort, safe.Const("sort"))}
	if len(s.join.outside) > 0 {
		hints = append(hints, keymap.HintFor(k.Verify, safe.Const("not listed")))
	}
	if len(s.sboms) > 1 {
		hints = append(hints, keymap.HintsFor(safe.Const("other SBOM"), k.PrevTab, k.NextTab))
	}
	return append(hints, keymap.HintFor(k.Copy, safe.Const("copy purl")))
}

// Prepare starts whatever there is to do: look for SBOMs, read them, join them with vulnerabilities, find and sort rows,
// read one package.
func (s View) Prepare(on scene.Stage) (scene.Scene, tea.Cmd) {
	var cmds [5]tea.Cmd
	s, cmds[0] = s.lookForSBOMs(on)
	s, cmds[1] = s.siftRows(on)
	s, cmds[2] = s.readOn(on)
	s, cmds[3] = s.joinAll(on)
	s, cmds[4] = s.readPage(on)
	return s.settle(on), tea.Batch(cmds[:]...)
}

// settle lays out what will be drawn.
func (s View) settle(on scene.Stage) View {
	if p, open := s.page(); open {
		return s.withPage(p.prepare(s, on))
	}
	room := s.tableRoom(on)
	s.table, s.top = s.table.Prepare(packageHeadings, len(s.shown.view), room), room.Y
	return s
}

func (s View) tableRoom(on scene.Stage) widget.Area {
	head := len(s.head(on))
	return widget.Area{X: 0, Y: head, W: on.Room.W, H: max(on.Room.H-head, 0)}
}

// Receive implements scene.Scene.
func (s View) Receive(_ scene.Stage, result any) (scene.Scene, tea.Cmd) {
	switch r := result.(type) {
	case found:
		s = s.foundSBOMs(r)
	case read:
		s = s.hasRead(r)
	case joined:
		s = s.hasJoined(r)
	case sifted:
		s = s.hasSifted(r)
	case packageRead:
		s = s.hasReadPage(r)
	}
	return s, nil
}

// Key implements scene.Scene.
func (s View) Key(on scene.Stage, k tea.KeyPressMsg) (next scene.Scene, i scene.Intent, taken bool) {
	if _, open := s.page(); open {
		return s.pageKey(on, k)
	}
	if s.Typing {
		s.Filtering, s.table, taken = s.TypeOver(s.table, on.Keys, k)
		return s, nil, taken
	}
	if t, moved := s.table.Key(on.Keys, k); moved {
		s.table = t
		return s, nil, true
	}
	if t, sorted := s.table.Sort(on.Keys, k); sorted {
		s.table = t
		return s, nil, true
	}
	keys := on.Keys
	switch {
	case key.Matches(k, keys.Filter):
		s.Typing = true
	case key.Matches(k, keys.Enter):
		s = s.openRow()
	case key.Matches(k, keys.NextTab, keys.Right):
		s = s.turn(1)
	case key.Matches(k, keys.PrevTab, keys.Left):
		s = s.turn(-1)
	case key.Matches(k, keys.Copy):
		i = s.copied()
	case key.Matches(k, keys.Verify) && len(s.join.outside) > 0:
		s = s.openUnlisted()
	case key.Matches(k, keys.Packages):
		i = scene.CloseScene{}
	case key.Matches(k, keys.Back) && s.Filter.Text != "":
		s.Filter = widget.Edit{}
	default:
		return s, nil, false
	}
	return s, i, true
}

// turn shows the next SBOM, or all together.
func (s View) turn(step int) View {
	n := len(s.sboms)
	if n < 2 {
		return s
	}
	s.at, s.turned = (s.at+1+step+n+1)%(n+1)-1, true
	return s.show()
}

// show begins with what is chosen. What was read before need not be read again.
func (s View) show() View {
	s.load = load{number: s.load.number + 1, wanted: s.chosen()}
	s.join, s.shown, s.pages = join{}, shown{}, nil
	s.sift = s.sift.given(nil)
	s.table.Window = s.table.Window.Top()
	return s
}

// chosen is the IDs of the SBOMs that are shown.
func (s View) chosen() []string {
	if s.at >= 0 && s.at < len(s.sboms) {
		return s.sboms[s.at : s.at+1]
	}
	return s.sboms
}

// row is the row of the table under the cursor.
func (s View) row() (row int, any bool) {
	at := s.table.Window.Cursor()
	if s.shown.table == nil || at >= len(s.shown.view) {
		return 0, false
	}
	return int(s.shown.view[at]), true
}

func (s View) copied() scene.Intent {
	row, any := s.row()
	if !any {
		return nil
	}
	return copyPackage(s.shown.table.Row(row))
}

// copyPackage copies what a package is known by.
func copyPackage(p packages.Package) scene.Intent {
	if p.PURL != "" {
		return scene.CopyText{What: "package URL", Text: p.PURL}
	}
	return scene.CopyText{What: "package", Text: p.Name + " " + p.Version}
}

// Paste implements scene.Scene.
func (s View) Paste(text string) scene.Scene {
	if s.Typing {
		s.Filter = s.Filter.Insert(text)
	}
	return s
}

// Bar implements scene.Scene.
func (s View) Bar() widget.Thumb {
	if p, open := s.page(); open {
		return widget.ThumbOf(p.window, 0)
	}
	return widget.ThumbOf(s.table.Window, s.top+1)
}

// Cursor implements scene.Scene.
func (s View) Cursor(on scene.Stage) (x, y int, typing bool) {
	if p, open := s.page(); open {
		return 0, p.selectedRow(), false
	}
	room := s.tableRoom(on)
	if s.Typing {
		l := s.filterLine(on)
		return min(widget.Width(l.Left), on.Room.W-1), room.Y - 1, true
	}
	return 0, room.Y + max(s.table.CursorRow(), 0), false
}

// View implements scene.Scene.
func (s View) View(on scene.Stage) []string {
	if p, open := s.page(); open {
		return p.view(on)
	}
	b := widget.Drawer(on.Room.W, on.Look.Styles)
	var out []string
	for _, l := range s.head(on) {
		out = append(out, l.Draw(b, theme.Style{}))
	}
	if s.shown.table == nil {
		return out
	}
	return append(out, s.table.View(packageHeadings, on.Room.W, on.Look, func(row, column int) rows.Part {
		return s.cell(int(s.shown.view[row]), column, on.Look.Styles)
	})...)
}

// Points is the SBOM that lists the selected package, the first where several do.
func (s View) Points(scene.Stage) string {
	table := s.shown.table
	if p, open := s.page(); open && !p.unlisted {
		return p.table.Sources()[p.place.Source].Node
	}
	if row, any := s.row(); any && len(s.pages) == 0 {
		return table.Sources()[table.Places(row)[0].Source].Node
	}
	return ""
}
