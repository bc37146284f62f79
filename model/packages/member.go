package packages

import "bytes"

// member reads a member of the document. Which comes first is up to the producer: cosign sorts keys, so that "packages"
// comes before "spdxVersion".
func (b *Builder) member(m *members) {
	if l, known := lists[string(m.key)]; known && m.is('[') {
		if b.format == "" {
			b.format = l.format
		}
		if b.format == l.format {
			b.graph = b.graph || l.list == listGraph
			b.enter(l.list, m.from, -1)
		}
		return
	}
	x := b.x
	switch string(m.key) {
	case "spdxVersion":
		if version, found := bytes.CutPrefix(b.take(m), []byte("SPDX-")); found {
			b.mark("SPDX", string(version))
		}
	case "bomFormat":
		if string(b.take(m)) == "CycloneDX" {
			b.mark("CycloneDX", x.SpecVersion)
		}
	case "specVersion":
		x.SpecVersion = string(b.take(m))
	case "@context":
		if context := m.value(); len(context) < maxContext && bytes.Contains(context, []byte("spdx.org/rdf/3")) {
			b.mark("SPDX", "3")
		}
	case "descriptor", "source":
		b.syftMember(m)
	case "documentNamespace", "serialNumber":
		x.Namespace = string(b.take(m))
	case "name":
		x.Name = string(b.take(m))
	case "creationInfo":
		b.creation(m)
	case "SPDXID":
		b.addPart(refOther, part{id: b.string(m), from: uint32(m.from), to: uint32(m.end())})
	case "metadata":
		b.metadata(m)
	}
}

// maxContext is how much of a JSON-LD context is looked at, in bytes, as model.SniffDocument does.
const maxContext = 4096

// mark takes what the document says of its format. The first to say so is believed.
func (b *Builder) mark(format, version string) {
	if b.marked || b.format != "" && b.format != format {
		return
	}
	b.marked, b.format = true, format
	b.x.Format, b.x.SpecVersion = format, version
}

// creation reads who made an SPDX 2 document (SPDX 2.3, clause 6.8).
func (b *Builder) creation(m *members) {
	for p := enter(m.raw, m.from); m.is('{') && p.next(); {
		if string(p.key) != "creators" {
			continue
		}
		for l := enter(m.raw, p.from); p.is('[') && l.next(); {
			b.createdBy(string(b.take(&l)))
		}
	}
}

// createdBy takes one of those who made the document. Snapshots have those before it.
func (b *Builder) createdBy(creator string) {
	if creator != "" && len(b.x.Creators) < maxCreators {
		b.x.Creators = append(b.x.Creators, creator)
	}
}

// maxCreators is how many of those who made a document are kept.
const maxCreators = 50
