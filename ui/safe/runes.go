package safe

import (
	"unicode"
	"unicode/utf8"
)

// class is what is done with a character.
type class int

const (
	classPlain     class = iota // shown as it is
	classMark                   // shown on a base, up to maxMarks of them
	classSpacing                // replaced, ordinary: line feed and tab
	classAmbiguous              // replaced, visible: terminals disagree about how wide it is
	classHidden                 // replaced, and the reader warned
)

// classify decides about one character; size is what utf8.DecodeRuneInString said.
func classify(r rune, size int) class {
	switch {
	case r < utf8.RuneSelf && size == 1:
		return classifyASCII(r)
	case r > 0xa0 && r < 0x250 && r != 0xad, r >= 0x4e00 && r < 0xa000:
		return classPlain // Latin and Chinese letters: only to save time
	case r == utf8.RuneError && size == 1:
		return classHidden
	case unicode.Is(blank, r), !unicode.IsPrint(r):
		// IsPrint is false for Cc (with the C1 controls), Cf, Co, Cs, Cn, Zl, Zp and every space but ' '.
		return classHidden
	case unicode.Is(joining, r):
		return classAmbiguous
	case unicode.In(r, unicode.Mn, unicode.Me), unicode.Is(following, r):
		return classMark
	case unicode.Is(unicode.Mc, r):
		return classAmbiguous
	}
	return classPlain
}

func classifyASCII(r rune) class {
	switch {
	case r == '\n', r == '\t':
		return classSpacing
	case r < ' ', r == 0x7f:
		return classHidden
	}
	return classPlain
}

// blank are printable characters by category that show nothing: fillers, the empty Braille cell, variation selectors,
// the combining grapheme joiner and inherent vowels. The spaces other than ' ' are not printable to begin with.
var blank = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x034f, Hi: 0x034f, Stride: 1},
		{Lo: 0x115f, Hi: 0x1160, Stride: 1},
		{Lo: 0x17b4, Hi: 0x17b5, Stride: 1},
		{Lo: 0x180b, Hi: 0x180f, Stride: 1},
		{Lo: 0x2800, Hi: 0x2800, Stride: 1},
		{Lo: 0x3164, Hi: 0x3164, Stride: 1},
		{Lo: 0xfe00, Hi: 0xfe0f, Stride: 1},
		{Lo: 0xffa0, Hi: 0xffa0, Stride: 1},
	},
	R32: []unicode.Range32{
		{Lo: 0xe0100, Hi: 0xe01ef, Stride: 1},
	},
}

// following are letters that join the cluster before them as marks do (UAX 29, SpacingMark): Thai and Lao AM.
var following = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x0e33, Hi: 0x0e33, Stride: 1},
		{Lo: 0x0eb3, Hi: 0x0eb3, Stride: 1},
	},
}

// joining are visible characters that make one cluster with a neighbour (UAX 29: Prepend letters, conjoining Hangul
// and Kirat Rai, regional indicators, emoji modifiers, halfwidth voicing marks, and the linkers of GB9c): whether that
// cluster is as wide as its parts is decided differently by different terminals.
var joining = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x094d, Hi: 0x094d, Stride: 1},
		{Lo: 0x09cd, Hi: 0x09cd, Stride: 1},
		{Lo: 0x0acd, Hi: 0x0acd, Stride: 1},
		{Lo: 0x0b4d, Hi: 0x0b4d, Stride: 1},
		{Lo: 0x0c4d, Hi: 0x0c4d, Stride: 1},
		{Lo: 0x0d4d, Hi: 0x0d4e, Stride: 1},
		{Lo: 0x1039, Hi: 0x1039, Stride: 1},
		{Lo: 0x1100, Hi: 0x11ff, Stride: 1},
		{Lo: 0x17d2, Hi: 0x17d2, Stride: 1},
		{Lo: 0x1a60, Hi: 0x1a60, Stride: 1},
		{Lo: 0x1b44, Hi: 0x1b44, Stride: 1},
		{Lo: 0x1bab, Hi: 0x1bab, Stride: 1},
		{Lo: 0xa960, Hi: 0xa97f, Stride: 1},
		{Lo: 0xa9c0, Hi: 0xa9c0, Stride: 1},
		{Lo: 0xaaf6, Hi: 0xaaf6, Stride: 1},
		{Lo: 0xd7b0, Hi: 0xd7ff, Stride: 1},
		{Lo: 0xff9e, Hi: 0xff9f, Stride: 1},
	},
	R32: []unicode.Range32{
		{Lo: 0x10a3f, Hi: 0x10a3f, Stride: 1},
		{Lo: 0x11133, Hi: 0x11133, Stride: 1},
		{Lo: 0x111c2, Hi: 0x111c3, Stride: 1},
		{Lo: 0x113d0, Hi: 0x113d1, Stride: 1},
		{Lo: 0x1193e, Hi: 0x1193f, Stride: 1},
		{Lo: 0x11941, Hi: 0x11941, Stride: 1},
		{Lo: 0x11a3a, Hi: 0x11a3a, Stride: 1},
		{Lo: 0x11a47, Hi: 0x11a47, Stride: 1},
		{Lo: 0x11a84, Hi: 0x11a89, Stride: 1},
		{Lo: 0x11a99, Hi: 0x11a99, Stride: 1},
		{Lo: 0x11d46, Hi: 0x11d46, Stride: 1},
		{Lo: 0x11f02, Hi: 0x11f02, Stride: 1},
		{Lo: 0x11f42, Hi: 0x11f42, Stride: 1},
		{Lo: 0x16d63, Hi: 0x16d63, Stride: 1},
		{Lo: 0x16d67, Hi: 0x16d6a, Stride: 1},
		{Lo: 0x1f1e6, Hi: 0x1f1ff, Stride: 1},
		{Lo: 0x1f3fb, Hi: 0x1f3ff, Stride: 1},
	},
}
