package filter

import (
	"maps"
	"slices"
)

// Words are the names of all words, in their order.
func Words() (names []string) {
	for _, w := range words {
		names = append(names, w.name)
	}
	return names
}

// Fields are the names that can stand before a colon, in order.
func Fields() []string { return slices.Sorted(maps.Keys(fields)) }
