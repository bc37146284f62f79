package packages

import (
	"bytes"
	"unicode/utf8"
)

// tagValue reads SPDX's tag-value form (SPDX 2.3, annex on tag-value): lines of "Tag: value", of which some begin a
// package or a file. Values between <text> and </text> may have several lines.
type tagValue struct {
	b       *Builder
	at      int
	section section
	r       record
	ordinal uint32
}

// section is what the lines that come now are about.
type section int

const (
	sectionDocument section = iota
	sectionPackage
	sectionFile
	sectionOther // a snippet, an extracted licence, an annotation
)

func newTagValue(b *Builder) *tagValue {
	b.format = "SPDX"
	return &tagValue{b: b, at: skipSpace(b.x.text.doc, 0), r: record{parent: -1, list: listText}}
}

// line reads the next tag with its value and reports whether there was one.
func (t *tagValue) line() bool {
	doc := t.b.x.text.doc
	if t.at >= len(doc) {
		t.end(len(doc))
		return false
	}
	start := t.at
	end := lineEnd(doc, start)
	t.at = min(end+1, len(doc))
	colon := bytes.IndexByte(doc[start:end], ':')
	if colon < 0 || doc[start] == '#' {
		t.b.read = t.at
		return true
	}
	tag := doc[start : start+colon]
	from, to := trim(doc, start+colon+1, end)
	if bytes.HasPrefix(doc[from:to], []byte("<text>")) {
		from += len("<text>")
		to = len(doc)
		if close := bytes.Index(doc[from:], []byte("</text>")); close >= 0 {
			to = from + close
		}
		t.at = min(lineEnd(doc, to)+1, len(doc))
	}
	t.b.read = t.at
	t.tag(string(tag), t.value(from, to), start)
	return true
}

// value is the place of a value; what is no UTF-8 is written anew.
func (t *tagValue) value(from, to int) span {
	text := &t.b.x.text
	value := text.doc[from:to]
	if len(value) > maxText {
		t.b.x.counts.Cut++
		value = clip(value)
	}
	if !utf8.Valid(value) {
		return text.add(bytes.ToValidUTF8(value, []byte("\uFFFD")))
	}
	return span{uint32(from), uint32(len(value))}
}

// tag takes one line. Those that begin an element end the one before.
func (t *tagValue) tag(tag string, value span, start int) {
	b := t.b
	switch tag {
	case "PackageName":
		t.begin(sectionPackage, start)
		t.r.name = value
	case "FileName":
		t.begin(sectionFile, start)
		t.r.name = value
	case "SnippetSPDXID", "LicenseID", "Annotator":
		t.begin(sectionOther, start)
	case "Relationship":
		t.relationship(value, start)
	case "SPDXID":
		if t.r.id = value; t.section == sectionDocument {
			b.addPart(refOther, part{id: value, from: uint32(start), to: uint32(t.at)})
		}
	case "SPDXVersion":
		if version, found := bytes.CutPrefix(b.x.text.bytes(value), []byte("SPDX-")); found {
			b.mark("SPDX", string(version))
		}
	case "Creator":
		b.createdBy(b.x.text.string(value))
	case "DocumentNamespace":
		b.x.Namespace = b.x.text.string(value)
	case "DocumentName":
		b.x.Name = b.x.text.string(value)
	default:
		t.field(tag, value)
	}
}

// field takes a line about a package.
func (t *tagValue) field(tag string, value span) {
	if t.section != sectionPackage {
		return
	}
	b := t.b
	word := func() uint32 { return b.words.add(b.x.text.bytes(value)) }
	switch tag {
	case "PackageVersion":
		t.r.version = value
	case "PackageSupplier":
		t.r.supplier = word()
	case "PackageLicenseDeclared":
		t.r.declared = word()
	case "PackageLicenseConcluded":
		t.r.concluded = word()
	case "PrimaryPackagePurpose":
		t.r.kind = word()
	case "ExternalRef":
		if words := fields(&b.x.text, value); t.r.purl.size == 0 && len(words) == 3 && string(b.x.text.bytes(words[1])) == "purl" {
			t.r.purl = words[2]
		}
	}
}

// begin ends the element before and begins another.
func (t *tagValue) begin(s section, start int) {
	t.end(start)
	t.section = s
	t.r = record{from: uint32(start), parent: -1, list: listText, ordinal: t.ordinal}
}

// end takes the element that has been read, which goes as far as an offset.
func (t *tagValue) end(at int) {
	t.r.to = uint32(at)
	switch t.section {
	case sectionPackage:
		t.b.add(t.r)
		t.ordinal++
	case sectionFile:
		t.b.addPart(refFile, part{t.r.name, t.r.id, t.r.from, t.r.to})
	case sectionDocument, sectionOther:
	}
	t.section = sectionOther
}

// relationship reads "Relationship: A TYPE B" (SPDX 2.3, clause 11.1).
func (t *tagValue) relationship(value span, start int) {
	if words := fields(&t.b.x.text, value); len(words) == 3 {
		t.b.relate(words[0], words[2], t.b.words.add(t.b.x.text.bytes(words[1])), start)
	}
}

// fields are the first words of a value, at most four.
func fields(t *text, value span) (out []span) {
	b := t.bytes(value)
	for at := 0; at < len(b) && len(out) < 4; {
		if b[at] == ' ' || b[at] == '\t' {
			at++
			continue
		}
		from := at
		for at < len(b) && b[at] != ' ' && b[at] != '\t' {
			at++
		}
		out = append(out, span{value.off + uint32(from), uint32(at - from)})
	}
	return out
}

func lineEnd(doc []byte, at int) int {
	if end := bytes.IndexByte(doc[at:], '\n'); end >= 0 {
		return at + end
	}
	return len(doc)
}

// trim takes white space from both ends of doc[from:to].
func trim(doc []byte, from, to int) (start, end int) {
	for from < to && (doc[from] == ' ' || doc[from] == '\t') {
		from++
	}
	for to > from && (doc[to-1] == ' ' || doc[to-1] == '\t' || doc[to-1] == '\r') {
		to--
	}
	return from, to
}
