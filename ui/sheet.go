package ui

import (
	"strings"

	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// sheet is a text in lines of one width: what the Summary, Checks and Signer tabs show.
type sheet struct {
	lines  []line
	width  int
	low    bool // few rows of it can be seen at once
	styles *theme.Styles
	hidden int      // characters that were replaced because a terminal would have obeyed or not shown them
	known  links    // where digests lead; may be nil
	naming []string // values that name such digests
}

// mostRows bounds a sheet, whatever a payload says.
const mostRows = 2000

// full reports whether so much stands on a sheet that a list had better end.
func (s *sheet) full() bool { return len(s.lines) > mostRows-200 }

// labelWidth is the column of labels, in cells.
const labelWidth = 13

func (s *sheet) add(l line) {
	if len(s.lines) < mostRows {
		s.lines = append(s.lines, l)
	}
	for _, p := range l.left {
		s.hidden += p.Text.Hidden()
	}
	for _, p := range l.right {
		s.hidden += p.Text.Hidden()
	}
}

func (s *sheet) put(style theme.Style, text safe.Text) {
	s.add(line{left: []rows.Part{{Style: style, Text: text}}})
}

// gap adds an empty line, unless it would be the first.
func (s *sheet) gap() {
	if len(s.lines) > 0 {
		s.add(line{})
	}
}

// heading starts a part.
func (s *sheet) heading(text safe.Text) {
	s.gap()
	s.put(s.styles.Heading, text)
}

// sentence adds wrapped text; indent is in cells.
func (s *sheet) sentence(text string, style theme.Style, indent int) {
	for _, t := range paragraph(text, s.width-indent) {
		s.put(style, safe.Concat(safe.Spaces(indent), t))
	}
}

// field adds a labelled value, unless there is neither value nor note.
func (s *sheet) field(label, value, note string, style theme.Style) {
	s.entry(safe.LineMax(label, s.width), oneLine(value), note, style, 0, labelWidth)
}

// oneLine shows line breaks as signs, in values that have none of their own: a name that brings some could otherwise
// look like a line of ours.
func oneLine(value string) string { return strings.ReplaceAll(value, "\n", "\u240a") }

// entry is field with an indent and a column of its own. A label that is too long for the column stands on a line of
// its own; a note stands behind the value where there is room, else below.
func (s *sheet) entry(label safe.Text, value, note string, style theme.Style, indent, column int) {
	if value == "" && note == "" {
		return
	}
	lead := safe.Concat(safe.Spaces(indent), label)
	column += indent
	leads := leadsOn(s.known, value)
	if leads {
		s.naming = append(s.naming, value)
	}
	if label.Width() >= column-indent {
		s.put(s.styles.Label, lead.Truncate(s.width))
		lead = safe.Text{}
	}
	room := s.width - column
	lines := paragraph(value, room)
	for i, t := range lines {
		var l line
		l.add(s.styles.Label, lead.PadRight(column))
		l.add(style, t)
		if n := safe.LineMax(note, room+1); i == len(lines)-1 && note != "" && t.Width()+2+n.Width() <= room {
			l.add(s.styles.Quiet, safe.Concat(safe.Spaces(2), n))
			note = ""
		}
		if jump := safe.Const(" J"); leads && i == len(lines)-1 && width(l.left)+jump.Width() <= s.width {
			l.add(s.styles.Key, jump)
		}
		s.add(l)
		lead = safe.Text{}
	}
	for _, t := range paragraph(note, room) {
		var l line
		l.add(s.styles.Label, lead.PadRight(column))
		l.add(s.styles.Quiet, t)
		s.add(l)
		lead = safe.Text{}
	}
}
