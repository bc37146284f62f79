package diff

import (
	"cmp"
	"strings"
)

// compareVersions orders two versions of one package, as well as that can be done without knowing whose they are: numbers
// by their value, letters by the alphabet; what follows a tilde, or letters where the other has nothing (1.0-rc1, 1.0a), is
// before a release. An epoch before a colon comes first, a "v" before it means nothing (Debian policy §5.6.12, semver §11).
func compareVersions(a, b string) int {
	a, b = strings.TrimPrefix(a, "v"), strings.TrimPrefix(b, "v")
	aEpoch, aRest := epoch(a)
	bEpoch, bRest := epoch(b)
	if c := compareNumbers(aEpoch, bEpoch); c != 0 {
		return c
	}
	// Build metadata decides nothing in semver; elsewhere "+" is a part like others, and decides last.
	for aRest != "" || bRest != "" {
		var x, y part
		x, aRest = next(aRest)
		y, bRest = next(bRest)
		if c := x.compare(y); c != 0 {
			return c
		}
	}
	return 0
}

func epoch(v string) (number, rest string) {
	before, after, found := strings.Cut(v, ":")
	if !found || before == "" || strings.Trim(before, "0123456789") != "" {
		return "", v
	}
	return before, after
}

// part is a piece of a version: a number, a word, or neither at the end.
type part struct {
	text   string
	number bool
	tilde  bool
}

// next cuts the first piece off.
func next(v string) (p part, rest string) {
	for v != "" && !digit(v[0]) && !letter(v[0]) {
		if v[0] == '~' {
			p.tilde = true
		}
		v = v[1:]
	}
	if v == "" {
		return p, ""
	}
	end, number := 0, digit(v[0])
	for end < len(v) && digit(v[end]) == number && letter(v[end]) != number {
		end++
	}
	p.text, p.number = v[:end], number
	return p, v[end:]
}

func digit(c byte) bool  { return c >= '0' && c <= '9' }
func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80 }

func (p part) compare(q part) int {
	switch c := cmp.Compare(p.rank(), q.rank()); {
	case c != 0:
		return c
	case p.number && q.number:
		return compareNumbers(p.text, q.text)
	}
	return cmp.Compare(strings.ToLower(p.text), strings.ToLower(q.text))
}

// rank orders pieces of different kinds, with the end of a version among them: a tilde and a word come before a release,
// the words of distributions and a further number after it.
func (p part) rank() int {
	switch {
	case p.tilde:
		return -2
	case p.number:
		return 2
	case p.text == "":
		return 0
	}
	switch strings.ToLower(p.text) {
	case "r", "p", "patch", "post", "sp", "ga", "final", "release", "ubuntu", "deb", "build", "el", "fc", "git":
		return 1
	}
	return -1
}

// compareNumbers compares numbers of any length.
func compareNumbers(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}
