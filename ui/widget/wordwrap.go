package widget

import (
	"unicode/utf8"

	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// Texts from outside are cut to this before anything else is done with them: a page is enough to judge by, and the
// Payload and Raw tabs show the rest.
const (
	mostBytes = 8 << 10
	mostLines = 60
)

// Paragraph breaks untrusted text into lines of at most that many cells, at spaces where it can.
func Paragraph(untrusted string, cells int) []safe.Text {
	if len(untrusted) > mostBytes {
		untrusted = Cut(untrusted, mostBytes) + "…"
	}
	var lines []safe.Text
	for _, t := range safe.Lines(untrusted, mostLines) {
		lines = append(lines, rows.Wrap(t, cells, mostLines-len(lines))...)
	}
	return lines
}

// Cut is at most that many bytes of a text that is longer, cut between characters. Bytes that are no characters stay:
// they are shown as what they are.
func Cut(text string, bytes int) string {
	for end := bytes; end > bytes-utf8.UTFMax; end-- {
		if utf8.RuneStart(text[end]) {
			return text[:end]
		}
	}
	return text[:bytes]
}

// Explain says in a sentence why there is nothing to show.
func Explain(b *rows.Builder, room Area, s *theme.Styles, why string) []string {
	var out []string
	for _, text := range Paragraph(why, room.W-2) {
		var l Line
		l.Add(s.Quiet, safe.Concat(safe.Spaces(1), text))
		out = append(out, l.Draw(b, theme.Style{}))
	}
	return out[:min(len(out), max(room.H, 0))]
}

// Bounded is a text that is cut where it is too long to be read anyway.
func Bounded(text string) string {
	if len(text) > mostBytes {
		return Cut(text, mostBytes)
	}
	return text
}
