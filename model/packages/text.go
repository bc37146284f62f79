package packages

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// maxText is how many bytes of one attested text are kept; what is longer is cut, and counted.
const maxText = 1<<16 - 1

// span is a place in a text: in the document, or behind its end in what had to be written anew.
type span struct{ off, size uint32 }

// text is a document and, behind it, the few strings that are not in it as they are read: those with escapes, and those
// put together. Both only grow, so that a copy of a text stays good for the spans that it knows.
type text struct {
	doc   []byte
	extra []byte
}

// bytes is what is at a place. It must not be changed.
func (t *text) bytes(s span) []byte {
	if at := int(s.off) - len(t.doc); at >= 0 {
		return t.extra[at : at+int(s.size)]
	}
	return t.doc[s.off : s.off+s.size]
}

// string is what is at a place.
func (t *text) string(s span) string { return string(t.bytes(s)) }

// add writes text behind the document.
func (t *text) add(parts ...[]byte) span {
	from := len(t.extra)
	for _, part := range parts {
		t.extra = append(t.extra, part...)
	}
	return span{uint32(len(t.doc) + from), uint32(len(t.extra) - from)}
}

// quoted is the place of a JSON string without its quotes and escapes, nothing for another value. What is no UTF-8 is
// read as encoding/json reads it. cut says that it was too long.
func (t *text) quoted(from, to int) (s span, cut bool) {
	if to-from < 2 || t.doc[from] != '"' {
		return span{}, false
	}
	inner := t.doc[from+1 : to-1]
	if simple(inner) {
		if len(inner) > maxText {
			return span{uint32(from + 1), uint32(len(clip(inner)))}, true
		}
		return span{uint32(from + 1), uint32(len(inner))}, false
	}
	start := len(t.extra)
	t.extra = appendPlain(t.extra, inner)
	if written := t.extra[start:]; len(written) > maxText {
		t.extra, cut = t.extra[:start+len(clip(written))], true
	}
	return span{uint32(len(t.doc) + start), uint32(len(t.extra) - start)}, cut
}

// clip is the beginning of a long text, without half a character at its end.
func clip(b []byte) []byte {
	b = b[:maxText]
	for i := 0; i < utf8.UTFMax && len(b) > 0; i++ {
		if r, size := utf8.DecodeLastRune(b); r != utf8.RuneError || size != 1 {
			break
		}
		b = b[:len(b)-1]
	}
	return b
}

// simple reports whether what stands between quotes is what it means.
func simple(inner []byte) bool {
	ascii := true
	for _, c := range inner {
		if c == '\\' {
			return false
		}
		ascii = ascii && c < utf8.RuneSelf
	}
	return ascii || utf8.Valid(inner)
}

// appendPlain appends what stands between the quotes of a JSON string, without escapes (RFC 8259 section 7). Invalid
// UTF-8 and half surrogates become U+FFFD.
func appendPlain(out, inner []byte) []byte {
	for len(inner) > 0 {
		escape := bytes.IndexByte(inner, '\\')
		if escape < 0 || escape == len(inner)-1 {
			return appendValid(out, inner)
		}
		out = appendValid(out, inner[:escape])
		var size int
		out, size = appendEscape(out, inner[escape:])
		inner = inner[escape+size:]
	}
	return out
}

// escapes is how many escapes there are between the quotes of a JSON string: it is at least as much shorter without them.
func escapes(inner []byte) int {
	n := 0
	for {
		at := bytes.IndexByte(inner, '\\')
		if at < 0 || at+2 > len(inner) {
			return n
		}
		n++
		inner = inner[at+2:]
	}
}

// appendValid appends text, with U+FFFD for each byte that is no UTF-8.
func appendValid(out, b []byte) []byte {
	if utf8.Valid(b) {
		return append(out, b...)
	}
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		out = utf8.AppendRune(out, r)
		b = b[size:]
	}
	return out
}

// appendEscape appends what an escape stands for, and says how long the escape is.
func appendEscape(out, escape []byte) ([]byte, int) {
	if at := bytes.IndexByte([]byte("bfnrt"), escape[1]); at >= 0 {
		return append(out, "\b\f\n\r\t"[at]), 2
	}
	if escape[1] != 'u' {
		return append(out, escape[1]), 2
	}
	r := hex4(escape[2:])
	if r < 0 {
		return utf8.AppendRune(out, utf8.RuneError), 2
	}
	if utf16.IsSurrogate(r) {
		if len(escape) >= 12 && escape[6] == '\\' && escape[7] == 'u' {
			if both := utf16.DecodeRune(r, hex4(escape[8:])); both != utf8.RuneError {
				return utf8.AppendRune(out, both), 12
			}
		}
		r = utf8.RuneError
	}
	return utf8.AppendRune(out, r), 6
}

// hex4 is the number that four hexadecimal digits stand for, -1 if there are none.
func hex4(b []byte) rune {
	if len(b) < 4 {
		return -1
	}
	var r rune
	for _, c := range b[:4] {
		switch {
		case '0' <= c && c <= '9':
			r = r<<4 | rune(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return -1
		}
	}
	return r
}
