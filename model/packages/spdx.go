package packages

import "bytes"

// spdxPackage reads one of packages (SPDX 2.3, clause 7).
func (b *Builder) spdxPackage(m *members, ordinal uint32) {
	r := record{from: uint32(m.from), parent: -1, list: listPackages, ordinal: ordinal}
	var files int
	p := enter(m.raw, m.from)
	for p.next() {
		switch string(p.key) {
		case "name":
			r.name = b.string(&p)
		case "SPDXID":
			r.id = b.string(&p)
		case "versionInfo":
			r.version = b.string(&p)
		case "licenseDeclared":
			r.declared = b.word(&p)
		case "licenseConcluded":
			r.concluded = b.word(&p)
		case "supplier":
			r.supplier = b.word(&p)
		case "primaryPackagePurpose":
			r.kind = b.word(&p)
		case "externalRefs":
			r.purl = b.spdxPURL(&p)
		case "hasFiles":
			files = p.from
		}
	}
	if r.to = uint32(b.ends(m, &p)); !m.is('{') {
		b.x.counts.Malformed++
		return
	}
	b.add(r)
	for f := enter(m.raw, files); files > 0 && f.next(); { // SPDX 2.2, deprecated since: what the package contains
		b.relate(r.id, b.string(&f), b.words.add([]byte("CONTAINS")), f.from)
	}
}

// ends is where the current value of m ends, in which inner has been walked over.
func (b *Builder) ends(m, inner *members) int {
	if m.to == 0 && inner.from > 0 {
		m.to = inner.at
	}
	return m.end()
}

// spdxPURL is the package URL among external references (SPDX 2.3, clause 7.21 and annex F.3.5).
func (b *Builder) spdxPURL(m *members) (purl span) {
	for list := enter(m.raw, m.from); list.next(); {
		var kind, locator span
		for p := enter(m.raw, list.from); p.next(); {
			switch string(p.key) {
			case "referenceType":
				kind = b.string(&p)
			case "referenceLocator":
				locator = b.string(&p)
			}
		}
		if t := b.x.text.bytes(kind); bytes.Equal(t, []byte("purl")) || bytes.HasSuffix(t, []byte("/purl")) {
			return locator
		}
	}
	return span{}
}

// spdxFile reads one of files (SPDX 2.3, clause 8).
func (b *Builder) spdxFile(m *members) {
	f := part{from: uint32(m.from)}
	p := enter(m.raw, m.from)
	for p.next() {
		switch string(p.key) {
		case "fileName":
			f.name = b.string(&p)
		case "SPDXID":
			f.id = b.string(&p)
		}
	}
	f.to = uint32(b.ends(m, &p))
	b.addPart(refFile, f)
}

// spdxRelationship reads one of relationships (SPDX 2.3, clause 11).
func (b *Builder) spdxRelationship(m *members) {
	b.relation(m, "spdxElementId", "relatedSpdxElement", "relationshipType")
}

// relation reads an object that says how one element is related to another, by the names that a format has for that.
func (b *Builder) relation(m *members, fromKey, toKey, kindKey string) {
	var from, to span
	var kind uint32
	p := enter(m.raw, m.from)
	for p.next() {
		switch {
		case string(p.key) == fromKey:
			from = b.string(&p)
		case string(p.key) == toKey:
			to = b.string(&p)
		case string(p.key) == kindKey:
			kind = b.word(&p)
		}
	}
	b.ends(m, &p)
	b.relate(from, to, kind, m.from)
}
