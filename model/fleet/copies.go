package fleet

import (
	"cmp"
	"slices"
	"strings"
)

// Copies remembers what each repository has of each digest, to tell where copies of one image differ: a mirror to which
// the image was copied without its attestations. Its zero value is ready to use.
type Copies struct {
	of map[string][]held
}

// held is what one repository has of a digest.
type held struct {
	repository string
	cells      []holding
}

type holding struct {
	column ColumnID
	state  State
}

// Difference says that a digest has evidence of one kind in some repositories and not in others.
type Difference struct {
	Digest string   `json:"digest"`
	Column ColumnID `json:"column"`
	Has    []string `json:"has"`   // repositories
	Lacks  []string `json:"lacks"` // those where everywhere was looked
	// Unknown are those of which it is not known, because not everywhere could be looked.
	Unknown []string `json:"unknown"`
}

// Add takes a row into account. One that could not be looked at says nothing.
func (c *Copies) Add(r Row) {
	repository, _, found := strings.Cut(r.Resolved, "@")
	if !found || r.Problem != "" {
		return
	}
	if c.of == nil {
		c.of = map[string][]held{}
	}
	known := c.of[r.Digest]
	if slices.ContainsFunc(known, func(h held) bool { return h.repository == repository }) {
		return
	}
	h := held{repository: repository, cells: make([]holding, 0, len(r.Cells))}
	for _, cell := range r.Cells {
		h.cells = append(h.cells, holding{cell.Column, cell.State})
	}
	c.of[r.Digest] = append(known, h)
}

// Differences are those of all digests that were seen in several repositories, by digest and column.
func (c *Copies) Differences() []Difference {
	out := []Difference{}
	for digest, copies := range c.of {
		if len(copies) > 1 {
			out = append(out, differences(digest, copies)...)
		}
	}
	slices.SortFunc(out, func(a, b Difference) int {
		return cmp.Or(cmp.Compare(a.Digest, b.Digest), cmp.Compare(a.Column, b.Column))
	})
	return out
}

func differences(digest string, copies []held) []Difference {
	var out []Difference
	for _, first := range copies[0].cells {
		d := Difference{Digest: digest, Column: first.column, Has: []string{}, Lacks: []string{}, Unknown: []string{}}
		for _, copied := range copies {
			switch state := copied.state(first.column); {
			case state.Present():
				d.Has = append(d.Has, copied.repository)
			case state == StateNone:
				d.Lacks = append(d.Lacks, copied.repository)
			default:
				d.Unknown = append(d.Unknown, copied.repository)
			}
		}
		if len(d.Has) == 0 || len(d.Lacks) == 0 {
			continue
		}
		slices.Sort(d.Has)
		slices.Sort(d.Lacks)
		slices.Sort(d.Unknown)
		out = append(out, d)
	}
	return out
}

func (h held) state(of ColumnID) State {
	for _, cell := range h.cells {
		if cell.column == of {
			return cell.state
		}
	}
	return StateUnknown
}
