package main

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// Sequences of our own: colours, and the line on stderr that counts while something is going on.
var (
	colours  = regexp.MustCompile("\x1b\\[[0-9;:]*m")
	counting = regexp.MustCompile("\r\x1b\\[2?K")
)

// harmless fails if a terminal would obey something in text, hide it, or draw it wider or narrower than it says.
func harmless(t *testing.T, name, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Errorf("%s is not UTF-8", name)
	}
	marks := 0
	for at, r := range text {
		bad := r != '\n' && (unicode.IsControl(r) || !unicode.IsPrint(r))
		if marks++; !unicode.In(r, unicode.Mn, unicode.Me) {
			marks = 0
		}
		if bad || marks > 4 || unicode.In(r, unicode.Cf, unicode.Co, unicode.Variation_Selector) {
			t.Errorf("%s has %U: %q", name, r, text[max(0, at-40):min(len(text), at+20)])
			return
		}
	}
}

// saidPlainly checks what was written to stdout and stderr where neither is a terminal.
func saidPlainly(t *testing.T, name, stdout, stderr string) {
	t.Helper()
	harmless(t, name+": stdout", stdout)
	harmless(t, name+": stderr", stderr)
}

// TestTheCheckNoticesWhatATerminalObeys is the check's own.
func TestTheCheckNoticesWhatATerminalObeys(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"\x1b[2J", "\u009b2J", "\x9b", "\r", "\t", "\u202e", "\u200b", "\u2028", "z" + strings.Repeat("\u0301", 5), "a\u00a0b", "\ufe0f"} {
		inner := &testing.T{}
		if harmless(inner, "text", "plain "+s+" text"); !inner.Failed() {
			t.Errorf("%q was not noticed", s)
		}
	}
	if harmless(t, "text", "plain\ntext, é, 日本, ␛, ⟨U+202E⟩ 👍"); t.Failed() {
		t.Error("what is harmless was complained of")
	}
}
