package fleet

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// assess gives one cell for each column. The tree must have been judged (model.Tree.Judge).
func assess(t *model.Tree, columns []Column) []Cell {
	cells := make([]Cell, 0, len(columns))
	a := newAssessment(t)
	for _, c := range columns {
		cells = append(cells, a.cell(c))
	}
	return cells
}

// assessment is one tree with what hangs where.
type assessment struct {
	root      *model.Entry
	attached  map[model.Digest][]*model.Entry
	platforms []model.Digest
	missed    string // why something may be there that was not seen, "" if everything was
}

func newAssessment(t *model.Tree) assessment {
	a := assessment{root: t.Root(), attached: map[model.Digest][]*model.Entry{}}
	if missed := missed(t); len(missed) > 0 {
		a.missed = missed[0]
	}
	if a.root == nil {
		return a
	}
	t.Walk(func(e *model.Entry) {
		n := e.Node
		if n.Subject != "" {
			a.attached[n.Subject] = append(a.attached[n.Subject], e)
		}
		if n.Kind == model.KindImage && n.Digest != a.root.Node.Digest && slices.Contains(n.Found, model.FoundIndexChild) &&
			!slices.Contains(a.platforms, n.Digest) {
			a.platforms = append(a.platforms, n.Digest)
		}
	})
	return a
}

// missed are the look-ups and manifests of a tree that could not be had, in a sentence each. It may quote a registry.
func missed(t *model.Tree) []string {
	var out []string
	if t.Err != nil {
		out = append(out, t.Err.Error())
	}
	for _, l := range t.Lookups {
		if l.Status.Incomplete() {
			what := fmt.Sprintf("%s %s of %s", l.Mechanism, l.Status, l.Subject.Short())
			if l.Detail != "" {
				what += ": " + l.Detail
			}
			out = append(out, what)
		}
	}
	t.Walk(func(e *model.Entry) {
		if e.Standing.Verdict == model.Unavailable && e != t.Root() {
			out = append(out, fmt.Sprintf("%s could not be had: %s", e.Node.Digest.Short(), e.Standing.Reason))
		}
	})
	return out
}

// cell is what the image has of one kind: on what was asked for, or else on every platform.
func (a assessment) cell(c Column) Cell {
	out := Cell{Column: c.ID, State: StateNone, Signers: []string{}}
	if a.root == nil {
		out.State, out.Reason = StateUnknown, cmp.Or(a.missed, "it was not found")
		return out
	}
	here := a.at(c, a.root.Node.Digest)
	switch {
	case here.Count > 0:
		here.On = string(a.root.Node.Kind)
		return here
	case len(a.platforms) > 0:
		if below := a.below(c); below.Count > 0 {
			return below
		}
	}
	if a.missed != "" {
		out.State, out.Reason = StateUnknown, a.missed
	}
	return out
}

// below is what the platforms have: the cell of the worst of them, or StatePartial where some have nothing.
func (a assessment) below(c Column) Cell {
	var worst Cell
	have, count := 0, 0
	var signers []string
	for _, platform := range a.platforms {
		cell := a.at(c, platform)
		if cell.Count == 0 {
			continue
		}
		have++
		count += cell.Count
		signers = append(signers, cell.Signers...)
		if have == 1 || cell.rank() < worst.rank() || cell.rank() == worst.rank() && cell.Level < worst.Level {
			worst = cell
		}
	}
	worst.Count, worst.Signers = count, unique(signers)
	worst.On = fmt.Sprintf("%d of %d platforms", have, len(a.platforms))
	if have < len(a.platforms) {
		worst.State, worst.Coverage, worst.Level = StatePartial, "", 0
		worst.Reason = "the other platforms have none"
		if a.missed != "" {
			worst.Reason = a.missed
		}
	}
	return worst
}

// at is what is attached to one digest; Count is 0 where nothing is.
func (a assessment) at(c Column, digest model.Digest) Cell {
	var best Cell
	var all []Cell
	for _, e := range a.attached[digest] {
		if !c.holds(e) {
			continue
		}
		cell := single(c, e)
		if len(all) == 0 || better(cell, best) {
			best = cell
		}
		all = append(all, cell)
	}
	// Anybody can add a signature of their own: only those count that stand as the best one does.
	var signers []string
	for _, cell := range all {
		if cell.rank() == best.rank() {
			signers = append(signers, cell.Signers...)
		}
	}
	best.Count, best.Signers = len(all), unique(signers)
	if c.ID != ColumnProvenance {
		best.Value = values(all, best)
	}
	return best
}

// mostValues is how many values a cell tells.
const mostValues = 3

// values are what all nodes say that stand as the best one does: of a scan that passed and one that did not, neither may
// hide the other.
func values(all []Cell, best Cell) string {
	slices.SortFunc(all, func(a, b Cell) int { return cmp.Compare(a.Node, b.Node) })
	var out []string
	for _, cell := range all {
		if cell.rank() == best.rank() && cell.Value != "" && !slices.Contains(out, cell.Value) {
			out = append(out, cell.Value)
		}
	}
	if len(out) > mostValues {
		out = append(out[:mostValues], "…")
	}
	return strings.Join(out, "; ")
}

// better orders nodes of one kind at one place; where they stand alike the higher level, and then the ID decides, so that
// two runs say the same.
func better(a, b Cell) bool {
	if c := cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.Level, b.Level)); c != 0 {
		return c > 0
	}
	return a.Node < b.Node
}

// single is the cell of one node.
func single(c Column, e *model.Entry) Cell {
	cell := Cell{
		Column: c.ID, State: stateOf(e.Standing.Verdict), Node: e.Node.ID, Reason: e.Standing.Reason, Value: value(e), Signers: []string{},
	}
	if e.Standing.Verdict == model.Covered {
		cell.Coverage = e.Standing.Coverage.String()
	}
	if s := model.EntrySLSA(e); s != nil && c.ID == ColumnProvenance {
		cell.Level = s.Level
		cell.Value = fmt.Sprintf("L%d", s.Level)
	}
	if e.Report != nil && e.Report.Signer != nil {
		s := e.Report.Signer
		cell.Signers = append(cell.Signers, signer(*s))
	}
	return cell
}

// signer is who it is and not the reader's name for it: a pattern may be met by another identity than yesterday.
func signer(s model.Signer) string {
	switch {
	case s.Subject == "":
		return s.Fingerprint
	case s.Issuer == "":
		return s.Subject
	}
	return s.Subject + " (" + s.Issuer + ")"
}

func unique(list []string) []string {
	slices.Sort(list)
	return append([]string{}, slices.Compact(list)...)
}
