package packages

import (
	"bytes"
	"strings"

	packageurl "github.com/package-url/packageurl-go"
)

// PURL is a package URL as far as packages are compared by it (ECMA-427). Letters' case and separators are brought into
// the form that each type wants, so that equal packages are equal here.
type PURL struct {
	Type    string // "npm"
	Package string // type, namespace and name, without escapes: "npm/@hono/node-server"
	Name    string // without namespace: "node-server"
	Version string // "" for every version
	Subpath string

	qualifiers packageurl.Qualifiers
}

// ParsePURL reads a package URL; ok is false for anything else.
func ParsePURL(s string) (p PURL, ok bool) {
	if len(s) > maxText {
		return PURL{}, false
	}
	u, err := packageurl.FromString(s)
	if err != nil {
		return PURL{}, false
	}
	p = PURL{
		Type: u.Type, Package: u.Type + "/" + u.Name, Name: u.Name, Version: plainVersion(u.Type, u.Version), Subpath: u.Subpath,
		qualifiers: u.Qualifiers,
	}
	if u.Namespace != "" {
		p.Package = u.Type + "/" + u.Namespace + "/" + u.Name
	}
	return p, true
}

// Qualifier is the value of a qualifier, "" if there is none.
func (p PURL) Qualifier(key string) string {
	for _, q := range p.qualifiers {
		if q.Key == key {
			return q.Value
		}
	}
	return ""
}

// same reports whether both name the same version of the same package, whatever it was built for. It is how a scan's
// result finds its package: a qualifier too many or too few must not hide a vulnerability.
func (p PURL) same(other PURL) bool {
	return p.Package == other.Package && p.Version == other.Version && p.Version != ""
}

// Covers reports whether everything that p says holds for another. It is how a VEX statement finds its packages: without
// a version it means all of them, but a qualifier or subpath that the package has not got is not guessed.
func (p PURL) Covers(other PURL) bool {
	if p.Package != other.Package || p.Version != "" && p.Version != other.Version || p.Subpath != "" && p.Subpath != other.Subpath {
		return false
	}
	for _, q := range p.qualifiers {
		if other.Qualifier(q.Key) != q.Value {
			return false
		}
	}
	return true
}

// plainVersion is a version as it is compared: Go's have a "v" before them in some documents only.
func plainVersion(purlType, version string) string {
	if purlType == "golang" {
		return strings.TrimPrefix(version, "v")
	}
	return version
}

// purlType is the type of a package URL, "" for anything else.
func purlType(purl []byte) string {
	rest, found := bytes.CutPrefix(purl, []byte("pkg:"))
	if !found {
		return ""
	}
	rest = bytes.TrimLeft(rest, "/")
	slash := bytes.IndexByte(rest, '/')
	if slash <= 0 {
		return ""
	}
	for _, known := range commonTypes {
		if string(rest[:slash]) == known {
			return known
		}
	}
	return strings.ToLower(string(rest[:slash]))
}

// commonTypes need no text of their own.
var commonTypes = []string{
	"npm", "deb", "golang", "maven", "pypi", "apk", "rpm", "cargo", "gem", "nuget", "composer", "generic", "github", "oci", "conan",
}

// appendKey appends type, namespace, name and version of a package URL in the form of PURL: what same compares. It does
// for almost all of them what ParsePURL does for all, without making garbage: a document has a hundred thousand.
func appendKey(out, purl []byte) (key []byte, ok bool) {
	if key, ok := appendSimple(out, purl); ok {
		return key, true
	}
	p, ok := ParsePURL(string(purl))
	if !ok {
		return out, false
	}
	return append(append(append(out, p.Package...), '@'), p.Version...), true
}

// appendSimple is appendKey for a package URL of a type without rules about letters' case, or in small letters, with no
// escapes but that of the "@" of an npm scope; ok is false for others.
func appendSimple(out, purl []byte) (key []byte, ok bool) {
	path, found := bytes.CutPrefix(purl, []byte("pkg:"))
	if !found {
		return out, false
	}
	if cut := bytes.IndexAny(path, "?#"); cut >= 0 {
		if !simpleQualifiers(path[cut:]) {
			return out, false
		}
		path = path[:cut]
	}
	slash, at := bytes.IndexByte(path, '/'), bytes.LastIndexByte(path, '@')
	if slash <= 0 || at <= bytes.LastIndexByte(path, '/')+1 || at == len(path)-1 || bytes.Contains(path, []byte("//")) {
		return out, false
	}
	exact := false
	switch string(path[:slash]) {
	case "npm", "maven", "cargo", "gem", "nuget", "generic":
		exact = true
	case "deb", "apk", "rpm", "golang", "pypi":
	default:
		return out, false
	}
	name := path[slash:at]
	out = append(out, path[:slash]...)
	if rest, scoped := bytes.CutPrefix(name, []byte("/%40")); scoped && string(path[:slash]) == "npm" {
		out = append(out, "/@"...)
		name = rest
	}
	if !plainLetters(name, exact) || !plainLetters(path[at+1:], true) {
		return out, false
	}
	out = append(out, name...)
	version := path[at+1:]
	if string(path[:slash]) == "golang" {
		version = bytes.TrimPrefix(version, []byte("v"))
	}
	return append(append(out, '@'), version...), true
}

// plainLetters reports whether a part of a package URL is the same in every form: no escape, and no capital or
// underscore unless the type takes them as they are.
func plainLetters(b []byte, exact bool) bool {
	for _, c := range b {
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-', c == '.', c == '/', c == '~', c == '+':
		case exact && ('A' <= c && c <= 'Z' || c == '_' || c == ':'):
		default:
			return false
		}
	}
	return len(b) > 0 && b[len(b)-1] != '/'
}

// simpleQualifiers reports whether qualifiers cannot make a package URL invalid.
func simpleQualifiers(b []byte) bool {
	if b[0] != '?' || len(b) < 2 {
		return false
	}
	for one := range bytes.SplitSeq(b[1:], []byte("&")) {
		key, value, found := bytes.Cut(one, []byte("="))
		if !found || !plainLetters(key, false) || !plainLetters(value, true) || key[0] < 'a' || bytes.ContainsAny(key, "/~+") {
			return false
		}
	}
	return true
}
