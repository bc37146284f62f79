package coverage

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/coverage"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/survey"
)

// grid is what is attached to the index and to each platform, by what it is about. It holds what is directly about those
// digests: what hangs on something attached is not about the image.
type grid struct {
	columns []gridColumn
	rows    []gridRow
}

// gridColumn is the root, or a platform.
type gridColumn struct {
	entry   *model.Entry
	lookups []model.Lookup // for its digest
}

// gridRow is a family of predicates, with a cell for each column.
type gridRow struct {
	family model.Family
	cells  []gridCell
}

// gridCell is what there is of a family about a digest. Its zero value is a gap.
type gridCell struct {
	rows   []int32 // of the survey's outline
	counts [len(phrase.Verdicts)]int
}

// familyName is a family as a person calls it, short enough for a column.
func familyName(f model.Family) string {
	switch f {
	case model.FamilySignature:
		return "Signature"
	case model.FamilyProvenance:
		return "Provenance"
	case model.FamilySBOM:
		return "SBOM"
	case model.FamilySCAI:
		return "SCAI"
	case model.FamilyVuln:
		return "Vuln scan"
	case model.FamilyVEX:
		return "VEX"
	case model.FamilyVSA:
		return "VSA"
	case model.FamilyOther:
	}
	return "Other"
}

// outline is a survey's rows, as the grid asks for them.
type outline survey.Outline

func (o outline) Parent(at int) int32 { return o[at].Parent }
func (o outline) Branch(at int) bool  { return o[at].Branch }

// newGrid sorts the nodes of a survey into cells. It reads nothing but the survey, so that a command may do it.
func newGrid(of *survey.Survey, lookups []model.Lookup) grid {
	var g grid
	sorted := coverage.Of(of.Facts, outline(of.Outline), lookups)
	for _, c := range sorted.Columns {
		g.columns = append(g.columns, gridColumn{of.Outline[c.Node].Entry, c.Lookups})
	}
	for _, r := range sorted.Rows {
		row := gridRow{r.Family, make([]gridCell, len(r.Cells))}
		for c, nodes := range r.Cells {
			for _, at := range nodes {
				row.cells[c].add(at, of.Facts[at].Verdict)
			}
		}
		g.rows = append(g.rows, row)
	}
	return g
}

func (c *gridCell) add(row int32, v model.Verdict) {
	c.rows = append(c.rows, row)
	if i := slices.Index(phrase.Verdicts[:], v); i >= 0 {
		c.counts[i]++
	}
}

// gridMaker keeps a grid up to date: at once for a tree of common size, else by a command.
type gridMaker struct {
	of, asked *survey.Survey // that the grid is of, and that a command is sorting
	grid      grid
}

// gridMade is the result of sorting a large tree.
type gridMade struct {
	of   *survey.Survey
	grid grid
}

func (m gridMaker) prepare(on scene.Stage) (gridMaker, tea.Cmd) {
	of := on.Survey
	if of == nil || m.of == of || m.asked == of {
		return m, nil
	}
	lookups := slices.Clone(on.Tree.Lookups)
	if len(of.Facts) <= survey.Many {
		return gridMaker{of: of, grid: newGrid(of, lookups)}, nil
	}
	m.asked = of
	return m, on.Report(func(context.Context) any { return gridMade{of, newGrid(of, lookups)} })
}

// receive takes a grid, unless it is of nodes that have changed since.
func (m gridMaker) receive(result any) gridMaker {
	if r, is := result.(gridMade); is && r.of == m.asked {
		return gridMaker{of: r.of, grid: r.grid}
	}
	return m
}

// entries are the nodes of a cell, no more than that many of them.
func (m gridMaker) entries(c gridCell, most int) []*model.Entry {
	var out []*model.Entry
	for _, row := range c.rows[:min(len(c.rows), most)] {
		out = append(out, m.of.Outline[row].Entry)
	}
	return out
}

// gap is why cells of a column are empty.
func (c gridColumn) gap(tree *model.Tree) coverage.Gap { return coverage.GapOf(tree, c.lookups) }
