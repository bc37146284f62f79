package detail

import (
	"math/bits"
	"strings"

	"github.com/attestree/attestree/ui/phrase"
)

// mostAnswer bounds, in bytes as a power of two, how long an answer could become.
const mostAnswer = 28

// complaint says in a sentence why a query of a payload of so many bytes is not asked, "" if it is.
func complaint(query string, size int) string {
	open, quoted, escaped := 0, false, false
	for _, c := range []byte(query) {
		switch {
		case escaped:
			escaped = false
		case c == '\\':
			escaped = true
		case c == '"' && open > 0:
			quoted = !quoted
		case quoted:
		case strings.IndexByte("([{", c) >= 0:
			open++
		case strings.IndexByte(")]}", c) >= 0:
			if open--; open < 0 {
				return "there is a closing bracket too many"
			}
		}
	}
	switch {
	case quoted:
		return "a quote is not closed yet"
	case open > 0:
		return "a bracket is not closed yet"
	case escaped:
		return `a backslash has nothing after it yet`
	case bits.Len(uint(size))+growth(query) > mostAnswer:
		return "this could ask for more than there is memory for, of " + phrase.Bytes(int64(size))
	}
	return ""
}

// growth is by how much an answer may be longer than the payload, as a power of two. A list takes as many times as much
// as it has parts, and what a modifier makes of a hostile payload depends on the modifier.
func growth(query string) int {
	g := strings.Count(query, ",")
	for _, after := range strings.Split(query, "@")[1:] {
		if end := strings.IndexAny(after, ":.|,)]} "); end >= 0 {
			after = after[:end]
		}
		g += modifierGrowth(after)
	}
	return g
}

func modifierGrowth(name string) int {
	switch name {
	case "this", "keys", "values", "reverse", "flatten", "join", "valid", "ugly", "fromstr":
		return 0
	case "dig", "group": // repeats a value for every level, of which there may be ten thousand, or a key for every value
		return 14
	case "pretty": // an indent of its own for every level; a tree has no use for it
		return mostAnswer
	}
	return 3 // quoting makes six bytes of one
}
