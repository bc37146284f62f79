package output

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/attestree/attestree/model"
)

// JSON writes the tree as the contract says.
func JSON(w io.Writer, t *model.Tree, f Facts) error { return Encode(w, newDocument(t, f)) }

// Encode writes v as JSON. Every character that a terminal might act on or hide is written as an escape, so that the text
// can be looked at and loses nothing.
func Encode(w io.Writer, v any) error {
	var plain bytes.Buffer
	encoder := json.NewEncoder(&plain)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	if _, err := w.Write(escape(plain.Bytes())); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

// escape writes every character of JSON that is not plainly printable as \uXXXX. Outside of strings JSON is ASCII, so
// whatever is escaped stands inside one.
func escape(in []byte) []byte {
	out := make([]byte, 0, len(in))
	for len(in) > 0 {
		r, size := utf8.DecodeRune(in)
		if r == '\n' || r >= ' ' && r < 0x7f || r > 0x7f && unicode.IsPrint(r) && !combines(r) {
			out = append(out, in[:size]...)
		} else {
			out = appendEscape(out, r)
		}
		in = in[size:]
	}
	return out
}

// combines reports whether r changes how its neighbours look and has no look of its own.
func combines(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Me) || r == 0x3164 || r == 0xffa0 || r == 0x115f || r == 0x1160 || r == 0x2800
}

func appendEscape(out []byte, r rune) []byte {
	if high, low := utf16.EncodeRune(r); high != unicode.ReplacementChar {
		return fmt.Appendf(out, `\u%04x\u%04x`, high, low)
	}
	return fmt.Appendf(out, `\u%04x`, r)
}
