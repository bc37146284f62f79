package audit

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
)

var version = regexp.MustCompile(`^v?\d{1,9}(\.\d{1,9})*([-+].*)?$`)

// Version reports whether s is a version that can be compared: numbers and dots, and perhaps a pre-release.
func Version(s string) bool { return version.MatchString(s) }

// older reports whether one version comes before another. Both must be versions. A pre-release comes before what it
// leads to; two of them are not told apart.
func older(a, b string) bool {
	x, preA := numbers(a)
	y, preB := numbers(b)
	for i := range max(len(x), len(y)) {
		var l, r int
		if i < len(x) {
			l = x[i]
		}
		if i < len(y) {
			r = y[i]
		}
		if c := cmp.Compare(l, r); c != 0 {
			return c < 0
		}
	}
	return preA && !preB
}

func numbers(s string) (out []int, pre bool) {
	s, _, _ = strings.Cut(strings.TrimPrefix(s, "v"), "+")
	s, _, pre = strings.Cut(s, "-")
	for part := range strings.SplitSeq(s, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			break
		}
		out = append(out, n)
	}
	return out, pre
}
