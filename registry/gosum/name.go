package gosum

import (
	"fmt"
	"strings"

	"golang.org/x/mod/module"
)

// Split cuts "example.com/mod@v1.0.0" into path and version.
func Split(s string) (path, version string, err error) {
	path, version, found := strings.Cut(s, "@")
	if !found {
		return "", "", fmt.Errorf("%q names no version: want MODULE@VERSION", s)
	}
	return path, version, Check(path, version)
}

// Check accepts a module's path and its canonical version.
func Check(path, version string) error {
	if err := module.Check(path, version); err != nil {
		return fmt.Errorf("%s@%s is no version of a Go module: want MODULE@vX.Y.Z", path, version)
	}
	return nil
}

// PURL is the package URL of a module's version.
func PURL(path, version string) string { return "pkg:golang/" + path + "@" + version }
