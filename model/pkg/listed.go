package pkg

import (
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// Bounds of a search through a document of an image.
const (
	maxDepth    = 64
	maxVersions = 16
)

// Versions are those under which a document (an SBOM, or a provenance with its materials) names a package, each once:
// every package URL of it, wherever it stands. unversioned is the package URL without version and qualifiers, as in
// "pkg:npm/%40scope/name".
func Versions(document []byte, unversioned string) (versions []string) {
	seen := map[string]bool{}
	want := plain(unversioned)
	visit(gjson.ParseBytes(document), 0, func(text string) bool {
		if !strings.HasPrefix(text, "pkg:") {
			return true
		}
		name, version := split(text)
		if plain(name) == want && version != "" && !seen[version] {
			seen[version] = true
			versions = append(versions, version)
		}
		return len(versions) < maxVersions
	})
	return versions
}

// visit calls f for every text in a document until it returns false.
func visit(v gjson.Result, depth int, f func(string) bool) bool {
	switch {
	case v.Type == gjson.String:
		return f(v.String())
	case depth > maxDepth || !v.IsObject() && !v.IsArray():
		return true
	}
	more := true
	v.ForEach(func(_, value gjson.Result) bool {
		more = visit(value, depth+1, f)
		return more
	})
	return more
}

// split cuts a package URL into what names the package and its version, without qualifiers and subpath.
func split(purl string) (name, version string) {
	purl, _, _ = strings.Cut(purl, "#")
	purl, _, _ = strings.Cut(purl, "?")
	at := strings.LastIndex(purl, "@")
	if at <= 0 || strings.Contains(purl[at:], "/") { // "@scope" and no version
		return purl, ""
	}
	return purl[:at], strings.ReplaceAll(purl[at+1:], "%2B", "+")
}

// plain makes package URLs equal that differ in spelling alone. Of npm's old names some differ in their letters' case, and are
// different packages.
func plain(purl string) string {
	purl = strings.NewReplacer("%40", "@", "%2F", "/", "%2f", "/").Replace(purl)
	if name, is := strings.CutPrefix(purl, "pkg:pypi/"); is {
		return "pkg:pypi/" + model.NormalName(name)
	}
	if strings.HasPrefix(purl, "pkg:npm/") {
		return purl
	}
	return strings.ToLower(purl)
}

// Unversioned is a package URL without its version.
func Unversioned(purl string) string {
	name, _ := split(purl)
	return name
}

// Root is the package URL of what an SBOM says that it describes, "" if it does not say: the root component of CycloneDX,
// or the one package that an SPDX document describes.
func Root(document []byte) string {
	d := gjson.ParseBytes(document)
	if purl := d.Get("metadata.component.purl").String(); purl != "" {
		return purl
	}
	described := d.Get("documentDescribes.0").String()
	if described == "" {
		for _, r := range d.Get(`relationships.#(relationshipType=="DESCRIBES")#`).Array() {
			if r.Get("spdxElementId").String() == "SPDXRef-DOCUMENT" {
				described = r.Get("relatedSpdxElement").String()
				break
			}
		}
	}
	if described == "" {
		return ""
	}
	for _, p := range d.Get("packages").Array() {
		if p.Get("SPDXID").String() == described {
			return p.Get(`externalRefs.#(referenceType=="purl").referenceLocator`).String()
		}
	}
	return ""
}
