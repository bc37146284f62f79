package equivalent

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// word is a piece of a command line: ours as it is, or somebody else's, which has to be quoted.
type word struct {
	text  string
	plain bool
}

// ours is a piece that this program wrote; it may hold several words.
func ours(text string) word { return word{text, true} }

// quoted is a piece that may hold anything.
func quoted(text string) word { return word{text: text} }

// harmless is what no shell does anything with.
var harmless = regexp.MustCompile(`^[A-Za-z0-9_./:@%+,-][A-Za-z0-9_./:@%+=,-]*$`)

// join makes a line of words. hidden says why there is none: a character in it that nobody would see on a screen.
func join(words []word) (line, hidden string) {
	var parts []string
	for _, w := range words {
		switch {
		case w.text == "" && w.plain:
			continue
		case w.plain:
			parts = append(parts, w.text)
			continue
		}
		for _, r := range w.text {
			if r > unicode.MaxASCII || !unicode.IsPrint(r) {
				return "", fmt.Sprintf("it would hold the character U+%04X, which should not be pasted unseen", r)
			}
		}
		parts = append(parts, quote(w.text))
	}
	return strings.Join(parts, " "), ""
}

// quote makes one word of a text for a POSIX shell.
func quote(s string) string {
	if harmless.MatchString(s) && !strings.HasPrefix(s, "-") {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
