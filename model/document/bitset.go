package document

import (
	"math/bits"
	"slices"
)

// bitset is a set of small numbers. What it has no room for is not in it.
type bitset []uint64

func newBitset(count int) bitset { return make(bitset, count/64+1) }

func (b bitset) has(i int) bool { return i/64 < len(b) && b[i/64]>>(i%64)&1 == 1 }
func (b bitset) set(i int)      { b[i/64] |= 1 << (i % 64) }
func (b bitset) clear(i int)    { b[i/64] &^= 1 << (i % 64) }

// with is the set with a number in it, for which room is made.
func (b bitset) with(i int) bitset {
	for len(b) <= i/64 {
		b = append(b, 0)
	}
	b.set(i)
	return b
}

// upTo is the set with room for so many numbers and no more.
func (b bitset) upTo(count int) bitset {
	words := count/64 + 1
	return slices.Clip(append(b, make(bitset, max(words-len(b), 0))...)[:words])
}

// next is the first number in the set from one on, limit if there is none before that.
func (b bitset) next(from, limit int) int {
	if from >= limit {
		return limit
	}
	word := b[from/64] &^ (1<<(from%64) - 1)
	for at := from / 64; ; word = b[at] {
		if word != 0 {
			return min(64*at+bits.TrailingZeros64(word), limit)
		}
		if at++; at >= len(b) {
			return limit
		}
	}
}

// masked calls visit for the words that hold the numbers from…to-1, with a mask of these.
func (b bitset) masked(from, to int, visit func(word *uint64, mask uint64) bool) {
	for from < to {
		mask := ^uint64(0) << (from % 64)
		end := from - from%64 + 64
		if end > to {
			mask &= 1<<(to%64) - 1
		}
		if !visit(&b[from/64], mask) {
			return
		}
		from = end
	}
}

// fill puts the numbers from…to-1 in.
func (b bitset) fill(from, to int) {
	b.masked(from, to, func(word *uint64, mask uint64) bool { *word |= mask; return true })
}

// drop takes the numbers from…to-1 out.
func (b bitset) drop(from, to int) {
	b.masked(from, to, func(word *uint64, mask uint64) bool { *word &^= mask; return true })
}

// full reports whether all numbers from…to-1 are in it.
func (b bitset) full(from, to int) bool {
	all := true
	b.masked(from, to, func(word *uint64, mask uint64) bool { all = *word&mask == mask; return all })
	return all
}

// count is how many of the numbers from…to-1 are in it.
func (b bitset) count(from, to int) int {
	n := 0
	b.masked(from, to, func(word *uint64, mask uint64) bool { n += bits.OnesCount64(*word & mask); return true })
	return n
}
