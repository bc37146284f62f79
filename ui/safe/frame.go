package safe

import (
	"strings"
	"unicode/utf8"
)

// Frame is what was finished of safe texts, colours and line feeds, as it is: all else in it is replaced as Line does.
// It is the last net, below everything that is shown. Nothing should ever be caught in it, since whatever put texts
// together had Texts to begin with; colours that came from outside it cannot tell from ours.
func Frame(finished string) string {
	if clean(finished) {
		return finished
	}
	var b strings.Builder
	b.Grow(len(finished))
	for rest := finished; rest != ""; {
		if own := ours(rest); own > 0 {
			b.WriteString(rest[:own])
			rest = rest[own:]
			continue
		}
		end := 1
		for end < len(rest) && ours(rest[end:]) == 0 {
			end++
		}
		b.WriteString(sanitise(rest[:end]).s)
		rest = rest[end:]
	}
	return b.String()
}

// clean reports whether Frame has nothing to do.
func clean(s string) bool {
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c >= ' ' && c <= '~':
			i++
		case c < utf8.RuneSelf:
			own := ours(s[i:])
			if own == 0 {
				return false
			}
			i += own
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if classify(r, size) == classHidden {
				return false
			}
			i += size
		}
	}
	return true
}

// ours is the length of the line feed or the choice of colours (ECMA-48 §8.3.117, SGR) that s begins with, 0 if it
// begins with neither.
func ours(s string) int {
	if s[0] == '\n' {
		return 1
	}
	if !strings.HasPrefix(s, "\x1b[") {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case c != ';' && c != ':' && (c < '0' || c > '9'):
			return 0
		}
	}
	return 0
}
