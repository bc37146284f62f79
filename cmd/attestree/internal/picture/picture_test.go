package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestSVGShowsWhatATerminalShows(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, frame string
		want        []string
	}{
		{"text", "ab cd", []string{`x="0.00" y="13.5" textLength="16.86"`, ">ab</text>", `x="25.29"`, ">cd</text>"}},
		{"text that is markup", `<&">`, []string{">&lt;&amp;&#34;&gt;</text>"}},
		{"bold and italic", "\x1b[1ma\x1b[0;3mb", []string{`font-weight="bold">a<`, `font-style="italic">b<`}},
		{"a true colour", "\x1b[38;2;1;2;255ma", []string{`fill="#0102ff">a<`}},
		{"one of the sixteen is the terminal's own", "\x1b[32ma", []string{`fill="#8cc27f">a<`}},
		{"one of the 256", "\x1b[38;5;114ma", []string{`fill="#87d787">a<`}},
		{"a background reaches under blanks", "\x1b[41m  ", []string{`width="16.86" height="18" fill="#e06c75"`}},
		{"a selection with styles on it has no seams", "\x1b[41ma \x1b[1mb✔ \x1b[m ", []string{`width="42.15" height="18" fill="#e06c75"`}},
		{"reverse swaps the colours", "\x1b[7ma", []string{`height="18" fill="#d8dbe2"`, `fill="#16181d">a<`}},
		{"faint lies between", "\x1b[2ma", []string{`fill="#8a8d93">a<`}},
		{"underline", "\x1b[4ma", []string{`y="15.5" width="8.43" height="1"`}},
		{"strike", "\x1b[9ma", []string{`y="9.0" width="8.43" height="1"`}},
		{"box drawing joins", "┌", []string{`M4.21 9.0L8.43 9.0M4.21 9.0L4.21 18.0`}},
		{"other signs stand in their cell", "a✔b", []string{`x="8.43"`, ">✔</text>", `x="16.86"`}},
		{"wide characters take two", "日a", []string{`textLength="16.86"`, `x="16.86"`}},
		{"the second row is below", "a\nb", []string{`y="31.5"`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			svg := string(SVG(test.frame, Options{Columns: 6, Rows: 2, Dark: true}))
			for _, want := range test.want {
				if !strings.Contains(svg, want) {
					t.Errorf("no %q in\n%s", want, svg)
				}
			}
			wellFormed(t, []byte(svg))
		})
	}
}

func TestSVGIsAsLargeAsTheTerminalAndSaysWhatItShows(t *testing.T) {
	t.Parallel()
	svg := string(SVG(strings.Repeat("x", 99)+"\n\n\nout of sight", Options{Columns: 10, Rows: 3, Title: "a < b"}))
	for _, want := range []string{`width="104" height="74"`, "<title>a &lt; b</title>", `fill="#ffffff"`, ">xxxxxxxxxx<"} {
		if !strings.Contains(svg, want) {
			t.Errorf("no %q in\n%s", want, svg)
		}
	}
	if strings.Contains(svg, "sight") {
		t.Error("a row outside of the terminal is drawn")
	}
}

func FuzzSVGIsWellFormedAndTheSameTwice(f *testing.F) {
	f.Add("a\x1b[31;1mb\x1b[0m ┌─┐ 日 \x00\xff\u009b", true)
	f.Fuzz(func(t *testing.T, frame string, dark bool) {
		o := Options{Columns: 20, Rows: 4, Dark: dark, Title: frame}
		first := SVG(frame, o)
		wellFormed(t, first)
		if !bytes.Equal(first, SVG(frame, o)) {
			t.Error("two pictures of one frame differ")
		}
	})
}

func wellFormed(t *testing.T, svg []byte) {
	t.Helper()
	decoder := xml.NewDecoder(bytes.NewReader(svg))
	for {
		_, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, svg)
		}
	}
}

func BenchmarkSVG(b *testing.B) {
	frame := strings.Repeat("│ \x1b[32m✔\x1b[m signature \x1b[2mkeyless\x1b[m  │\n", 30)
	for b.Loop() {
		SVG(frame, Options{Columns: 100, Rows: 30, Dark: true})
	}
}
