package export_test

import (
	"testing"

	"github.com/attestree/attestree/ui/export"
)

func TestHiddenCharactersAreNamed(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"none", "plain é 中", ""},
		{"line ends", "a\nb\n", "2 line ends"},
		{"what is there most is said first", "\x1b\n\n", "2 line ends, 1 ␛"},
		{"bidi and zero width", "\u202e\u200b\u202e", "2 ⟨U+202E⟩, 1 ⟨U+200B⟩"},
		{"bytes that are no text", "\xff", "1 ⟨xFF⟩"},
		{"marks that stack", "e\u0301\u0301\u0301\u0301\u0301\u0301", "2 others, that join or stack"},
		{"too many kinds", "\x00\x01\x02\x03\x04\x05\x06\x0e", "1 ␀, 1 ␁, 1 ␂, 1 ␃, 1 ␄, 1 ␅, and 2 kinds more"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := export.HiddenIn(c.text); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
