package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
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

var inkSizes = [][2]int{{60, 16}, {80, 24}, {120, 40}}

// goldenInks compares the colours of a view at three sizes with those that were looked at and kept. draw is the view in a
// theme and a size.
func goldenInks(t *testing.T, name string, draw func(theme string, w, h int) string) {
	t.Helper()
	var p inkPalette
	var sizes strings.Builder
	for _, s := range inkSizes {
		fmt.Fprintf(&sizes, "%dx%d\n%s", s[0], s[1], p.inked(t, name, draw("dark", s[0], s[1]), draw("light", s[0], s[1])))
	}
	golden(t, "inks-"+name, "dark | light\n"+p.legend()+sizes.String())
}

func TestColoursOfEveryView(t *testing.T) {
	for i, s := range shots() {
		if s.opts.NoColor {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			goldenInks(t, s.name, func(theme string, w, h int) string {
				s := shots()[i] // a backend of its own: some keys change it
				s.opts.Theme = theme
				return drive(t, fakeApp(s.backend, s.info, s.opts), fmt.Sprintf("%dx%d", w, h), s.keys).View().Content
			})
		})
	}
}

func TestColoursOfFleets(t *testing.T) {
	for name, s := range fleetShots() {
		goldenInks(t, name, func(theme string, w, h int) string {
			f := s.fleet
			f.skin = newSkin(Options{Theme: theme})
			f, _ = driveFleet(t, f, fmt.Sprintf("%dx%d", w, h), s.keys)
			return f.View().Content
		})
	}
}

func TestColoursOfTheStartScreen(t *testing.T) {
	for _, shot := range startShots {
		goldenInks(t, shot.name, func(theme string, w, h int) string {
			shot.opts.Theme = theme
			return starting(t, shot.shelf, shot.opts, [2]int{w, h}, shot.keys).View().Content
		})
	}
}

// What cannot be told without colour cannot be told by many: in every view, at every size, no colour takes no word away.
func TestNothingIsToldByColourAlone(t *testing.T) {
	for i := range shots() {
		s, bare := shots()[i], shots()[i]
		bare.opts.NoColor = true
		with := drive(t, fakeApp(s.backend, s.info, s.opts), "120x40", s.keys)
		without := drive(t, fakeApp(bare.backend, bare.info, bare.opts), "120x40", bare.keys)
		for _, size := range inkSizes {
			msg := tea.WindowSizeMsg{Width: size[0], Height: size[1]}
			if a, b := plain(feed(t, with, msg)), plain(feed(t, without, msg)); a != b {
				t.Errorf("%s at %dx%d says something else without colours", s.name, size[0], size[1])
			}
		}
	}
}
