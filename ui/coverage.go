package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
)

// coverageScene is the grid of what is attached to what: a row for each family of predicates, a column for the index and
// each platform. Every cell is a verdict, or a gap.
type coverageScene struct {
	keys keyMap
	gridMaker
	rows    rows.Window
	columns rows.Window
}

func newCoverage(keys keyMap) coverageScene { return coverageScene{keys: keys} }

// The widths of the grid, in cells: of the names of the rows, and of a column.
const gridNames, gridWide, gridNarrow = 12, 19, 12

// columnWidth is that of a column in a frame.
func columnWidth(room area) int {
	if room.w >= stackWidth-2 {
		return gridWide
	}
	return gridNarrow
}

func (s coverageScene) title(on stage) safe.Text {
	if s.of == nil {
		return safe.Const("Coverage")
	}
	n := len(s.grid.columns) - 1
	if n == 1 {
		return safe.Const("Coverage · 1 platform")
	}
	return safe.Format("Coverage %s %s platforms", on.look.styles.Glyphs.Bullet, safe.Int(n))
}

func (s coverageScene) hints(stage) []hint {
	does := safe.Const("go there")
	if _, cell := s.cell(); len(cell.rows) == 0 {
		does = safe.Const("why, and how to make one")
	}
	return []hint{hintFor(s.keys.Enter, does), hintsFor(safe.Const("move"), s.keys.Left, s.keys.Down, s.keys.Up, s.keys.Right)}
}

func (s coverageScene) prepare(on stage) (scene, tea.Cmd) {
	first := s.of == nil
	maker, cmd := s.gridMaker.prepare(on)
	s.gridMaker = maker
	s = s.fit(on)
	if first && s.of != nil {
		s.columns = s.columns.To(s.columnOver(on.tree.Entry(on.selected)))
	}
	return s, cmd
}

// fit makes the windows as large as there is room.
func (s coverageScene) fit(on stage) coverageScene {
	s.rows = s.rows.SetCount(len(s.grid.rows)).Resize(min(max(on.room.h-1, 1), max(len(gridFamilies), 1)))
	s.columns = s.columns.SetCount(len(s.grid.columns)).Resize(max((on.room.w-tableMargin-gridNames)/columnWidth(on.room), 1))
	return s
}

// columnOver is the column that a node belongs to, the first where it belongs to none.
func (s coverageScene) columnOver(e *model.Entry) int {
	columns := map[*model.Entry]int{}
	for c, column := range s.grid.columns {
		columns[column.entry] = c
	}
	for i := find(s.of.outline, e); i >= 0; i = int(s.of.outline[i].parent) {
		if c, is := columns[s.of.outline[i].entry]; is {
			return c
		}
	}
	return 0
}

// cell is the selected one: where it is, and what is in it.
func (s coverageScene) cell() (row gridRow, cell gridCell) {
	r, c := s.rows.Cursor(), s.columns.Cursor()
	if r >= len(s.grid.rows) || c >= len(s.grid.columns) {
		return gridRow{}, gridCell{}
	}
	return s.grid.rows[r], s.grid.rows[r].cells[c]
}

func (s coverageScene) receive(on stage, result any) (scene, tea.Cmd) {
	first := s.of == nil
	s.gridMaker = s.gridMaker.receive(result)
	s = s.fit(on)
	if first && s.of != nil {
		s.columns = s.columns.To(s.columnOver(on.tree.Entry(on.selected)))
	}
	return s, nil
}

func (s coverageScene) paste(string) scene { return s }

func (s coverageScene) key(_ stage, k tea.KeyPressMsg) (scene, intent, bool) {
	switch {
	case key.Matches(k, s.keys.Left):
		s.columns = s.columns.Move(-1)
	case key.Matches(k, s.keys.Right):
		s.columns = s.columns.Move(1)
	case key.Matches(k, s.keys.Coverage):
		return s, closeScene{}, true
	case key.Matches(k, s.keys.Trust):
		if _, cell := s.cell(); len(cell.rows) == 1 {
			return s, trustSigner{s.entries(cell, 1)[0].Node.ID}, true
		}
		return s, nil, true
	case key.Matches(k, s.keys.Enter):
		return s, s.enter(), true
	default:
		var moved bool
		if s.rows, moved = s.keys.move(s.rows, k); !moved {
			return s, nil, false
		}
	}
	return s, nil, true
}

// enter goes to what is in the selected cell; where that is several or nothing, to what there is to say of it.
func (s coverageScene) enter() intent {
	row, cell := s.cell()
	switch {
	case len(row.cells) == 0:
		return nil
	case len(cell.rows) == 1:
		return visitNode{id: s.entries(cell, 1)[0].Node.ID}
	}
	column := s.grid.columns[s.columns.Cursor()]
	return openScene{coverageCell{
		keys: s.keys, gridMaker: gridMaker{of: s.of, grid: s.grid}, family: row.family,
		column: column.entry.Node.ID, name: columnName(column.entry), digest: column.entry.Node.Digest,
	}}
}

func (s coverageScene) click(on stage, x, y int) (scene, intent) {
	column := (x - tableMargin - gridNames) / columnWidth(on.room)
	if y < 1 || y > s.rows.Height() || x < tableMargin+gridNames || s.columns.Offset()+column >= s.columns.Count() || column >= s.columns.Height() {
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

func (s coverageScene) wheel(_ stage, _, _, step int) scene {
	s.rows = s.rows.Move(step / wheelRows)
	return s
}

func (s coverageScene) bar() thumb { return thumbOf(s.rows, 1) }

func (s coverageScene) cursor(stage) (x, y int, typing bool) {
	if s.rows.Count() == 0 {
		return -1, -1, false
	}
	return 0, 1 + inSight(s.rows), false
}

func (s coverageScene) points(stage) string {
	if _, cell := s.cell(); len(cell.rows) == 1 {
		return s.entries(cell, 1)[0].Node.ID
	}
	return ""
}
