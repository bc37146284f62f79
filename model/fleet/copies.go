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
	complete   bool // everywhere was looked
	cells      []holding
}

type holding struct {
	column  ColumnID
	state   State
	signers []string
}

// Difference says that a digest has evidence of one kind in some repositories and not in others. What stands in its place
// does not make up for it: something that cannot be verified, or that is by somebody else.
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
	h := held{repository: repository, complete: r.Complete, cells: make([]holding, 0, len(r.Cells))}
	for _, cell := range r.Cells {
		h.cells = append(h.cells, holding{cell.Column, cell.State, cell.Signers})
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
		most := together(first.column, copies)
		for _, copied := range copies {
			switch of := copied.of(first.column); {
			case of.state == StateUnknown || of.state == "":
				d.Unknown = append(d.Unknown, copied.repository)
			case of.has(most):
				d.Has = append(d.Has, copied.repository)
			case of.state.Present() && !copied.complete:
				d.Unknown = append(d.Unknown, copied.repository)
			default:
				d.Lacks = append(d.Lacks, copied.repository)
			}
		}
		if !most.state.Present() || len(d.Lacks) == 0 {
			continue
		}
		slices.Sort(d.Has)
		slices.Sort(d.Lacks)
		slices.Sort(d.Unknown)
		out = append(out, d)
	}
	return out
}

// together is what all copies have of one kind: the best state, and everybody who is proven to have signed.
func together(column ColumnID, copies []held) holding {
	all := holding{column: column, state: StateNone}
	for _, copied := range copies {
		of := copied.of(column)
		if (Cell{State: of.state}).rank() > (Cell{State: all.state}).rank() {
			all.state = of.state
		}
		all.signers = append(all.signers, of.signers...)
	}
	return all
}

// has reports whether a copy has as much as all together: nothing at all is not, nor is what cannot be verified where
// another copy's can, nor what somebody else signed. That a signer is trusted for one repository only makes no difference.
func (h holding) has(most holding) bool {
	if !h.state.Present() || h.state.verified() != most.state.verified() {
		return false
	}
	for _, signer := range most.signers {
		if !slices.Contains(h.signers, signer) {
			return false
		}
	}
	return true
}

func (h held) of(column ColumnID) holding {
	for _, cell := range h.cells {
		if cell.column == column {
			return cell
		}
	}
	return holding{column: column, state: StateUnknown}
}
