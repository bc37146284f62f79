package ui

import (
	"slices"

	"github.com/attestree/attestree/model"
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
	cells  [][]*model.Entry // in the order of the tree; none is a gap
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

// newGrid sorts the nodes of a survey into cells.
func newGrid(of *survey, lookups []model.Lookup) grid {
	var g grid
	digests := map[model.Digest]int{} // of the columns
	above := make([]int32, len(of.outline))
	for i, r := range of.outline {
		kind := of.facts[i].Kind
		if r.root || kind == model.KindImage || kind == model.KindIndex {
			if _, known := digests[r.entry.Node.Digest]; !known {
				digests[r.entry.Node.Digest] = len(g.columns)
				g.columns = append(g.columns, gridColumn{entry: r.entry})
			}
		}
	}
	g.rows = make([]gridRow, len(gridFamilies))
	for i, f := range gridFamilies {
		g.rows[i] = gridRow{f, make([][]*model.Entry, len(g.columns))}
	}
	for i, r := range of.outline {
		column, is := digests[r.entry.Node.Digest]
		if r.parent >= 0 {
			above[i] = above[r.parent]
		}
		if is && (r.root || of.facts[i].Family == "") {
			above[i] = int32(column)
		}
		if at := slices.Index(gridFamilies, of.facts[i].Family); at >= 0 && !holder(r) {
			if c := g.columnOf(r, digests, int(above[i])); c >= 0 {
				g.rows[at].cells[c] = append(g.rows[at].cells[c], r.entry)
			}
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
func (g grid) columnOf(r nodeRow, digests map[model.Digest]int, above int) int {
	subject := r.entry.Node.Subject
	if subject == "" {
		return above
	}
	if c, is := digests[subject]; is {
		return c
	}
	return -1
}

// holder reports whether a node is a manifest whose layers are nodes of their own: they are what is attached.
func holder(r nodeRow) bool { return r.entry.Node.Format == model.FormatNone && r.branch && !r.root }

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

// verdictCount is how many nodes have a verdict.
type verdictCount struct {
	verdict model.Verdict
	n       int
}

// tally counts verdicts, in the order in which they are shown.
func tally(nodes []*model.Entry) []verdictCount {
	var counts [len(verdictOrder)]int
	for _, e := range nodes {
		for i, v := range verdictOrder {
			if e.Standing.Verdict == v {
				counts[i]++
			}
		}
	}
	var out []verdictCount
	for i, n := range counts {
		if n > 0 {
			out = append(out, verdictCount{verdictOrder[i], n})
		}
	}
	return out
}
