package uitest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// inks are the styles of the cells of a screen, row by row, as the escape sequences say.
func inks(content string) (rows [][]string) {
	for l := range strings.SplitSeq(content, "\n") {
		var row []string
		style := ""
		for l != "" {
			if end := strings.IndexByte(l, 'm'); strings.HasPrefix(l, "\x1b[") && end > 0 {
				if style = l[2:end]; style == "0" {
					style = ""
				}
				l = l[end+1:]
				continue
			}
			next := strings.Index(l, "\x1b[")
			if next < 0 {
				next = len(l)
			}
			row = append(row, slices.Repeat([]string{style}, ansi.StringWidth(l[:next]))...)
			l = l[next:]
		}
		rows = append(rows, row)
	}
	return rows
}

// inkPalette letters the pairs of styles that a view has in two themes, in the order in which they are first seen.
type inkPalette []string

func (p *inkPalette) letter(pair string) string {
	at := slices.Index(*p, pair)
	if at < 0 {
		at = len(*p)
		*p = append(*p, pair)
	}
	return string(rune('a' + at%26 - at/26%2*32)) // the second round in capitals
}

// inked says which cells of a screen have which style in a dark and in a light theme: a letter for a style, and how many
// cells have it. It fails where the themes differ in more than their colours.
func (p *inkPalette) inked(t *testing.T, name, dark, light string) string {
	t.Helper()
	if ansi.Strip(dark) != ansi.Strip(light) {
		t.Errorf("%s: the themes do not say the same", name)
	}
	var out strings.Builder
	d, l := inks(dark), inks(light)
	for y := range min(len(d), len(l)) {
		last, n := "", 0
		flush := func() {
			if n > 0 {
				fmt.Fprintf(&out, "%s%d", last, n)
			}
			n = 0
		}
		for x := range min(len(d[y]), len(l[y])) {
			if now := p.letter(d[y][x] + " | " + l[y][x]); now != last {
				flush()
				last = now
			}
			n++
		}
		flush()
		out.WriteByte('\n')
	}
	return out.String()
}

func (p inkPalette) legend() string {
	var out strings.Builder
	for i, pair := range p {
		rest := p[:i+1]
		fmt.Fprintf(&out, "%s %s\n", rest.letter(pair), pair)
	}
	return out.String()
}

// InkSizes are the sizes of which the colours are kept.
var InkSizes = [][2]int{{60, 16}, {80, 24}, {120, 40}}

// GoldenInks compares the colours of a view at three sizes with those that were looked at and kept. draw is the view in a
// theme and a size.
func GoldenInks(t *testing.T, name string, draw func(theme string, w, h int) string) {
	t.Helper()
	var p inkPalette
	var sizes strings.Builder
	for _, s := range InkSizes {
		fmt.Fprintf(&sizes, "%dx%d\n%s", s[0], s[1], p.inked(t, name, draw("dark", s[0], s[1]), draw("light", s[0], s[1])))
	}
	Golden(t, "inks-"+name, "dark | light\n"+p.legend()+sizes.String())
}
