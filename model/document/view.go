package document

import "slices"

// View is the rows of a document of which some values are collapsed: a value is a row when everything that holds it is
// expanded. It is a value: what changes it returns another View and leaves this one as it was.
type View struct {
	doc  *Document
	open bitset // the values that are expanded; what holds nothing may be in it too
	rows ranked // the values that are visible
}

// NewView is a view with everything expanded that lies less than depth levels deep: 0 shows one row.
func NewView(d *Document, depth int) View {
	v := View{doc: d, open: newBitset(d.Len())}
	rows := newBitset(d.Len())
	rows.set(0)
	v.expandTo(rows, 0, depth)
	v.rows = rank(rows)
	return v
}

// expandTo expands value i and what it holds, as far as that is less than depth levels deeper.
func (v View) expandTo(rows bitset, i, depth int) {
	if depth <= 0 {
		return
	}
	v.open.set(i)
	for c, end := i+1, v.doc.Skip(i); c < end; c = v.doc.Skip(c) {
		rows.set(c)
		v.expandTo(rows, c, depth-1)
	}
}

// Document is what is viewed; nil for the zero View.
func (v View) Document() *Document { return v.doc }

// Len is how many rows there are.
func (v View) Len() int { return v.rows.total }

// Node is the number of the value on that row.
func (v View) Node(row int) int { return v.rows.number(row) }

// Row is the row that a value is on, and whether it is visible. For one that is not it is the row of the collapsed value
// that holds it.
func (v View) Row(i int) (row int, visible bool) {
	if v.rows.has(i) {
		return v.rows.before(i), true
	}
	return v.rows.before(i) - 1, false
}

// Expandable reports whether a value holds anything.
func (v View) Expandable(i int) bool { return v.doc.Children(i) > 0 }

// Expanded reports whether what a value holds is visible, provided that it holds anything and is visible itself.
func (v View) Expanded(i int) bool { return v.open.has(i) }

// Expand shows what a value holds.
func (v View) Expand(i int) View {
	return v.changed(func(v View, rows bitset) {
		v.open.set(i)
		if rows.has(i) {
			v.show(rows, i)
		}
	})
}

// Collapse hides what a value holds.
func (v View) Collapse(i int) View {
	return v.changed(func(v View, rows bitset) {
		v.open.clear(i)
		rows.drop(i+1, v.doc.Skip(i))
	})
}

// Toggle expands a value or collapses it.
func (v View) Toggle(i int) View {
	if v.Expanded(i) {
		return v.Collapse(i)
	}
	return v.Expand(i)
}

// ExpandDeep shows everything that a value holds, however deep.
func (v View) ExpandDeep(i int) View {
	return v.changed(func(v View, rows bitset) {
		end := v.doc.Skip(i)
		v.open.fill(i, end)
		if rows.has(i) {
			rows.fill(i, end)
		}
	})
}

// CollapseDeep hides what a value holds, and when that is expanded again, what those hold.
func (v View) CollapseDeep(i int) View {
	return v.changed(func(v View, rows bitset) {
		end := v.doc.Skip(i)
		v.open.drop(i, end)
		rows.drop(i+1, end)
	})
}

// ExpandAll shows every value.
func (v View) ExpandAll() View { return v.ExpandDeep(0) }

// CollapseAll leaves the outermost value and what it holds directly.
func (v View) CollapseAll() View { return NewView(v.doc, 1) }

// Reveal expands what holds a value, so that it is visible.
func (v View) Reveal(i int) View {
	return v.changed(func(v View, rows bitset) {
		outermost := -1 // of what was collapsed
		for parent := v.doc.Parent(i); parent >= 0; parent = v.doc.Parent(parent) {
			if !v.open.has(parent) {
				v.open.set(parent)
				outermost = parent
			}
		}
		if outermost >= 0 {
			v.show(rows, outermost)
		}
	})
}

// show makes what an expanded value holds visible, as far as that is expanded.
func (v View) show(rows bitset, i int) {
	end := v.doc.Skip(i)
	if v.open.full(i, end) {
		rows.fill(i, end)
		return
	}
	for c := i + 1; c < end; c = v.doc.Skip(c) {
		rows.set(c)
		if v.open.has(c) {
			v.show(rows, c)
		}
	}
}

// changed is the view after a change, which is given a copy of it and of its rows to write to.
func (v View) changed(change func(next View, rows bitset)) View {
	next := View{doc: v.doc, open: slices.Clone(v.open)}
	rows := slices.Clone(v.rows.bitset)
	change(next, rows)
	next.rows = rank(rows)
	return next
}
