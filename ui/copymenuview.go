package ui

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// copyName is the column of names in the menu, in cells.
const copyName = 16

// prepare makes the board: a line for each thing, and below them more about the selected one.
func (p copyPane) prepare(w, h int, s *theme.Styles) copyPane {
	page := widget.Sheet{Width: widget.BoardRoom(w), Styles: s}
	var stops []widget.Block
	for i, item := range p.items {
		stops = append(stops, widget.Block{First: i, End: i + 1})
		var l widget.Line
		l.Add(s.Key, safe.Line(item.key).PadRight(2))
		l.Add(s.Text, safe.LineMax(item.what, copyName-1).PadRight(copyName))
		room := max(page.Width-widget.Width(l.Left), 0)
		text, style := safe.LineMax(item.text, room), s.Quiet
		if item.hidden != "" {
			text, style = safe.Format("%s %s", s.Glyphs.Warning, safe.Line(item.hidden)).Truncate(room), s.Warning
		}
		l.Add(style, text)
		page.Add(l)
	}
	if len(p.items) == 0 {
		page.Sentence("There is nothing to copy here.", s.Quiet, 0)
	}
	p.more(&page, len(p.items)+copyMore, h-2)
	p.board.Hints = []keymap.Hint{keymap.HintFor(p.keys.Enter, safe.Const("copy")), {Keys: safe.Const("a letter"), Does: safe.Const("that one")}, keymap.HintFor(p.keys.Back, safe.Const("back"))}
	p.board = p.board.Set(safe.Const("Copy"), page.Lines, stops, w, h, widget.BoardWidth)
	return p
}

// copyMore is how many rows below the list say more about what is selected, where there is room for them. They are as
// many for everything, so that nothing moves under the mouse.
const copyMore = 7

// more says more about what is selected, in exactly so many lines as there may be.
func (p copyPane) more(s *widget.Sheet, lines, room int) {
	if p.board.At >= len(p.items) || room < lines {
		return
	}
	item := p.items[p.board.At]
	s.Gap()
	style := s.Styles.Quiet
	if item.hidden != "" {
		style = s.Styles.Warning
	}
	s.Sentence(item.note, style, 0)
	if left := lines - len(s.Lines); !item.raw && left > 0 {
		for _, t := range rows.Wrap(safe.Line(widget.Bounded(item.text)), max(s.Width, 1), left) {
			s.Put(s.Styles.Text, t)
		}
	}
	s.Lines = s.Lines[:min(len(s.Lines), lines)]
	for len(s.Lines) < lines {
		s.Add(widget.Line{})
	}
}

// mostKinds is how many kinds of hidden characters are named.
const mostKinds = 6

// hiddenIn says which characters of a text a terminal would obey or not show, and how many of each; "" where there is
// none. Line ends are among them: a shell runs what ends with one.
func hiddenIn(text string) string {
	counts := map[string]int{}
	var names []string
	count := func(name string) {
		if counts[name]++; counts[name] == 1 {
			names = append(names, name)
		}
	}
	named := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch t := safe.Line(text[i : i+size]); {
		case r == '\n':
			count("line ends")
			named++
		case r >= ' ' && r <= '~', unicode.In(r, unicode.Mn, unicode.Me): // of marks it depends on what they stand on
		case t.Hidden() > 0:
			count(t.String())
			named++
		}
		i += size
	}
	if more := safe.Line(text).Hidden() - named; more > 0 {
		counts["others, that join or stack"], names = more, append(names, "others, that join or stack")
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(counts[b], counts[a]) })
	var parts []string
	for i, name := range names {
		if i == mostKinds {
			parts = append(parts, safe.Format("and %s kinds more", safe.Int(len(names)-i)).String())
			break
		}
		parts = append(parts, safe.Format("%s %s", safe.Int(counts[name]), safe.Line(name)).String())
	}
	return strings.Join(parts, ", ")
}
