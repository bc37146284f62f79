package npm

import (
	"fmt"
	"regexp"
	"strings"
)

// names of packages, old ones included: npm itself refuses what else might lead to another path.
var (
	part    = `[A-Za-z0-9][A-Za-z0-9._~-]*`
	named   = regexp.MustCompile(`^(@` + part + `/)?` + part + `$`)
	numbers = regexp.MustCompile(`^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$`)
)

// Split cuts "@scope/name@1.0.0" into name and version. The version must be exact: a tag or a range means something
// else tomorrow.
func Split(s string) (name, version string, err error) {
	at := strings.LastIndex(s, "@")
	if at <= 0 {
		return "", "", fmt.Errorf("%q names no version: want NAME@VERSION", s)
	}
	name, version = s[:at], s[at+1:]
	return name, version, Check(name, version)
}

// Check accepts a name and an exact version.
func Check(name, version string) error {
	switch {
	case len(name) > 214 || !named.MatchString(name):
		return fmt.Errorf("%q is no name of an npm package", name)
	case len(version) > 256 || !numbers.MatchString(version):
		return fmt.Errorf("%q is no exact version: want numbers, as in 1.2.3", version)
	}
	return nil
}

// PURL is the package URL of a version, as npm's attestations name their subject.
func PURL(name, version string) string {
	if scope, rest, scoped := strings.Cut(name, "/"); scoped {
		return "pkg:npm/%40" + strings.TrimPrefix(scope, "@") + "/" + rest + "@" + version
	}
	return "pkg:npm/" + name + "@" + version
}
