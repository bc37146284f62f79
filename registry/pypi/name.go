package pypi

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/attestree/attestree/model"
)

var (
	named   = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$`)                       // PEP 508
	numbers = regexp.MustCompile(`^v?([0-9]+!)?[0-9]+(\.[0-9]+)*([-_.]?[a-z0-9]+)*(\+[a-z0-9.]+)?$`) // PEP 440, loosely
)

// Split cuts "name@1.0.0" or "name==1.0.0" into name and version.
func Split(s string) (name, version string, err error) {
	name, version, found := strings.Cut(s, "==")
	if !found {
		name, version, found = strings.Cut(s, "@")
	}
	if !found {
		return "", "", fmt.Errorf("%q names no version: want NAME@VERSION", s)
	}
	name, _, _ = strings.Cut(name, "[") // extras change nothing of what is downloaded
	return name, version, Check(name, version)
}

// Check accepts a name and an exact version.
func Check(name, version string) error {
	switch {
	case len(name) > 214 || !named.MatchString(name):
		return fmt.Errorf("%q is no name of a Python project", name)
	case len(version) > 256 || !numbers.MatchString(strings.ToLower(version)):
		return fmt.Errorf("%q is no exact version: want numbers, as in 1.2.3", version)
	}
	return nil
}

// PURL is the package URL of a version.
func PURL(name, version string) string {
	return "pkg:pypi/" + model.NormalName(name) + "@" + url.PathEscape(version)
}
