package model

import (
	"slices"
	"strings"
	"unicode"
)

// MixedScript reports whether a name mixes letters of scripts that are not written together, so that it may look like
// another one: a Cyrillic "а" in a Latin word. It follows the "highly restrictive" level of UTS 39 §5.2: Latin may stand
// beside the writing systems of Chinese, Japanese and Korean, and any script may stand alone. Letters that are Latin in
// costume (full-width, mathematical) count as a script of their own.
func MixedScript(s string) bool { return len(mixedScripts(s)) > 0 }

// ScriptMark is what is written behind a name that mixes letters of several scripts, so that it may only look like one that
// the reader knows: " (mixes Latin and Cyrillic letters)"; "" for other names.
func ScriptMark(name string) string {
	scripts := mixedScripts(name)
	if len(scripts) == 0 {
		return ""
	}
	return " (mixes " + strings.Join(scripts[:min(len(scripts), 4)], " and ") + " letters)"
}

// mixedScripts names the scripts that a name mixes, in the order of its letters; none where they belong together.
func mixedScripts(s string) []string {
	var scripts []string
	for _, r := range s {
		if script := scriptOf(r); script != "" && !slices.Contains(scripts, script) {
			scripts = append(scripts, script)
		}
	}
	if len(scripts) < 2 {
		return nil
	}
	for _, together := range [][]string{
		{"Latin", "Han", "Hiragana", "Katakana"},
		{"Latin", "Han", "Bopomofo"},
		{"Latin", "Han", "Hangul"},
	} {
		if !slices.ContainsFunc(scripts, func(s string) bool { return !slices.Contains(together, s) }) {
			return nil
		}
	}
	return scripts
}

// scriptOf names the script of a letter, "" for what is no letter or belongs to every script.
func scriptOf(r rune) string {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z':
		return "Latin"
	case r < 0x80, !unicode.IsLetter(r):
		return ""
	case 0xff21 <= r && r <= 0xff5a, 0x1d400 <= r && r <= 0x1d7ff:
		return "Latin in costume"
	}
	for name, table := range unicode.Scripts { // disjoint tables: the order does not matter
		if name != "Common" && name != "Inherited" && unicode.Is(table, r) {
			return name
		}
	}
	return ""
}
