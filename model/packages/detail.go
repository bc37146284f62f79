package packages

import (
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// The limits of what Detail lists. What is cut can be read in the payload.
const (
	maxItems = 500     // hashes, references, fields
	maxValue = 4 << 10 // bytes of one value
)

// Detail is everything that a document says of one package.
type Detail struct {
	Package
	Number     int // in the index
	Location   Location
	Declared   string // licence, as written
	Concluded  string // licence, as written
	Hashes     []Hash
	References []Reference
	// Layers are the digests of the image's layers that it was found in, as far as the scanner wrote them down.
	Layers []string
	// Fields is all else, in the order of the document.
	Fields []model.Field
	// Relations are what the document says of it and others; there are RelationsTotal, of which a few thousand are listed.
	Relations      []Relation
	RelationsTotal int
	// Truncated says that there is more in the payload than is listed here.
	Truncated bool
}

// Hash is a checksum that the document claims.
type Hash struct{ Algorithm, Value string }

// Reference is where a document points for more: a CPE, a website, a repository.
type Reference struct{ Kind, Locator, Note string }

// Detail reads everything that the document says of package i.
func (x *Index) Detail(i int) Detail {
	r := &x.packages[i]
	said := x.said[r.said]
	d := Detail{
		Package: x.Package(i), Number: i, Location: x.Location(i),
		Declared: x.words[said.declared], Concluded: x.words[said.concluded],
	}
	if r.list() == listText {
		d.readLines(string(x.Raw(i)))
	} else {
		for m := enter(x.text.doc, int(r.from)); m.next(); {
			d.read(string(m.key), gjson.ParseBytes(m.value()))
		}
	}
	d.Relations, d.RelationsTotal = x.Relations(i)
	d.Truncated = d.Truncated || len(d.Relations) < d.RelationsTotal
	d.layersOfFiles(x)
	return d
}

// read takes one member of a package.
func (d *Detail) read(key string, value gjson.Result) {
	switch key {
	case "checksums", "hashes", "verifiedUsing":
		each(value, func(h gjson.Result) {
			d.hash(firstOf(h, "algorithm", "alg"), firstOf(h, "checksumValue", "content", "hashValue"))
		})
	case "externalRefs", "externalRef":
		each(value, func(r gjson.Result) {
			d.reference(firstOf(r, "referenceType", "externalRefType"), firstOf(r, "referenceLocator", "locator"), firstOf(r, "comment"))
		})
	case "externalReferences":
		each(value, func(r gjson.Result) { d.reference(firstOf(r, "type"), firstOf(r, "url"), firstOf(r, "comment")) })
	case "externalIdentifier":
		each(value, func(r gjson.Result) { d.reference(firstOf(r, "externalIdentifierType"), firstOf(r, "identifier"), "") })
	case "cpe", "homepage", "downloadLocation":
		d.reference(key, plain(value), "")
	case "properties":
		each(value, func(p gjson.Result) { d.property(firstOf(p, "name"), firstOf(p, "value")) })
	case "annotations":
		each(value, func(a gjson.Result) {
			d.property(strings.TrimSpace("annotation "+firstOf(a, "annotator")), firstOf(a, "comment"))
		})
	case "attributionTexts":
		each(value, func(a gjson.Result) { d.property("attribution", plain(a)) })
	case "locations": // syft
		each(value, func(l gjson.Result) { d.layer(firstOf(l, "layerID")) })
		d.property(key, plain(value))
	case "name", "version", "versionInfo", "software_packageVersion", "purl", "software_packageUrl", "licenseDeclared", "licenseConcluded",
		"SPDXID", "spdxId", "bom-ref", "components", "hasFiles":
	default:
		d.property(key, plain(value))
	}
}

func (d *Detail) hash(algorithm, value string) {
	if value != "" && d.room(len(d.Hashes)) {
		d.Hashes = append(d.Hashes, Hash{algorithm, value})
	}
}

func (d *Detail) reference(kind, locator, note string) {
	if asserted(locator) != "" && d.room(len(d.References)) {
		d.References = append(d.References, Reference{kind, locator, note})
	}
}

// property takes what has no place of its own. Trivy and syft write the layer there.
func (d *Detail) property(name, value string) {
	if asserted(value) == "" || !d.room(len(d.Fields)) {
		return
	}
	d.Fields = append(d.Fields, model.Field{Label: name, Value: value})
	rest, found := strings.CutPrefix(value, "LayerDiffID: ")
	if !found {
		rest = value
	}
	if found || strings.HasSuffix(name, ":layerID") || strings.HasSuffix(name, ":LayerDiffID") {
		d.layer(rest)
	}
}

// room reports whether one more is listed.
func (d *Detail) room(n int) bool {
	d.Truncated = d.Truncated || n >= maxItems
	return n < maxItems
}

func (d *Detail) layer(digest string) {
	if digest == "" || len(d.Layers) >= maxItems {
		return
	}
	for _, known := range d.Layers {
		if known == digest {
			return
		}
	}
	d.Layers = append(d.Layers, digest)
}

// layersOfFiles adds the layers of the files that show that the package is there, where syft has written them into their
// comments.
func (d *Detail) layersOfFiles(x *Index) {
	for _, r := range d.Relations[:min(len(d.Relations), maxItems)] {
		if r.Other.Kind != ElementFile || r.Role != RoleEvidence {
			continue
		}
		if comment, found := strings.CutPrefix(x.comment(r), "layerID: "); found {
			d.layer(strings.TrimSpace(comment))
		}
	}
}

// comment is what the document says of the file at the other end of a relationship (SPDX 2.3, clause 8.12).
func (x *Index) comment(r Relation) string {
	f := x.files[r.file]
	raw := x.text.doc[f.from:f.to]
	if len(raw) == 0 || raw[0] != '{' {
		return ""
	}
	return firstOf(gjson.ParseBytes(raw), "comment")
}

// readLines is read for a package in tag-value form.
func (d *Detail) readLines(section string) {
	for section != "" && d.room(len(d.Fields)) {
		line, rest, _ := strings.Cut(section, "\n")
		section = rest
		tag, value, found := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		if opened, multi := strings.CutPrefix(value, "<text>"); multi {
			value, section = textOf(opened, rest)
		}
		if !found || strings.HasPrefix(tag, "#") {
			continue
		}
		d.readTag(tag, value)
	}
}

// textOf is a value of several lines, and what comes after it.
func textOf(opened, rest string) (value, after string) {
	if value, _, closed := strings.Cut(opened, "</text>"); closed {
		return value, rest
	}
	more, after, _ := strings.Cut(rest, "</text>")
	_, after, _ = strings.Cut(after, "\n")
	return opened + "\n" + more, after
}

func (d *Detail) readTag(tag, value string) {
	switch tag {
	case "PackageName", "PackageVersion", "SPDXID", "PackageLicenseDeclared", "PackageLicenseConcluded", "Relationship", "RelationshipComment":
	case "PackageChecksum":
		algorithm, sum, _ := strings.Cut(value, ":")
		d.hash(algorithm, strings.TrimSpace(sum))
	case "ExternalRef":
		if words := strings.Fields(value); len(words) >= 3 {
			d.reference(words[1], words[2], "")
		}
	case "PackageHomePage", "PackageDownloadLocation":
		d.reference(tag, value, "")
	default:
		d.property(tag, shorten(value))
	}
}
