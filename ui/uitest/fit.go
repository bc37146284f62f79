package uitest

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// EverySize walks over sizes from hopeless to huge.
func EverySize(visit func(w, h int)) {
	for _, w := range []int{20, 39, 40, 41, 59, 60, 61, 80, 99, 100, 101, 120, 200, 320} {
		for _, h := range []int{5, 9, 10, 11, 14, 19, 20, 24, 40, 60, 110} {
			visit(w, h)
		}
	}
}

// FitsScreen checks that what is drawn fills a screen, and no more; one that is too small may be filled in part.
func FitsScreen(t *testing.T, content string, w, h int, tooSmall bool) {
	t.Helper()
	lines := strings.Split(content, "\n")
	if len(lines) > h {
		t.Errorf("%dx%d: %d lines", w, h, len(lines))
	}
	if !tooSmall && len(lines) != h {
		t.Errorf("%dx%d: %d lines leave some of the screen as it was", w, h, len(lines))
	}
	for i, l := range lines {
		if got := ansi.StringWidth(l); got > w || !tooSmall && got != w {
			t.Errorf("%dx%d: line %d is %d cells wide: %q", w, h, i, got, ansi.Strip(l))
		}
		if got := ansi.StringWidthWc(l); got > w {
			t.Errorf("%dx%d: line %d is %d cells wide on terminals that measure by character", w, h, i, got)
		}
	}
	Printable(t, content)
}

// Printable checks that a terminal obeys nothing in a screen but our own colours.
func Printable(t *testing.T, content string) {
	t.Helper()
	if !utf8.ValidString(content) {
		t.Error("not UTF-8")
	}
	for i := 0; i < len(content); {
		if end := strings.IndexByte(content[i:], 'm'); strings.HasPrefix(content[i:], "\x1b[") && end > 0 &&
			strings.Trim(content[i+2:i+end], "0123456789;:") == "" {
			i += end + 1
			continue
		}
		r, size := utf8.DecodeRuneInString(content[i:])
		if r != '\n' && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp)) {
			t.Fatalf("%U at %d: %q", r, i, content[max(0, i-20):min(len(content), i+20)])
		}
		i += size
	}
}
