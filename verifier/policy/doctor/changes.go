package doctor

import (
	"strings"

	"github.com/attestree/attestree/model/diagnosis"
)

// replacement is a piece of a file with what takes its place.
type replacement struct {
	from, to int // bytes
	with     string
}

// apply makes the replacements, which must be in order and apart from each other.
func apply(text string, list []replacement) string {
	var b strings.Builder
	at := 0
	for _, r := range list {
		if r.from < at || r.to > len(text) {
			continue
		}
		b.WriteString(text[at:r.from] + r.with)
		at = r.to
	}
	return b.String() + text[at:]
}

// maxDiff is how many lines are compared with each other, on either side.
const maxDiff = 1000

// changes are the lines in which two texts differ.
func changes(before, after string) []diagnosis.Change {
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	a, b = a[head:], b[head:]
	if len(a) > maxDiff || len(b) > maxDiff {
		return []diagnosis.Change{{Line: head + 1, Old: "…", New: "…"}}
	}
	return walkDiff(a, b, head, common(a, b))
}

// common is the length of the longest common run of lines of each two ends.
func common(a, b []string) [][]int {
	table := make([][]int, len(a)+1)
	for i := range table {
		table[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for k := len(b) - 1; k >= 0; k-- {
			if a[i] == b[k] {
				table[i][k] = table[i+1][k+1] + 1
			} else {
				table[i][k] = max(table[i+1][k], table[i][k+1])
			}
		}
	}
	return table
}

func walkDiff(a, b []string, head int, table [][]int) []diagnosis.Change {
	var list []diagnosis.Change
	i, k := 0, 0
	for i < len(a) || k < len(b) {
		switch {
		case i < len(a) && k < len(b) && a[i] == b[k]:
			i++
			k++
		case i < len(a) && k < len(b) && table[i+1][k+1] == table[i][k]:
			list = append(list, diagnosis.Change{Line: head + i + 1, Old: a[i], New: b[k]})
			i++
			k++
		case k < len(b) && (i == len(a) || table[i][k+1] >= table[i+1][k]):
			list = append(list, diagnosis.Change{Line: head + i, New: b[k]})
			k++
		default:
			list = append(list, diagnosis.Change{Line: head + i + 1, Old: a[i]})
			i++
		}
	}
	return list
}
