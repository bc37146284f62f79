package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// packagesScene is what SBOMs say is in an image: a table of packages of one SBOM, or of several seen together, and pages
// of single ones. Documents may have a hundred thousand packages: all work on them is done in the background, and what
// comes back too late is dropped.
type packagesScene struct {
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
	load     packagesLoad
	join     packagesJoin
	sift     packagesSift
	shown    packagesShown

	table  table
	filter edit
	typing bool // the filter has the keys
	pages  []packagePage
	top    int // rows of the head
}

// packagesShown is a table with the rows of it that are on screen: always of each other.
type packagesShown struct {
	table *packages.Table
	view  []int32
}

func newPackagesScene(id string) packagesScene { return packagesScene{from: id, looked: -1, at: -1} }

// knowing is the scene with what another one has read: an SBOM is not read twice, and its index not kept twice.
func (s packagesScene) knowing(other packagesScene) packagesScene {
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

var packageHeadings = []heading{
	packageName:    {name: safe.Const("Package"), least: 14, most: 44, keep: true},
	packageVersion: {name: safe.Const("Version"), least: 8, most: 22, keep: true},
	packageLicence: {name: safe.Const("Licence"), least: 10, most: 28},
	packageType:    {name: safe.Const("Type"), least: 6, most: 10},
	packageVulns:   {name: safe.Const("Vulnerabilities"), least: 17, most: 32},
	packageScope:   {name: safe.Const("In"), least: 14, most: 44},
}

func (s packagesScene) title(on stage) safe.Text {
	if p, open := s.page(); open && p.unlisted {
		return safe.Const("Vulnerabilities of packages that are not listed")
	} else if open {
		return safe.Format("Package %s", safe.LineMax(p.name(), on.room.w))
	}
	return safe.Const("Packages")
}

func (s packagesScene) hints(on stage) []hint {
	k := on.keys
	switch {
	case len(s.pages) > 0:
		return []hint{hintFor(k.Enter, safe.Const("go there")), hintFor(k.Copy, safe.Const("copy purl"))}
	case s.typing:
		return []hint{hintFor(k.Enter, safe.Const("keep")), {safe.Const("e.g."), safe.Const("name:ssl licence:MIT vuln:high")}}
	}
	hints := []hint{hintFor(k.Enter, safe.Const("details")), hintFor(k.Filter, safe.Const("filter")), hintFor(k.Sort, safe.Const("sort"))}
	if len(s.join.outside) > 0 {
		hints = append(hints, hintFor(k.Verify, safe.Const("not listed")))
	}
	if len(s.sboms) > 1 {
		hints = append(hints, hintsFor(safe.Const("other SBOM"), k.PrevTab, k.NextTab))
	}
	return append(hints, hintFor(k.Copy, safe.Const("copy purl")))
}

// prepare starts whatever there is to do: look for SBOMs, read them, join them with vulnerabilities, find and sort rows,
// read one package.
func (s packagesScene) prepare(on stage) (scene, tea.Cmd) {
	var cmds [5]tea.Cmd
	s, cmds[0] = s.lookForSBOMs(on)
	s, cmds[1] = s.siftRows(on)
	s, cmds[2] = s.readOn(on)
	s, cmds[3] = s.joinAll(on)
	s, cmds[4] = s.readPage(on)
	return s.settle(on), tea.Batch(cmds[:]...)
}

// settle lays out what will be drawn.
func (s packagesScene) settle(on stage) packagesScene {
	if p, open := s.page(); open {
		return s.withPage(p.prepare(s, on))
	}
	room := s.tableRoom(on)
	s.table, s.top = s.table.prepare(packageHeadings, len(s.shown.view), room), room.y
	return s
}

func (s packagesScene) tableRoom(on stage) area {
	head := len(s.head(on))
	return area{0, head, on.room.w, max(on.room.h-head, 0)}
}

func (s packagesScene) receive(_ stage, result any) (scene, tea.Cmd) {
	switch r := result.(type) {
	case packagesFound:
		s = s.foundSBOMs(r)
	case packagesRead:
		s = s.hasRead(r)
	case packagesJoined:
		s = s.hasJoined(r)
	case packagesSifted:
		s = s.hasSifted(r)
	case packageRead:
		s = s.hasReadPage(r)
	}
	return s, nil
}

func (s packagesScene) key(on stage, k tea.KeyPressMsg) (next scene, i intent, taken bool) {
	if _, open := s.page(); open {
		return s.pageKey(on, k)
	}
	if s.typing {
		s, taken = s.typingKey(on, k)
		return s, nil, taken
	}
	if t, moved := s.table.key(on.keys, k); moved {
		s.table = t
		return s, nil, true
	}
	if t, sorted := s.table.sort(on.keys, k); sorted {
		s.table = t
		return s, nil, true
	}
	keys := on.keys
	switch {
	case key.Matches(k, keys.Filter):
		s.typing = true
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
		i = closeScene{}
	case key.Matches(k, keys.Back) && s.filter.text != "":
		s.filter = edit{}
	default:
		return s, nil, false
	}
	return s, i, true
}

// typingKey types the filter. Keys that move work meanwhile.
func (s packagesScene) typingKey(on stage, k tea.KeyPressMsg) (packagesScene, bool) {
	switch {
	case key.Matches(k, on.keys.Enter):
		s.typing = false
	case key.Matches(k, on.keys.Back):
		s.typing, s.filter = false, edit{}
	case k.Code == tea.KeyUp, k.Code == tea.KeyDown, k.Code == tea.KeyPgUp, k.Code == tea.KeyPgDown:
		s.table, _ = s.table.key(on.keys, k)
	default:
		var taken bool
		s.filter, taken = s.filter.key(k)
		return s, taken
	}
	return s, true
}

// turn shows the next SBOM, or all together.
func (s packagesScene) turn(step int) packagesScene {
	n := len(s.sboms)
	if n < 2 {
		return s
	}
	s.at, s.turned = (s.at+1+step+n+1)%(n+1)-1, true
	return s.show()
}

// show begins with what is chosen. What was read before need not be read again.
func (s packagesScene) show() packagesScene {
	s.load = packagesLoad{number: s.load.number + 1, wanted: s.chosen()}
	s.join, s.shown, s.pages = packagesJoin{}, packagesShown{}, nil
	s.sift = s.sift.given(nil)
	s.table.window = s.table.window.Top()
	return s
}

// chosen is the IDs of the SBOMs that are shown.
func (s packagesScene) chosen() []string {
	if s.at >= 0 && s.at < len(s.sboms) {
		return s.sboms[s.at : s.at+1]
	}
	return s.sboms
}

// row is the row of the table under the cursor.
func (s packagesScene) row() (row int, any bool) {
	at := s.table.window.Cursor()
	if s.shown.table == nil || at >= len(s.shown.view) {
		return 0, false
	}
	return int(s.shown.view[at]), true
}

func (s packagesScene) copied() intent {
	row, any := s.row()
	if !any {
		return nil
	}
	return copyPackage(s.shown.table.Row(row))
}

// copyPackage copies what a package is known by.
func copyPackage(p packages.Package) intent {
	if p.PURL != "" {
		return copyText{"package URL", p.PURL}
	}
	return copyText{"package", p.Name + " " + p.Version}
}

func (s packagesScene) paste(text string) scene {
	if s.typing {
		s.filter = s.filter.insert(text)
	}
	return s
}

func (s packagesScene) bar() thumb {
	if p, open := s.page(); open {
		return thumbOf(p.window, 0)
	}
	return thumbOf(s.table.window, s.top+1)
}

func (s packagesScene) cursor(on stage) (x, y int, typing bool) {
	if p, open := s.page(); open {
		return 0, p.selectedRow(), false
	}
	room := s.tableRoom(on)
	if s.typing {
		l := s.filterLine(on)
		return min(width(l.left), on.room.w-1), room.y - 1, true
	}
	return 0, room.y + max(s.table.cursorRow(), 0), false
}

func (s packagesScene) view(on stage) []string {
	if p, open := s.page(); open {
		return p.view(on)
	}
	b := drawer(on.room.w, on.look.styles)
	var out []string
	for _, l := range s.head(on) {
		out = append(out, l.draw(b, theme.Style{}))
	}
	if s.shown.table == nil {
		return out
	}
	return append(out, s.table.view(packageHeadings, on.room.w, on.look, func(row, column int) rows.Part {
		return s.cell(int(s.shown.view[row]), column, on.look.styles)
	})...)
}

// points is the SBOM that lists the selected package, the first where several do.
func (s packagesScene) points(stage) string {
	table := s.shown.table
	if p, open := s.page(); open && !p.unlisted {
		return p.table.Sources()[p.place.Source].Node
	}
	if row, any := s.row(); any && len(s.pages) == 0 {
		return table.Sources()[table.Places(row)[0].Source].Node
	}
	return ""
}
