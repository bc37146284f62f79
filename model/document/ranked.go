package document

import (
	"math/bits"
	"sort"
)

// ranked is a set that knows the place of each of its numbers among them. It must not be changed.
type ranked struct {
	bitset
	before8 []uint32 // how many numbers there are before every eighth word
	total   int
}

func rank(b bitset) ranked {
	r := ranked{bitset: b, before8: make([]uint32, 0, len(b)/8+1)}
	for i, word := range b {
		if i%8 == 0 {
			r.before8 = append(r.before8, uint32(r.total))
		}
		r.total += bits.OnesCount64(word)
	}
	return r
}

// before is how many numbers of the set are smaller than one.
func (r ranked) before(i int) int {
	block := i / 64 / 8
	return int(r.before8[block]) + r.count(8*64*block, i)
}

// number is the number at a place.
func (r ranked) number(place int) int {
	block := sort.Search(len(r.before8), func(b int) bool { return int(r.before8[b]) > place }) - 1
	rest := place - int(r.before8[block])
	for i := 8 * block; ; i++ {
		word := r.bitset[i]
		if n := bits.OnesCount64(word); rest >= n {
			rest -= n
			continue
		}
		for ; rest > 0; rest-- {
			word &= word - 1
		}
		return 64*i + bits.TrailingZeros64(word)
	}
}
