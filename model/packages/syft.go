package packages

import "strings"

// syftMember reads what a document in syft's own form says of itself. Docker Scout's has the same lists.
func (b *Builder) syftMember(m *members) {
	name := b.words.list[b.named(m, "name")]
	switch {
	case string(m.key) == "source":
		for p := enter(m.raw, m.from); m.is('{') && p.next(); {
			if string(p.key) == "image" {
				name = b.words.list[b.named(&p, "name")]
			}
		}
		if b.x.Name == "" {
			b.x.Name = name
		}
	case strings.HasPrefix(name, "syft"):
		b.mark("syft", "")
	case name == "docker-scout":
		if b.mark("syft", ""); b.x.Format == "syft" {
			b.x.Format = "Docker Scout"
		}
	}
}

// artifact reads one of artifacts, in which syft and Docker Scout list packages.
func (b *Builder) artifact(m *members, ordinal uint32) {
	r := record{from: uint32(m.from), parent: -1, list: listArtifacts, ordinal: ordinal}
	p := enter(m.raw, m.from)
	for p.next() {
		switch string(p.key) {
		case "name":
			r.name = b.string(&p)
		case "version":
			r.version = b.string(&p)
		case "purl":
			r.purl = b.string(&p)
		case "id":
			r.id = b.string(&p)
		case "type":
			r.kind = b.word(&p)
		case "licenses":
			r.declared = b.syftLicence(&p)
		}
	}
	if r.to = uint32(b.ends(m, &p)); !m.is('{') {
		b.x.counts.Malformed++
		return
	}
	b.add(r)
}

// syftLicence reads a list of licences, each a text or an object with one.
func (b *Builder) syftLicence(m *members) uint32 {
	var all []string
	for l := enter(m.raw, m.from); m.is('[') && l.next() && len(all) < 100; {
		one := b.word(&l)
		if one == 0 {
			if one = b.named(&l, "spdxExpression"); one == 0 {
				one = b.named(&l, "value")
			}
		}
		if one != 0 {
			all = append(all, b.words.list[one])
		}
	}
	return b.words.add([]byte(strings.Join(all, ", ")))
}

// artifactEdge reads one of artifactRelationships.
func (b *Builder) artifactEdge(m *members) { b.relation(m, "parent", "child", "type") }
