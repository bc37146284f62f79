package export

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/attestree/attestree/ui/safe"
)

// mostKinds is how many kinds of hidden characters are named.
const mostKinds = 6

// HiddenIn says which characters of a text a terminal would obey or not show, and how many of each; "" where there is
// none. Line ends are among them: a shell runs what ends with one.
func HiddenIn(text string) string {
	counts := map[string]int{}
	var names []string
	count := func(name string) {
		if counts[name]++; counts[name] == 1 {
			names = append(names, name)
		}
	}
	named := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch t := safe.Line(text[i : i+size]); {
		case r == '\n':
			count("line ends")
			named++
		case r >= ' ' && r <= '~', unicode.In(r, unicode.Mn, unicode.Me): // of marks it depends on what they stand on
		case t.Hidden() > 0:
			count(t.String())
			named++
		}
		i += size
	}
	if more := safe.Line(text).Hidden() - named; more > 0 {
		counts["others, that join or stack"], names = more, append(names, "others, that join or stack")
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(counts[b], counts[a]) })
	var parts []string
	for i, name := range names {
		if i == mostKinds {
			parts = append(parts, safe.Format("and %s kinds more", safe.Int(len(names)-i)).String())
			break
		}
		parts = append(parts, safe.Format("%s %s", safe.Int(counts[name]), safe.Line(name)).String())
	}
	return strings.Join(parts, ", ")
}
