package ui

import (
	"strings"

	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
)

// Texts from outside are cut to this before anything else is done with them: a page is enough to judge by, and the
// Payload and Raw tabs show the rest.
const (
	mostBytes = 8 << 10
	mostLines = 60
)

// paragraph breaks untrusted text into lines of at most that many cells, at spaces where it can.
func paragraph(untrusted string, cells int) []safe.Text {
	if len(untrusted) > mostBytes {
		untrusted = strings.ToValidUTF8(untrusted[:mostBytes], "") + "…"
	}
	var lines []safe.Text
	for _, t := range safe.Lines(untrusted, mostLines) {
		lines = append(lines, rows.Wrap(t, cells, mostLines-len(lines))...)
	}
	return lines
}
