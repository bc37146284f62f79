package coverage

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
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

// gridFamilies are the rows, in the order of what matters first.
var gridFamilies = []model.Family{
	model.FamilySignature, model.FamilyProvenance, model.FamilySBOM, model.FamilySCAI, model.FamilyVuln, model.FamilyVEX,
	model.FamilyVSA, model.FamilyOther,
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

// newGrid sorts the nodes of a survey into cells. It reads nothing but the survey, so that a command may do it.
func newGrid(of *survey.Survey, lookups []model.Lookup) grid {
	var g grid
	digests := map[model.Digest]int{} // of the columns
	for i, r := range of.Outline {
		f := &of.Facts[i]
		if _, known := digests[f.Node]; !known && (r.Root || f.Kind == model.KindImage || f.Kind == model.KindIndex) {
			digests[f.Node] = len(g.columns)
			g.columns = append(g.columns, gridColumn{entry: r.Entry})
		}
	}
	g.rows = make([]gridRow, len(gridFamilies))
	for i, f := range gridFamilies {
		g.rows[i] = gridRow{f, make([]gridCell, len(g.columns))}
	}
	above := make([]int32, len(of.Outline)) // the column that each node hangs under
	for i, r := range of.Outline {
		f := &of.Facts[i]
		if r.Parent >= 0 {
			above[i] = above[r.Parent]
		}
		column, is := digests[f.Node]
		if is && (r.Root || f.Family == "") {
			above[i] = int32(column)
		}
		at := slices.Index(gridFamilies, f.Family)
		if at < 0 || f.Format == model.FormatNone && r.Branch && !r.Root { // or the layers of a manifest are what is attached
			continue
		}
		if c := columnOf(f.Subject, digests, int(above[i])); c >= 0 {
			g.rows[at].cells[c].add(int32(i), f.Verdict)
		}
	}
	for _, l := range lookups {
		if c, is := digests[l.Subject]; is {
			g.columns[c].lookups = append(g.columns[c].lookups, l)
		}
	}
	return g
}

// columnOf is the column that a node is about, -1 where it is about something else. What names no subject, such as what a
// file holds, is about what it hangs on.
func columnOf(subject model.Digest, digests map[model.Digest]int, above int) int {
	if subject == "" {
		return above
	}
	if c, is := digests[subject]; is {
		return c
	}
	return -1
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

// gap is why there is nothing in a cell.
type gap int

const (
	gapNone      gap = iota // it was looked for wherever there is to look, and is not there
	gapLooking              // it may still come
	gapUnseen               // it may be there and was not seen
	gapNotLooked            // nobody looked under this digest
)

// gap is why cells of a column are empty.
func (c gridColumn) gap(tree *model.Tree) gap {
	switch {
	case !tree.Found:
		return gapLooking
	case tree.Err != nil:
		return gapUnseen
	case slices.ContainsFunc(c.lookups, func(l model.Lookup) bool { return l.Status.Incomplete() }):
		return gapUnseen
	case len(c.lookups) == 0:
		return gapNotLooked
	}
	return gapNone
}
