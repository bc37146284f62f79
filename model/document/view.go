package document

import "slices"

// View is the rows of a document of which some values are collapsed: a value is a row when everything that holds it is
// expanded. It is a value: what changes it returns another View and leaves this one as it was.
type View struct {
	doc  *Document
	open bits    // the values that are expanded
	rows []int32 // the visible values by number, ascending
}

// NewView is a view with everything expanded that lies less than depth levels deep: 0 shows one row.
func NewView(d *Document, depth int) View {
	v := View{doc: d, open: make(bits, len(d.nodes)/64+1)}
	for i := 0; i < d.Len(); {
		if d.Depth(i) >= depth {
			i = d.Skip(i)
			continue
		}
		if v.Expandable(i) {
			v.open.set(i)
		}
		i++
	}
	return v.flattened(0)
}

// Document is what is viewed; nil for the zero View.
func (v View) Document() *Document { return v.doc }

// Len is how many rows there are.
func (v View) Len() int { return len(v.rows) }

// Node is the number of the value on that row.
func (v View) Node(row int) int { return int(v.rows[row]) }

// Row is the row that a value is on, and whether it is visible. For one that is not it is the row of the collapsed value
// that holds it.
func (v View) Row(i int) (row int, visible bool) {
	row, visible = slices.BinarySearch(v.rows, int32(i))
	if !visible {
		row--
	}
	return row, visible
}

// Expandable reports whether a value holds anything.
func (v View) Expandable(i int) bool { return v.doc.Children(i) > 0 }

// Expanded reports whether what a value holds is visible, provided that the value itself is.
func (v View) Expanded(i int) bool { return v.open.has(i) }

// Expand shows what a value holds.
func (v View) Expand(i int) View { return v.with(i, i+1, true) }

// Collapse hides what a value holds.
func (v View) Collapse(i int) View { return v.with(i, i+1, false) }

// Toggle expands a value or collapses it.
func (v View) Toggle(i int) View { return v.with(i, i+1, !v.Expanded(i)) }

// ExpandDeep shows everything that a value holds, however deep.
func (v View) ExpandDeep(i int) View { return v.with(i, v.doc.Skip(i), true) }

// CollapseDeep hides what a value holds, and when that is expanded again, what those hold.
func (v View) CollapseDeep(i int) View { return v.with(i, v.doc.Skip(i), false) }

// ExpandAll shows every value.
func (v View) ExpandAll() View { return v.with(0, v.doc.Len(), true) }

// CollapseAll leaves the outermost value and what it holds directly.
func (v View) CollapseAll() View { return NewView(v.doc, 1) }

// Reveal expands what holds a value, so that it is visible.
func (v View) Reveal(i int) View {
	open := slices.Clone(v.open)
	for parent := v.doc.Parent(i); parent >= 0; parent = v.doc.Parent(parent) {
		open.set(parent)
	}
	v.open = open
	return v.flattened(0)
}

// with expands or collapses the values from…to-1.
func (v View) with(from, to int, open bool) View {
	v.open = slices.Clone(v.open)
	for i := from; i < to; i++ {
		if open && v.Expandable(i) {
			v.open.set(i)
		} else {
			v.open.clear(i)
		}
	}
	return v.flattened(v.doc.Skip(from) - from)
}

// flattened finds the rows, of which there are at most about that many more than before.
func (v View) flattened(more int) View {
	rows := make([]int32, 0, min(len(v.rows)+more, v.doc.Len()))
	for i := 0; i < v.doc.Len(); {
		rows = append(rows, int32(i))
		if v.open.has(i) {
			i++
		} else {
			i = v.doc.Skip(i)
		}
	}
	v.rows = rows
	return v
}

// bits is a set of small numbers.
type bits []uint64

func (b bits) has(i int) bool { return b[i/64]>>(i%64)&1 == 1 }
func (b bits) set(i int)      { b[i/64] |= 1 << (i % 64) }
func (b bits) clear(i int)    { b[i/64] &^= 1 << (i % 64) }
