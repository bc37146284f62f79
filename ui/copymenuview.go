package ui

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// copyName is the column of names in the menu, in cells.
const copyName = 16

// prepare makes the board: a line for each thing, and below them more about the selected one.
func (p copyPane) prepare(w, h int, s *theme.Styles) copyPane {
	page := sheet{width: boardRoom(w), styles: s}
	var stops []block
	for i, item := range p.items {
		stops = append(stops, block{i, i + 1})
		var l line
		l.add(s.Key, safe.Line(item.key).PadRight(2))
		l.add(s.Text, safe.LineMax(item.what, copyName-1).PadRight(copyName))
		text := safe.LineMax(item.text, max(page.width-width(l.left), 0))
		style := s.Quiet
		if item.hidden {
			text, style = safe.Concat(s.Glyphs.Warning, safe.Const(" hidden characters")), s.Warning
		}
		l.add(style, text)
		page.add(l)
	}
	if len(p.items) == 0 {
		page.sentence("There is nothing to copy here.", s.Quiet, 0)
	}
	page.aboutCopy(p, len(p.items)+copyMore, h-2)
	p.board.hints = []hint{hintFor(p.keys.Enter, safe.Const("copy")), {safe.Const("a letter"), safe.Const("that one")}, hintFor(p.keys.Back, safe.Const("back"))}
	p.board = p.board.set(safe.Const("Copy"), page.lines, stops, w, h, boardWidth)
	return p
}

// copyMore is how many rows below the list say more about what is selected, where there is room for them. They are as
// many for everything, so that nothing moves under the mouse.
const copyMore = 7

// aboutCopy says more about what is selected, in exactly so many lines as there may be.
func (s *sheet) aboutCopy(p copyPane, lines, room int) {
	if p.board.at >= len(p.items) || room < lines {
		return
	}
	item := p.items[p.board.at]
	s.gap()
	style := s.styles.Quiet
	if item.hidden {
		style = s.styles.Warning
	}
	s.sentence(item.note, style, 0)
	if left := lines - len(s.lines); !item.raw && left > 0 {
		for _, t := range rows.Wrap(safe.Line(bounded(item.text)), max(s.width, 1), left) {
			s.put(s.styles.Text, t)
		}
	}
	s.lines = s.lines[:min(len(s.lines), lines)]
	for len(s.lines) < lines {
		s.add(line{})
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
