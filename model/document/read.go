package document

import "sort"

// holder is what a value lies in.
type holder struct {
	parent int // -1 for none
	depth  int
}

// find is value i and what it lies in. One that is not wide is read from the last mark before it, past a hundred values
// or so, however large the text is.
func (d *Document) find(i int) (node, holder) {
	w := d.wideBefore(i)
	if int(d.wide[w].number) == i {
		in := holder{-1, int(d.wide[w].depth)}
		if w > 0 {
			in.parent = int(d.wide[d.wide[w].parent].number)
		}
		return d.wide[w].node, in
	}
	for int(d.wide[w].skip) <= i {
		w = int(d.wide[w].parent)
	}
	return d.read(i, &d.wide[w])
}

// wideBefore is the place of value i among the wide ones, or of the last of these before it.
func (d *Document) wideBefore(i int) int {
	return sort.Search(len(d.wide), func(w int) bool { return int(d.wide[w].number) > i }) - 1
}

// read reads value i, which is not wide, in the innermost wide value that holds it.
func (d *Document) read(i int, in *wide) (node, holder) {
	m := d.marks[sort.Search(len(d.marks), func(m int) bool { return int(d.marks[m].number) > i })-1]
	open := make([]int, 0, wideValues) // in the wide value, by number: each holds fewer values than that
	number, key := int(m.number), 0
	for at := int(m.start); ; {
		t := tokenAt(d.raw, at)
		at = t.to
		switch t.kind {
		case tokenKey:
			key = t.from
			continue
		case tokenClose:
			open = open[:max(len(open)-1, 0)]
			continue
		case tokenPlain, tokenOpen:
		case tokenEnd: // not reached: the value is there
			return node{}, holder{parent: -1}
		}
		if number == i {
			around := holder{int(in.number), int(in.depth) + 1 + len(open)}
			if len(open) > 0 {
				around.parent = open[len(open)-1]
			}
			return d.whole(i, key, t), around
		}
		if t.kind == tokenOpen {
			open = append(open, number)
		}
		number++
		key = 0
	}
}

// whole is value i, which begins with a token, read to its end unless that is known.
func (d *Document) whole(i, key int, t token) node {
	if d.isWide.has(i) {
		return d.wide[d.wideBefore(i)].node
	}
	n := node{key: uint32(key), off: uint32(t.from), end: uint32(t.to), skip: uint32(i + 1)}
	if t.kind == tokenPlain {
		return n
	}
	for depth := 1; depth > 0; {
		t = tokenAt(d.raw, t.to)
		switch t.kind {
		case tokenClose:
			depth--
			continue
		case tokenKey:
			continue
		case tokenEnd: // not reached in valid JSON
			return n
		case tokenPlain, tokenOpen:
		}
		n.skip++
		if depth == 1 {
			n.children++
		}
		if t.kind == tokenOpen {
			depth++
		}
	}
	n.end = uint32(t.to)
	return n
}
