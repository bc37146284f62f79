package safe

import (
	"bytes"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// FuzzLineIsShownExactlyAsItIs holds every rule of the package comment against any two strings.
func FuzzLineIsShownExactlyAsItIs(f *testing.F) {
	for _, s := range hostile {
		f.Add(s, "z")
		f.Add("a", s)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := Line(a), Line(b)
		holds(t, x)
		holds(t, y)
		holds(t, Concat(x, y))
		if again := Line(x.String()); again.String() != x.String() || again.Hidden() != 0 {
			t.Errorf("sanitising twice is not sanitising once: %q, then %q", x, again)
		}
		if (a == "") != x.Empty() {
			t.Errorf("%q became %q", a, x)
		}
	})
}

// FuzzCutsStaySafeAndFit cuts any text in every way.
func FuzzCutsStaySafeAndFit(f *testing.F) {
	for i, s := range hostile {
		f.Add(s, i%7)
	}
	f.Fuzz(func(t *testing.T, s string, cells int) {
		cells %= 500
		line := Line(s)
		for _, cut := range []Text{
			LineMax(s, cells), line.Truncate(cells), line.TruncateLeft(cells), line.TruncateMiddle(cells),
		} {
			holds(t, cut)
			if cut.Width() > max(cells, 0) {
				t.Errorf("%q is %d cells wide, %d were asked for", cut, cut.Width(), cells)
			}
		}
		if fit := line.Fit(cells); fit.Width() != max(cells, 0) {
			t.Errorf("Fit(%d) is %d cells wide", cells, fit.Width())
		}
		head, rest := line.Split(cells)
		holds(t, head)
		holds(t, rest)
		if head.String()+rest.String() != line.String() || head.Width()+rest.Width() != line.Width() {
			t.Errorf("Split(%d) of %q lost something: %q, %q", cells, line, head, rest)
		}
		for _, l := range Lines(s, 10) {
			holds(t, l)
		}
		whole := ""
		for piece := range line.Pieces() {
			holds(t, piece)
			whole += piece.String()
		}
		if whole != line.String() {
			t.Errorf("the pieces of %q are %q", line, whole)
		}
		if got := ASCII(line.String()); printableASCII(got) != len(got) || len(got) != line.Width() {
			t.Errorf("%q becomes %q in ASCII", line, got)
		}
	})
}

// FuzzWriterLetsNothingThrough writes any text.
func FuzzWriterLetsNothingThrough(f *testing.F) {
	for _, s := range hostile {
		f.Add(s + "\n" + s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var out bytes.Buffer
		n, err := NewWriter(&out).Write([]byte(s))
		if n != len(s) || err != nil {
			t.Fatalf("Write = %d, %v; want %d", n, err, len(s))
		}
		if got, want := strings.Count(out.String(), "\n"), strings.Count(s, "\n"); got != want {
			t.Errorf("%d line feeds became %d", want, got)
		}
		for line := range strings.SplitSeq(out.String(), "\n") {
			printable(t, line)
		}
	})
}

// holds checks the invariants of a Text.
func holds(t *testing.T, text Text) {
	t.Helper()
	s := text.String()
	printable(t, s)
	if g, w := ansi.StringWidth(s), ansi.StringWidthWc(s); g != text.Width() || w != text.Width() {
		t.Errorf("%q: Width is %d, by cluster %d, by character %d", s, text.Width(), g, w)
	}
	for _, method := range []ansi.Method{ansi.GraphemeWidth, ansi.WcWidth} {
		if got := drawn(s, text.Width(), method); got != s {
			t.Errorf("%q is drawn as %q (method %v)", s, got, method)
		}
	}
}

// printable checks that there is nothing in s that a terminal obeys or hides.
func printable(t *testing.T, s string) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Errorf("%q is not UTF-8", s)
	}
	if got := ansi.Strip(s); got != s {
		t.Errorf("%q holds an escape sequence: stripped it is %q", s, got)
	}
	for _, r := range s {
		if unicode.In(r, unicode.C, unicode.Zl, unicode.Zp) || unicode.Is(unicode.Zs, r) && r != ' ' {
			t.Errorf("%q holds %U", s, r)
		}
	}
}

// drawn is what a cell renderer makes of a line.
func drawn(s string, width int, method ansi.Method) string {
	screen := uv.NewScreenBuffer(width+2, 1)
	screen.Method = method
	uv.NewStyledString(s).Draw(screen, screen.Bounds())
	var b strings.Builder
	for x := range width {
		if cell := screen.CellAt(x, 0); cell != nil && cell.Width > 0 {
			b.WriteString(cell.Content)
		}
	}
	for x := width; x < width+2; x++ {
		if cell := screen.CellAt(x, 0); cell.Content != " " {
			b.WriteString("|" + cell.Content)
		}
	}
	return b.String()
}
