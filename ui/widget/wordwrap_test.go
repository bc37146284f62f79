package widget

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Of a text that is cut, no byte is dropped without a sign.
func TestALongTextKeepsItsBadBytes(t *testing.T) {
	for _, end := range []string{"\xff\xfe", "é", "中", "\xe4\xb8"} {
		text := strings.Repeat("a", mostBytes-1) + end + "rest"
		got := Cut(text, mostBytes)
		if !strings.HasPrefix(text, got) || len(got) < mostBytes-4 || !utf8.RuneStart(text[len(got)]) && utf8.ValidString(text) {
			t.Errorf("%q is cut to %d bytes ending in %q", end, len(got), got[len(got)-3:])
		}
	}
	bad := strings.Repeat("\xff", 100)
	if got := Paragraph(bad, 2000); len(got) != 1 || strings.Count(got[0].String(), "⟨xFF⟩") != 100 {
		t.Errorf("bytes that are no text are not all shown: %v", got)
	}
}
