package coverage

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/coverage"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/widget"
)

// View is the grid of what is attached to what: a row for each family of predicates, a column for the index and
// each platform. Every cell is a verdict, or a gap.
type View struct {
	keys keymap.Map
	gridMaker
	rows    rows.Window
	columns rows.Window
}

// New is the grid, with the keys that a person has.
func New(keys keymap.Map) View { return View{keys: keys} }

// The widths of the grid, in cells: of the names of the rows, and of a column.
const gridNames, gridWide, gridNarrow = 12, 19, 12

// columnWidth is that of a column in a frame.
func columnWidth(room widget.Area) int {
	if room.W >= widget.StackWidth-2 {
		return gridWide
	}
	return gridNarrow
}

// Title implements scene.Scene.
func (s View) Title(on scene.Stage) safe.Text {
	if s.of == nil {
		return safe.Const("Coverage")
	}
	n := len(s.grid.columns) - 1
	if n == 1 {
		return safe.Const("Coverage · 1 platform")
	}
	return safe.Format("Coverage %s %s platforms", on.Look.Styles.Glyphs.Bullet, safe.Int(n))
}

// Hints implements scene.Scene.
func (s View) Hints(scene.Stage) []keymap.Hint {
	does := safe.Const("go there")
	if _, cell := s.cell(); len(cell.rows) == 0 {
		does = safe.Const("why, and how to make one")
	}
	return []keymap.Hint{keymap.HintFor(s.keys.Enter, does), keymap.HintsFor(safe.Const("move"), s.keys.Left, s.keys.Down, s.keys.Up, s.keys.Right)}
}

// Prepare implements scene.Scene.
func (s View) Prepare(on scene.Stage) (scene.Scene, tea.Cmd) {
	first := s.of == nil
	maker, cmd := s.prepare(on)
	s.gridMaker = maker
	s = s.fit(on)
	if first && s.of != nil {
		s.columns = s.columns.To(s.columnOver(on.Tree.Entry(on.Selected)))
	}
	return s, cmd
}

// fit makes the windows as large as there is room.
func (s View) fit(on scene.Stage) View {
	s.rows = s.rows.SetCount(len(s.grid.rows)).Resize(min(max(on.Room.H-1, 1), max(len(coverage.Families), 1)))
	s.columns = s.columns.SetCount(len(s.grid.columns)).Resize(max((on.Room.W-widget.TableMargin-gridNames)/columnWidth(on.Room), 1))
	return s
}

// columnOver is the column that a node belongs to, the first where it belongs to none.
func (s View) columnOver(e *model.Entry) int {
	columns := map[*model.Entry]int{}
	for c, column := range s.grid.columns {
		columns[column.entry] = c
	}
	for i := survey.Find(s.of.Outline, e); i >= 0; i = int(s.of.Outline[i].Parent) {
		if c, is := columns[s.of.Outline[i].Entry]; is {
			return c
		}
	}
	return 0
}

// cell is the selected one: where it is, and what is in it.
func (s View) cell() (row gridRow, cell gridCell) {
	r, c := s.rows.Cursor(), s.columns.Cursor()
	if r >= len(s.grid.rows) || c >= len(s.grid.columns) {
		return gridRow{}, gridCell{}
	}
	return s.grid.rows[r], s.grid.rows[r].cells[c]
}

// Receive implements scene.Scene.
func (s View) Receive(on scene.Stage, result any) (scene.Scene, tea.Cmd) {
	first := s.of == nil
	s.gridMaker = s.receive(result)
	s = s.fit(on)
	if first && s.of != nil {
		s.columns = s.columns.To(s.columnOver(on.Tree.Entry(on.Selected)))
	}
	return s, nil
}

// Paste implements scene.Scene.
func (s View) Paste(string) scene.Scene { return s }

// Key implements scene.Scene.
func (s View) Key(_ scene.Stage, k tea.KeyPressMsg) (scene.Scene, scene.Intent, bool) {
	switch {
	case key.Matches(k, s.keys.Left):
		s.columns = s.columns.Move(-1)
	case key.Matches(k, s.keys.Right):
		s.columns = s.columns.Move(1)
	case key.Matches(k, s.keys.Coverage):
		return s, scene.CloseScene{}, true
	case key.Matches(k, s.keys.Enter):
		return s, s.enter(), true
	default:
		var moved bool
		if s.rows, moved = s.keys.Move(s.rows, k); !moved {
			return s, nil, false
		}
	}
	return s, nil, true
}

// enter goes to what is in the selected cell; where that is several or nothing, to what there is to say of it.
func (s View) enter() scene.Intent {
	row, cell := s.cell()
	switch {
	case len(row.cells) == 0:
		return nil
	case len(cell.rows) == 1:
		return scene.VisitNode{ID: s.entries(cell, 1)[0].Node.ID}
	}
	column := s.grid.columns[s.columns.Cursor()]
	return scene.OpenScene{Scene: cellView{
		keys: s.keys, gridMaker: gridMaker{of: s.of, grid: s.grid}, family: row.family,
		column: column.entry.Node.ID, name: columnName(column.entry), digest: column.entry.Node.Digest,
	}}
}

// Click implements scene.Scene.
func (s View) Click(on scene.Stage, x, y int) (scene.Scene, scene.Intent) {
	column := (x - widget.TableMargin - gridNames) / columnWidth(on.Room)
	if y < 1 || y > s.rows.Height() || x < widget.TableMargin+gridNames || s.columns.Offset()+column >= s.columns.Count() || column >= s.columns.Height() {
		return s, nil
	}
	before := [2]int{s.rows.Cursor(), s.columns.Cursor()}
	s.rows, _ = s.rows.Click(y - 1)
	s.columns = s.columns.To(s.columns.Offset() + column)
	if before == [2]int{s.rows.Cursor(), s.columns.Cursor()} {
		return s, s.enter()
	}
	return s, nil
}

// Wheel implements scene.Scene.
func (s View) Wheel(_ scene.Stage, _, _, step int) scene.Scene {
	s.rows = s.rows.Move(step / widget.WheelRows)
	return s
}

// Bar implements scene.Scene.
func (s View) Bar() widget.Thumb { return widget.ThumbOf(s.rows, 1) }

// Cursor implements scene.Scene.
func (s View) Cursor(scene.Stage) (x, y int, typing bool) {
	if s.rows.Count() == 0 {
		return -1, -1, false
	}
	return 0, 1 + widget.InSight(s.rows), false
}

// Points implements scene.Pointing.
func (s View) Points(scene.Stage) string {
	if _, cell := s.cell(); len(cell.rows) == 1 {
		return s.entries(cell, 1)[0].Node.ID
	}
	return ""
}
