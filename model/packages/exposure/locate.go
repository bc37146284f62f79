package exposure

import (
	"slices"
	"strings"

	packageurl "github.com/package-url/packageurl-go"

	"github.com/attestree/attestree/model/packages"
)

// locate is the rows of the packages that a document says have a vulnerability.
func (j *joiner) locate(node string, f *found) (rows []int32, match Match) {
	for _, ref := range f.refs {
		rows = append(rows, j.byRef(node, ref)...)
	}
	if len(rows) > 0 {
		slices.Sort(rows)
		return slices.Compact(rows), MatchRef
	}
	name, version, kind := f.name, f.version, f.kind
	if p, ok := packages.ParsePURL(f.purl); ok {
		if rows = j.finder.ByPURL(p); len(rows) > 0 {
			return rows, MatchPURL
		}
		kind = either(kind, p.Type)
		if name == "" {
			name, version = strings.TrimPrefix(p.Package, p.Type+"/"), p.Version
		}
	}
	if rows = j.finder.ByName(name, version, kind); len(rows) > 0 {
		return rows, MatchName
	}
	if f.target() == "" {
		return nil, MatchImage
	}
	return nil, MatchNone
}

// byRef is the rows that an identifier means: of the same document, of the one that a BOM-Link names (CycloneDX
// specification, BOM-Link), or a package URL that stands for one.
func (j *joiner) byRef(node, ref string) []int32 {
	if row, found := j.finder.ByID(node, ref); found {
		return []int32{row}
	}
	if document, inner, link := strings.Cut(ref, "#"); link && strings.HasPrefix(document, "urn:cdx:") {
		serial, _, _ := strings.Cut(strings.TrimPrefix(document, "urn:cdx:"), "/")
		for _, s := range j.table.Sources() {
			if s.Index.Namespace != "urn:uuid:"+serial {
				continue
			}
			if row, found := j.finder.ByID(s.Node, inner); found {
				return []int32{row}
			}
		}
		return nil
	}
	if p, ok := packages.ParsePURL(ref); ok {
		return j.finder.ByPURL(p)
	}
	return nil
}

// target is what a document says has a vulnerability: a package URL, or what a person calls it.
func (f *found) target() string {
	if f.purl != "" {
		return f.purl
	}
	if direct[f.kind] && f.name != "" && f.version != "" {
		at := strings.LastIndexByte(f.name, '/')
		namespace := f.name[:max(at, 0)]
		return packageurl.NewPackageURL(f.kind, namespace, f.name[at+1:], f.version, nil, "").ToString()
	}
	return strings.TrimSpace(f.name + " " + f.version)
}
