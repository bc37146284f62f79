package safe

import (
	"strings"
	"unicode/utf8"
)

// Line makes one line of any string. Line feeds and tabs become control pictures (␊, ␉). The whole string is looked at:
// for one that may be long and is shown in little room, LineMax is cheaper.
func Line(untrusted string) Text { return sanitise(untrusted) }

// Bytes is Line for a byte slice.
func Bytes(untrusted []byte) Text { return sanitise(string(untrusted)) }

// runesPerCell is how much of a long string is looked at per cell of room. Five would be needed to be exact where every
// base carries the most combining marks; such text may come out a little shorter than its room.
const runesPerCell = 4

// LineMax makes one line of at most that many cells, ending in … where something was left out. However long the string
// is, only its beginning is looked at; Hidden counts only what was.
func LineMax(untrusted string, cells int) Text {
	if cells <= 0 {
		return Text{}
	}
	head := untrusted
	if len(untrusted) > runesPerCell*cells {
		end := 0
		for n := 0; n < runesPerCell*cells && end < len(untrusted); n++ {
			_, size := utf8.DecodeRuneInString(untrusted[end:])
			end += size
		}
		head = untrusted[:end]
	}
	line := sanitise(head)
	if len(head) == len(untrusted) {
		return line.Truncate(cells)
	}
	return Concat(line.cut(cells-1), ellipsis)
}

// tabStop is the distance of tab stops in texts of several lines, in cells.
const tabStop = 4

// Lines makes a text of several lines, at most max of them: where there are more, the last is "…". Line ends are LF or
// CRLF; a final one starts no further line. Tabs become spaces up to the next tab stop, since in such texts they indent.
func Lines(untrusted string, max int) []Text {
	if max <= 0 || untrusted == "" {
		return nil
	}
	var lines []Text
	for rest, more := untrusted, true; more; {
		var line string
		line, rest, more = strings.Cut(rest, "\n")
		more = more && rest != ""
		if len(lines) == max-1 && more {
			return append(lines, ellipsis)
		}
		lines = append(lines, indented(strings.TrimSuffix(line, "\r")))
	}
	return lines
}

// indented is Line with tabs expanded.
func indented(line string) Text {
	first, rest, found := strings.Cut(line, "\t")
	text := sanitise(first)
	for found {
		text = Concat(text, Spaces(tabStop-text.width%tabStop))
		first, rest, found = strings.Cut(rest, "\t")
		text = Concat(text, sanitise(first))
	}
	return text
}
