package safe

import (
	"strings"
	"unicode/utf8"
)

// standIns are ASCII characters for signs of ours that take one cell, for terminals that show no others.
var standIns = map[rune]byte{
	'…': '~', '·': '.', '•': '*', '–': '-', '—': '-', '×': 'x', '⟨': '<', '⟩': '>',
	'←': '<', '→': '>', '↑': '^', '↓': 'v', '‘': '\'', '’': '\'', '“': '"', '”': '"',
}

// ASCII rewrites a finished frame, of safe texts, styles and line feeds, for a terminal that shows ASCII only. What has
// no stand-in becomes as many question marks as it took cells, so that nothing moves.
func ASCII(frame string) string {
	var b strings.Builder
	for i := 0; i < len(frame); {
		if frame[i] < utf8.RuneSelf && (i+1 == len(frame) || frame[i+1] < utf8.RuneSelf) {
			end := asciiEnd(frame, i)
			b.WriteString(frame[i:end])
			i = end
			continue
		}
		cluster, cells, _ := next(frame[i:])
		i += len(cluster)
		first, size := utf8.DecodeRuneInString(cluster)
		standIn, known := standIns[first]
		switch {
		case size == 1: // an ASCII letter, without its accents
			b.WriteString(cluster[:1])
		case known:
			b.WriteByte(standIn)
		case isPicture(first):
			b.WriteByte('^')
		default:
			b.WriteString(strings.Repeat("?", cells))
		}
	}
	return b.String()
}

// asciiEnd is where a stretch of ASCII that begins at start has to end so that no mark is parted from its base.
func asciiEnd(s string, start int) int {
	for i := start; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return i - 1
		}
	}
	return len(s)
}

// isPicture reports whether r is a control picture, as it stands for a control character.
func isPicture(r rune) bool { return r >= '␀' && r <= '␡' }
