package packages

import "bytes"

// component reads a component or service of CycloneDX (ECMA-424, components and services). Those that lie in it come
// after it, as if they stood there.
func (b *Builder) component(f *frame, ordinal uint32) {
	m := &f.walk
	r := record{from: uint32(m.from), parent: f.parent, list: f.list, ordinal: ordinal}
	if f.list == listServices {
		r.kind = b.words.add([]byte("service"))
	}
	var group span
	var inner, services int
	p := enter(m.raw, m.from)
	for p.next() {
		switch string(p.key) {
		case "name":
			r.name = b.string(&p)
		case "group":
			group = b.string(&p)
		case "components":
			inner = p.from
		case "services":
			services = p.from
		default:
			b.componentMember(&r, &p)
		}
	}
	if r.to = uint32(b.ends(m, &p)); !m.is('{') {
		b.x.counts.Malformed++
		return
	}
	if group.size > 0 {
		r.name = b.grouped(group, r.name)
	}
	before := len(b.x.packages)
	if b.add(r); len(b.x.packages) == before {
		return
	}
	b.contained(f.list, inner, services, int32(before))
}

// componentMember reads what components and services say beside their names.
func (b *Builder) componentMember(r *record, p *members) {
	switch string(p.key) {
	case "type":
		r.kind = b.word(p)
	case "bom-ref":
		r.id = b.string(p)
	case "version":
		r.version = b.string(p)
	case "purl":
		r.purl = b.string(p)
	case "licenses":
		r.declared = b.cycloneLicence(p)
	case "supplier", "provider":
		if name := b.named(p, "name"); name != 0 {
			r.supplier = name
		}
	case "publisher":
		if r.supplier == 0 {
			r.supplier = b.word(p)
		}
	}
}

// contained begins to read what lies in the package that was read last, components first.
func (b *Builder) contained(l list, components, services int, parent int32) {
	if l == listDescribed {
		l = listComponents
	}
	for _, inner := range []struct {
		list list
		at   int
	}{{listServices, services}, {listComponents, components}} { // the last to be entered is read first
		if inner.at > 0 && b.x.text.doc[inner.at] == '[' && (l == inner.list) {
			b.enter(inner.list, inner.at, parent)
		}
	}
}

// grouped is a name with its group before it, as a package URL has it.
func (b *Builder) grouped(group, name span) span {
	t := &b.x.text
	g, n := t.bytes(group), t.bytes(name)
	if bytes.HasPrefix(n, g) && len(n) > len(g) && n[len(g)] == '/' { // some producers write both into the name
		return name
	}
	return t.add(bytes.Clone(g), []byte("/"), bytes.Clone(n))
}

// named is a member of the object that is the current value, as a word.
func (b *Builder) named(m *members, key string) (word uint32) {
	for p := enter(m.raw, m.from); m.is('{') && p.next(); {
		if string(p.key) == key {
			word = b.word(&p)
		}
	}
	return word
}

// cycloneLicence reads a list of licences, or of one expression (ECMA-424, licenses), as one text.
func (b *Builder) cycloneLicence(m *members) uint32 {
	var all []byte
	for l := enter(m.raw, m.from); m.is('[') && l.next(); {
		choice := enter(m.raw, l.from)
		for choice.next() {
			var one uint32
			switch string(choice.key) {
			case "expression":
				one = b.word(&choice)
			case "license":
				if one = b.named(&choice, "id"); one == 0 {
					one = b.named(&choice, "name")
				}
			}
			if one == 0 || len(all) > maxText {
				continue
			}
			if len(all) > 0 {
				all = append(all, ", "...)
			}
			all = append(all, b.words.list[one]...)
		}
	}
	return b.words.add(all)
}

// metadata reads what a CycloneDX document describes (ECMA-424, metadata.component). That is no package of the list,
// but others depend on it and lie in it.
func (b *Builder) metadata(m *members) {
	for p := enter(m.raw, m.from); m.is('{') && p.next(); {
		if string(p.key) != "component" || !p.is('{') {
			continue
		}
		described := part{from: uint32(p.from), to: uint32(p.end())}
		var version []byte
		inner := 0
		for c := enter(m.raw, p.from); c.next(); {
			switch string(c.key) {
			case "name":
				described.name = b.string(&c)
			case "version":
				version = b.take(&c)
			case "bom-ref":
				described.id = b.string(&c)
			case "components":
				inner = c.from
			}
		}
		b.x.Name = string(bytes.TrimSpace(append([]byte(b.x.text.string(described.name)+" "), version...)))
		b.addPart(refOther, described)
		if m.end(); inner > 0 && m.raw[inner] == '[' {
			b.enter(listDescribed, inner, -1)
			return
		}
	}
}

// dependency reads one of dependencies (ECMA-424, dependencies): everything that one component needs or provides.
func (b *Builder) dependency(m *members) {
	var from span
	var needs, provides int
	p := enter(m.raw, m.from)
	for p.next() {
		switch string(p.key) {
		case "ref":
			from = b.string(&p)
		case "dependsOn":
			needs = p.from
		case "provides":
			provides = p.from
		}
	}
	b.ends(m, &p)
	for _, to := range []struct {
		at   int
		kind string
	}{{needs, "dependsOn"}, {provides, "provides"}} {
		for l := enter(m.raw, to.at); to.at > 0 && l.next(); {
			b.relate(from, b.string(&l), b.words.add([]byte(to.kind)), m.from)
		}
	}
}
