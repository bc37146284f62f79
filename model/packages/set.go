package packages

import "math/bits"

// set is a set of rows.
type set []uint64

func newSet(rows int) set { return make(set, (rows+63)/64) }

func (s set) add(row int)      { s[row/64] |= 1 << (row % 64) }
func (s set) has(row int) bool { return s[row/64]&(1<<(row%64)) != 0 }

// keep leaves the rows that are in another set too.
func (s set) keep(other set) {
	for i := range s {
		s[i] &= other[i]
	}
}

// drop leaves the rows that are not in another set.
func (s set) drop(other set) {
	for i := range s {
		s[i] &^= other[i]
	}
}

// list is the rows in their order.
func (s set) list() []int32 {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	out := make([]int32, 0, n)
	for i, w := range s {
		for ; w != 0; w &= w - 1 {
			out = append(out, int32(64*i+bits.TrailingZeros64(w)))
		}
	}
	return out
}

// all is the set of so many rows.
func all(rows int) set {
	s := newSet(rows)
	for i := range s {
		s[i] = ^uint64(0)
	}
	if rest := rows % 64; rest > 0 {
		s[len(s)-1] = 1<<rest - 1
	}
	return s
}
