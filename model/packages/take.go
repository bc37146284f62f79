package packages

import "bytes"

// string reads the current value as a text.
func (b *Builder) string(m *members) span {
	if !m.is('"') {
		return span{}
	}
	s, cut := b.x.text.quoted(m.from, m.end())
	if cut {
		b.x.counts.Cut++
	}
	return s
}

// word reads the current value as a text that comes again and again.
func (b *Builder) word(m *members) uint32 {
	s := b.string(m)
	word := b.words.add(b.x.text.bytes(s))
	b.forget(s)
	return word
}

// forget takes back what string wrote last.
func (b *Builder) forget(s span) {
	if at := int(s.off) - len(b.x.text.doc); at >= 0 {
		b.x.text.extra = b.x.text.extra[:at]
	}
}

// take reads the current value as a text that is not kept in the document's text.
func (b *Builder) take(m *members) []byte {
	s := b.string(m)
	taken := bytes.Clone(b.x.text.bytes(s))
	b.forget(s)
	return taken
}
