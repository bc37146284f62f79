package safe

import (
	"iter"
	"strings"
	"unicode/utf8"
)

// Pieces divides a text into what was as it is and what stands for something else, so that the latter can be drawn in
// another style. A text without hidden characters is one piece. An author can write what looks like a replacement; only
// Hidden tells whether there was one.
func (t Text) Pieces() iter.Seq2[Text, bool] {
	return func(yield func(Text, bool) bool) {
		if t.hidden == 0 {
			_ = t.s == "" || yield(t, false)
			return
		}
		for rest := t.s; rest != ""; {
			start, end := replacement(rest)
			if start > 0 && !yield(settle(rest[:start]), false) {
				return
			}
			if end > start && !yield(settle(rest[start:end]), true) {
				return
			}
			rest = rest[end:]
		}
	}
}

// replacement finds the first stretch of replacements in s; it is empty, at the end, where there is none.
func replacement(s string) (start, end int) {
	start = len(s)
	for i, r := range s {
		if n := replacementAt(s[i:], r); n > 0 {
			start, end = i, i+n
			break
		}
	}
	if start == len(s) {
		return start, start
	}
	for end < len(s) {
		r, _ := utf8.DecodeRuneInString(s[end:])
		n := replacementAt(s[end:], r)
		if n == 0 {
			break
		}
		end += n
	}
	return start, end
}

// replacementAt is the length of the replacement that s begins with, 0 if it begins with none. r is its first character.
func replacementAt(s string, r rune) int {
	const bracket, longest = len("⟨"), len("⟨U+10FFFF⟩")
	switch {
	case isPicture(r):
		return utf8.RuneLen(r)
	case r != '⟨' || !strings.HasPrefix(s[bracket:], "U+") && !strings.HasPrefix(s[bracket:], "x"):
		return 0
	}
	if end := strings.Index(s[:min(len(s), longest)], "⟩"); end > 0 {
		return end + len("⟩")
	}
	return 0
}
