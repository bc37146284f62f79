package model

import (
	"regexp"
	"strings"
)

// SameSubjectName reports whether a statement's subject has the name that it must have; "" asks for none. Package URLs
// are compared as they are, but for the two ways of writing "@". File names of Python distributions are compared as
// pip does, by their normal form: tools have written them in several ways (PEP 625, PEP 427, PEP 503).
func SameSubjectName(want, got string) bool {
	switch {
	case want == "", want == got:
		return true
	case strings.HasPrefix(want, "pkg:"):
		return strings.ReplaceAll(want, "%40", "@") == strings.ReplaceAll(got, "%40", "@")
	}
	a, okA := distribution(want)
	b, okB := distribution(got)
	return okA && okB && a == b
}

// separators are what the names of Python projects are equal in (PEP 503).
var separators = regexp.MustCompile(`[-_.]+`)

// NormalName is a Python project's name in normal form.
func NormalName(name string) string { return strings.ToLower(separators.ReplaceAllString(name, "-")) }

// distribution is the normal form of a distribution's file name, false if it is none. The project's name in it is made
// normal and the version's letters lower; all else has to be the same.
func distribution(file string) (string, bool) {
	name, version, rest, ok := SplitDistribution(file)
	return NormalName(name) + "@" + version + "@" + rest, ok
}

// SplitDistribution cuts the file name of a wheel or a source distribution into the project's name, its version in lower
// case, and the rest: tags and extension.
func SplitDistribution(file string) (name, version, rest string, ok bool) {
	if stem, wheel := strings.CutSuffix(file, ".whl"); wheel {
		parts := strings.Split(stem, "-")
		if len(parts) != 5 && len(parts) != 6 {
			return "", "", "", false
		}
		return parts[0], strings.ToLower(parts[1]), strings.Join(parts[2:], "-") + ".whl", parts[0] != "" && parts[1] != ""
	}
	for _, extension := range []string{".tar.gz", ".zip", ".tar.bz2", ".tgz"} {
		stem, source := strings.CutSuffix(file, extension)
		at := strings.LastIndex(stem, "-")
		if source && at > 0 && at < len(stem)-1 {
			return stem[:at], strings.ToLower(stem[at+1:]), extension, true
		}
	}
	return "", "", "", false
}
