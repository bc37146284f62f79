package widget

import (
	"strings"

	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// Sheet is a text in lines of one width: what the Summary, Checks and Signer tabs show.
type Sheet struct {
	Lines  []Line
	Width  int
	Low    bool // few rows of it can be seen at once
	Styles *theme.Styles
	Hidden int      // characters that were replaced because a terminal would have obeyed or not shown them
	Known  links    // where digests lead; may be nil
	Naming []string // values that name such digests
}

// MostRows bounds a sheet, whatever a payload says.
const MostRows = 2000

// Full reports whether so much stands on a sheet that a list had better end.
func (s *Sheet) Full() bool { return len(s.Lines) > MostRows-200 }

// LabelWidth is the column of labels, in cells.
const LabelWidth = 13

// Add adds a line, as long as there is room on the sheet.
func (s *Sheet) Add(l Line) {
	if len(s.Lines) < MostRows {
		s.Lines = append(s.Lines, l)
	}
	for _, p := range l.Left {
		s.Hidden += p.Text.Hidden()
	}
	for _, p := range l.Right {
		s.Hidden += p.Text.Hidden()
	}
}

// Put adds a line in one style.
func (s *Sheet) Put(style theme.Style, text safe.Text) {
	s.Add(Line{Left: []rows.Part{{Style: style, Text: text}}})
}

// Gap adds an empty line, unless it would be the first.
func (s *Sheet) Gap() {
	if len(s.Lines) > 0 {
		s.Add(Line{})
	}
}

// Heading starts a part.
func (s *Sheet) Heading(text safe.Text) {
	s.Gap()
	s.Put(s.Styles.Heading, text)
}

// Sentence adds wrapped text; indent is in cells.
func (s *Sheet) Sentence(text string, style theme.Style, indent int) {
	for _, t := range Paragraph(text, s.Width-indent) {
		var l Line
		l.Add(theme.Style{}, safe.Spaces(indent)) // a link's line is below its words alone
		l.Add(style, t)
		s.Add(l)
	}
}

// Field adds a labelled value, unless there is neither value nor note.
func (s *Sheet) Field(label, value, note string, style theme.Style) {
	s.Entry(safe.LineMax(label, s.Width), OneLine(value), note, style, 0, LabelWidth)
}

// OneLine shows line breaks as signs, in values that have none of their own: a name that brings some could otherwise
// look like a line of ours.
func OneLine(value string) string { return strings.ReplaceAll(value, "\n", "\u240a") }

// Entry is field with an indent and a column of its own. A label that is too long for the column stands on a line of
// its own; a note stands behind the value where there is room, else below.
func (s *Sheet) Entry(label safe.Text, value, note string, style theme.Style, indent, column int) {
	if value == "" && note == "" {
		return
	}
	lead := safe.Concat(safe.Spaces(indent), label)
	column += indent
	leads := LeadsOn(s.Known, value)
	if leads {
		s.Naming = append(s.Naming, value)
	}
	if label.Width() >= column-indent {
		s.Put(s.Styles.Label, lead.Truncate(s.Width))
		lead = safe.Text{}
	}
	room := s.Width - column
	lines := Paragraph(value, room)
	for i, t := range lines {
		var l Line
		l.Add(s.Styles.Label, lead.PadRight(column))
		l.Add(style, t)
		if n := safe.LineMax(note, room+1); i == len(lines)-1 && note != "" && t.Width()+2+n.Width() <= room {
			l.Add(s.Styles.Quiet, safe.Concat(safe.Spaces(2), n))
			note = ""
		}
		if jump := safe.Const(" J"); leads && i == len(lines)-1 && Width(l.Left)+jump.Width() <= s.Width {
			l.Add(s.Styles.Key, jump)
		}
		s.Add(l)
		lead = safe.Text{}
	}
	for _, t := range Paragraph(note, room) {
		var l Line
		l.Add(s.Styles.Label, lead.PadRight(column))
		l.Add(s.Styles.Quiet, t)
		s.Add(l)
		lead = safe.Text{}
	}
}
