package packages

import (
	"cmp"
	"slices"
)

// keyed is a row under a number that stands for its text, so that texts need not be looked up to be compared.
type keyed struct {
	key uint64
	row int32
}

// fewRows is up to how many rows are sorted by comparing them.
const fewRows = 200

// byKey sorts rows by their keys; those with the same key stay in their order. Many are counted into their places byte
// by byte, from the last to the first, which costs the same whatever the keys are. scratch is as long as items.
func byKey(items, scratch []keyed) {
	if len(items) <= fewRows {
		slices.SortStableFunc(items, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
		return
	}
	var counts [8][256]int
	for _, item := range items {
		for digit := range counts {
			counts[digit][byte(item.key>>(8*digit))]++
		}
	}
	from, to := items, scratch
	for digit := range counts {
		count := &counts[digit]
		if count[byte(items[0].key>>(8*digit))] == len(items) {
			continue // the same in all of them
		}
		sum := 0
		for i, n := range count {
			count[i] = sum
			sum += n
		}
		for _, item := range from {
			at := byte(item.key >> (8 * digit))
			to[count[at]] = item
			count[at]++
		}
		from, to = to, from
	}
	if &from[0] != &items[0] {
		copy(items, from)
	}
}
