// Package coverage sorts what is attached by what it is about: a column for the image and for each platform, a row for each
// family of predicates. Where there is nothing it says why.
//
// It reads facts, and knows neither what is selected nor how a cell is drawn.
package coverage

import (
	"slices"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/filter"
)

// Families are the rows, in the order of what matters first.
var Families = []model.Family{
	model.FamilySignature, model.FamilyProvenance, model.FamilySBOM, model.FamilySCAI, model.FamilyVuln, model.FamilyVEX,
	model.FamilyVSA, model.FamilyOther,
}

// Grid is what is directly about the image and its platforms: what hangs on something attached is not about them.
type Grid struct {
	Columns []Column
	Rows    []Row
}

// Column is the image, or a platform of it.
type Column struct {
	Node    int32 // the place of its node
	Lookups []model.Lookup
}

// Row is a family of predicates, with the places of the nodes in each column.
type Row struct {
	Family model.Family
	Cells  [][]int32
}

// Outline is where nodes stand in a tree that is flattened with every node before those below it.
type Outline interface {
	// Parent is the place of what a node hangs on, -1 for the image.
	Parent(at int) int32
	// Branch reports whether anything hangs on a node.
	Branch(at int) bool
}

// Of sorts nodes, of which it reads the facts and where each stands.
func Of(facts []filter.Facts, tree Outline, lookups []model.Lookup) Grid {
	var g Grid
	columns := map[model.Digest]int{}
	for i := range facts {
		f := &facts[i]
		if _, known := columns[f.Node]; !known && (tree.Parent(i) < 0 || f.Kind == model.KindImage || f.Kind == model.KindIndex) {
			columns[f.Node] = len(g.Columns)
			g.Columns = append(g.Columns, Column{Node: int32(i)})
		}
	}
	g.Rows = make([]Row, len(Families))
	for i, f := range Families {
		g.Rows[i] = Row{f, make([][]int32, len(g.Columns))}
	}
	above := make([]int32, len(facts)) // the column that each node hangs under
	for i := range facts {
		f, root := &facts[i], tree.Parent(i) < 0
		if !root {
			above[i] = above[tree.Parent(i)]
		}
		column, is := columns[f.Node]
		if is && (root || f.Family == "") {
			above[i] = int32(column)
		}
		at := slices.Index(Families, f.Family)
		if at < 0 || f.Format == model.FormatNone && tree.Branch(i) && !root { // or the layers of a manifest are what is attached
			continue
		}
		if c := columnOf(f.Subject, columns, int(above[i])); c >= 0 {
			g.Rows[at].Cells[c] = append(g.Rows[at].Cells[c], int32(i))
		}
	}
	for _, l := range lookups {
		if c, is := columns[l.Subject]; is {
			g.Columns[c].Lookups = append(g.Columns[c].Lookups, l)
		}
	}
	return g
}

// columnOf is the column that a node is about, -1 where it is about something else. What names no subject, such as what a
// file holds, is about what it hangs on.
func columnOf(subject model.Digest, columns map[model.Digest]int, above int) int {
	if subject == "" {
		return above
	}
	if c, is := columns[subject]; is {
		return c
	}
	return -1
}
