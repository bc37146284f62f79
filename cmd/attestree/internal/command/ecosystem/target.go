package ecosystem

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/registry/gosum"
	"github.com/attestree/attestree/registry/npm"
	"github.com/attestree/attestree/registry/pypi"
)

// Target is one version of a package, with what is known of it beforehand.
type Target struct {
	ecosystem     model.Ecosystem
	name, version string
	Claim         *model.PackageClaim // of a specification, nil without one
	saved         *savedAnswers       // in place of the registry's, nil to ask it
	Artifact      []model.Digest      // of the file that should be one of the package's
}

// String is the target as a person writes it.
func (t Target) String() string { return string(t.ecosystem) + ":" + t.name + "@" + t.version }

// PURL is the package URL.
func (t Target) PURL() string {
	switch t.ecosystem {
	case model.EcosystemNPM:
		return npm.PURL(t.name, t.version)
	case model.EcosystemPyPI:
		return pypi.PURL(t.name, t.version)
	case model.EcosystemGolang:
	}
	return gosum.PURL(t.name, t.version)
}

// isTarget reports whether an argument names a package rather than a file.
func isTarget(s string) bool {
	kind, _, found := strings.Cut(s, ":")
	switch kind {
	case "npm", "pypi", "golang", "go", "pkg":
		return found
	}
	return false
}

// parseTarget reads npm:NAME@VERSION and its like, and package URLs.
func parseTarget(s string) (t Target, err error) {
	kind, rest, _ := strings.Cut(s, ":")
	if kind == "pkg" {
		if kind, rest, err = splitPURL(rest); err != nil {
			return t, fmt.Errorf("%q: %w", s, err)
		}
	}
	switch kind {
	case "npm":
		t.ecosystem = model.EcosystemNPM
		t.name, t.version, err = npm.Split(rest)
	case "pypi":
		t.ecosystem = model.EcosystemPyPI
		t.name, t.version, err = pypi.Split(rest)
	case "golang", "go":
		t.ecosystem = model.EcosystemGolang
		t.name, t.version, err = gosum.Split(rest)
	default:
		err = fmt.Errorf("%q: packages of kind %s are not known (npm, pypi and golang are)", s, kind)
	}
	return t, err
}

// splitPURL cuts a package URL's type from its name and version, without qualifiers and subpath.
func splitPURL(purl string) (kind, rest string, err error) {
	purl, _, _ = strings.Cut(purl, "#")
	purl, _, _ = strings.Cut(purl, "?")
	kind, rest, _ = strings.Cut(strings.TrimLeft(purl, "/"), "/")
	rest, err = url.PathUnescape(rest)
	if err != nil {
		return "", "", errors.New("no package URL")
	}
	return kind, rest, nil
}

// protocols are the ecosystems that a catalogue's specifications name by how a server is started.
var protocols = map[string]model.Ecosystem{
	"npx": model.EcosystemNPM, "uvx": model.EcosystemPyPI, "go": model.EcosystemGolang,
}

// SpecTarget is the package that a specification names.
func SpecTarget(s audit.Spec) (t Target, err error) {
	eco, known := protocols[s.Protocol]
	if s.Skill || s.Package == "" {
		return t, errors.New("it is a skill, which wraps no package")
	}
	if !known {
		return t, fmt.Errorf("its protocol %q is not known (npx, uvx and go are)", s.Protocol)
	}
	t = Target{ecosystem: eco, name: s.Package, version: s.Version}
	switch eco {
	case model.EcosystemNPM:
		err = npm.Check(t.name, t.version)
	case model.EcosystemPyPI:
		t.name, _, _ = strings.Cut(t.name, "[")
		err = pypi.Check(t.name, t.version)
	case model.EcosystemGolang:
		t, err = moduleTarget(t)
	}
	claim := s.Claim
	claim.From = s.Path
	t.Claim = &claim
	return t, err
}

// moduleTarget brings a Go command's path and version into the form of a module's.
func moduleTarget(t Target) (Target, error) {
	if !strings.HasPrefix(t.version, "v") {
		t.version = "v" + t.version
	}
	return t, gosum.Check(t.name, t.version)
}

// readSpec reads a specification that was named by its path.
func readSpec(path string) (audit.Spec, error) {
	raw, err := userfile.Read(path, userfile.ConfigSize)
	if err != nil {
		return audit.Spec{}, err
	}
	return audit.ParseSpec(path, raw)
}

// Target is what the command line asks about.
func (f *Flags) Target(args []string) (Target, error) {
	files := f.Saved
	var t Target
	var err error
	switch {
	case len(args) == 1 && isTarget(args[0]):
		if t, err = parseTarget(args[0]); err != nil {
			return t, exit.Usage(err)
		}
	case len(args) == 1:
		files = append([]string{args[0]}, files...)
	}
	if f.Spec != "" {
		if t, err = f.fromSpec(t); err != nil {
			return t, err
		}
	}
	if len(files) > 0 {
		return readSaved(files, t)
	}
	if t.name == "" {
		return t, exit.Usage(errNoPackage)
	}
	return t, nil
}

// fromSpec is the package of --spec. One that was named too has to be the same, but for its version, which may be
// another to be compared with what the specification says.
func (f *Flags) fromSpec(named Target) (Target, error) {
	s, err := readSpec(f.Spec)
	if err != nil {
		return named, exit.Usage(fmt.Errorf("--spec: %w", err))
	}
	t, err := SpecTarget(s)
	if err != nil {
		return named, exit.Usage(fmt.Errorf("--spec %s: %w", f.Spec, err))
	}
	switch {
	case named.name == "":
		return t, nil
	case named.ecosystem != t.ecosystem || named.name != t.name:
		return named, exit.Usage(fmt.Errorf("--spec %s is about %s and not about %s", f.Spec, t, named))
	case named.version != t.version:
		return named, exit.Usage(fmt.Errorf("--spec %s is about version %s and not %s", f.Spec, t.version, named.version))
	}
	return t, nil
}
