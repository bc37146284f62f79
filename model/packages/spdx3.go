package packages

import (
	"bytes"
	"strings"
)

// graphElement reads one element of an SPDX 3 document (SPDX 3.0.1, JSON-LD serialization): what it is depends on its
// type alone.
func (b *Builder) graphElement(m *members, l list, ordinal uint32) {
	var e graphElement
	r := record{from: uint32(m.from), parent: -1, list: l, ordinal: ordinal}
	p := enter(m.raw, m.from)
	for p.next() {
		switch string(p.key) {
		case "type", "@type":
			e.kind = b.word(&p)
		case "spdxId", "@id":
			r.id = b.string(&p)
		case "name", "simplelicensing_licenseExpression":
			r.name = b.string(&p)
		case "software_packageVersion":
			r.version = b.string(&p)
		case "software_packageUrl":
			r.purl = b.string(&p)
		case "externalIdentifier":
			if purl := b.identifierPURL(&p); r.purl.size == 0 {
				r.purl = purl
			}
		case "software_primaryPurpose":
			r.kind = b.word(&p)
		case "suppliedBy":
			r.supplier = b.word(&p)
		case "specVersion":
			e.specVersion = b.take(&p)
		case "from":
			e.from = b.string(&p)
		case "to":
			e.to = p.from
		case "relationshipType":
			e.relation = b.word(&p)
		}
	}
	if r.to = uint32(b.ends(m, &p)); !m.is('{') {
		b.x.counts.Malformed++
		return
	}
	b.takeElement(r, e, m.raw)
}

// lone reads an SPDX 3 document that is one element by itself, without a graph around it (SPDX 3.0.1, JSON schema).
func (b *Builder) lone() {
	x := b.x
	if b.graph || x.Format != "SPDX" || !strings.HasPrefix(x.SpecVersion, "3") || b.tag != nil {
		return
	}
	b.graphElement(&members{raw: x.text.doc, from: skipSpace(x.text.doc, 0)}, listLone, 0)
}

// graphElement is what elements of other types than packages have.
type graphElement struct {
	kind, relation uint32 // words
	from           span
	to             int // where the value is
	specVersion    []byte
}

// takeElement files an element under what its type says. Types may be written in full, as IRIs.
func (b *Builder) takeElement(r record, e graphElement, raw []byte) {
	switch kind := []byte(b.words.list[e.kind]); {
	case bytes.HasSuffix(kind, []byte("Package")):
		b.add(r)
	case bytes.HasSuffix(kind, []byte("File")):
		b.addPart(refFile, part{r.name, r.id, r.from, r.to})
	case bytes.HasSuffix(kind, []byte("Relationship")):
		if e.to > 0 && raw[e.to] == '"' {
			to := members{raw: raw, from: e.to}
			b.relate(e.from, b.string(&to), e.relation, int(r.from))
			return
		}
		for l := enter(raw, e.to); e.to > 0 && l.next(); {
			b.relate(e.from, b.string(&l), e.relation, int(r.from))
		}
	default:
		if string(kind) == "CreationInfo" && len(e.specVersion) > 0 {
			b.x.SpecVersion = string(e.specVersion)
		}
		if string(kind) == "SpdxDocument" {
			b.x.Name = b.x.text.string(r.name)
		}
		b.addPart(refOther, part{r.name, r.id, r.from, r.to})
	}
}

// identifierPURL is the package URL among external identifiers (SPDX 3.0.1, Core/ExternalIdentifier).
func (b *Builder) identifierPURL(m *members) span {
	for list := enter(m.raw, m.from); list.next(); {
		var kind uint32
		var identifier span
		for p := enter(m.raw, list.from); p.next(); {
			switch string(p.key) {
			case "externalIdentifierType":
				kind = b.word(&p)
			case "identifier":
				identifier = b.string(&p)
			}
		}
		if bytes.HasSuffix([]byte(b.words.list[kind]), []byte("packageUrl")) {
			return identifier
		}
	}
	return span{}
}

// nameLicences gives the packages of an SPDX 3 document the licences and suppliers that relationships and references
// name by identifier.
func (b *Builder) nameLicences() {
	x := b.x
	for _, e := range x.edges {
		if e.from.kind() != refPackage {
			continue
		}
		k := &x.packages[e.from.number()]
		r := b.said[k.said]
		switch kind := b.words.list[e.kind]; {
		case bytes.HasSuffix([]byte(kind), []byte("hasDeclaredLicense")):
			r.declared = b.words.add(b.licenceName(e.to))
		case bytes.HasSuffix([]byte(kind), []byte("hasConcludedLicense")):
			r.concluded = b.words.add(b.licenceName(e.to))
		}
		k.said = b.attributed(r)
	}
	for i := range x.packages {
		k := &x.packages[i]
		r := b.said[k.said]
		if by, found := b.ids.find([]byte(b.words.list[r.supplier]), b.idOf); found && r.supplier != 0 && by.kind() == refOther {
			r.supplier = b.words.add(bytes.Clone(x.text.bytes(x.others[by.number()].name)))
		}
		k.said = b.attributed(r)
		if b.licensed(r.declared, r.concluded) {
			x.counts.WithoutLicence-- // it was counted when its licence was not known yet
		}
	}
}

// licenceName is the name of a licence, else the end of its identifier ("https://spdx.org/licenses/MIT").
func (b *Builder) licenceName(r ref) []byte {
	x := b.x
	if r.kind() == refOther {
		if name := x.text.bytes(x.others[r.number()].name); len(name) > 0 {
			return bytes.Clone(name)
		}
	}
	id := x.text.bytes(x.id(r))
	name := id[bytes.LastIndexAny(id, "/#")+1:]
	if string(name) == "NoAssertionLicense" {
		return []byte("NOASSERTION")
	}
	return bytes.Clone(name)
}
