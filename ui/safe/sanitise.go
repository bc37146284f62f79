package safe

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// maxMarks is how many combining marks one base may carry. Real writing needs three.
const maxMarks = 4

// sanitise applies the rules of this package to a string of any length.
func sanitise(s string) Text {
	head := printableASCII(s)
	if head == len(s) {
		return Text{s: s, width: len(s)}
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	b.WriteString(s[:head])
	hidden := 0
	marks := maxMarks // that the current base can still carry; 0 where there is no base
	if head == 0 {
		marks = 0
	}
	for i := head; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		class := classify(r, size)
		if class == classMark && marks == 0 {
			class = classHidden
		}
		switch class {
		case classPlain:
			b.WriteString(s[i : i+size])
			marks = maxMarks
		case classMark:
			b.WriteString(s[i : i+size])
			marks--
		case classHidden, classAmbiguous, classSpacing:
			replace(&b, r, s[i:i+size])
			marks = 0 // nothing of theirs attaches to a replacement of ours
			if class == classHidden {
				hidden++
			}
		}
		i += size
	}
	t := settle(b.String())
	t.hidden = hidden
	return t
}

// printableASCII is the length of the longest prefix of printable ASCII.
func printableASCII(s string) int {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return i
		}
	}
	return len(s)
}

// replace writes what stands for a character that cannot be shown as it is. source is its bytes.
func replace(b *strings.Builder, r rune, source string) {
	switch {
	case r < ' ':
		b.WriteRune('␀' + r)
	case r == 0x7f:
		b.WriteRune('␡')
	case r == utf8.RuneError && len(source) == 1:
		fmt.Fprintf(b, "⟨x%02X⟩", source[0])
	default:
		fmt.Fprintf(b, "⟨U+%04X⟩", r)
	}
}

// settle makes sure that terminals that measure by grapheme cluster and those that measure by character agree about
// every cluster, replacing what they disagree about, and measures.
func settle(s string) Text {
	width := 0
	for i := 0; i < len(s); {
		cluster, cells, agreed := next(s[i:])
		if !agreed {
			return resettle(s, i, width)
		}
		width += cells
		i += len(cluster)
	}
	return Text{s: s, width: width}
}

// resettle is settle from a cluster on that has to be rewritten; width is that of s[:from].
func resettle(s string, from, width int) Text {
	var b strings.Builder
	b.Grow(len(s) + 16)
	b.WriteString(s[:from])
	for i := from; i < len(s); {
		cluster, cells, agreed := next(s[i:])
		i += len(cluster)
		if !agreed {
			cluster, cells = spellOut(cluster)
		}
		b.WriteString(cluster)
		width += cells
	}
	return Text{s: b.String(), width: width}
}

// spellOut keeps the base of a cluster if it is good alone, and replaces everything else in it.
func spellOut(cluster string) (spelled string, cells int) {
	var b strings.Builder
	for i, r := range cluster {
		if _, alone, agreed := next(string(r)); i == 0 && agreed {
			b.WriteRune(r)
			cells = alone
			continue
		}
		before := b.Len()
		replace(&b, r, string(r))
		cells += utf8.RuneCountInString(b.String()[before:])
	}
	return b.String(), cells
}

// next is the first cluster of s and its width, and whether both ways of measuring agree about it. s is not empty.
func next(s string) (cluster string, cells int, agreed bool) {
	if s[0] < utf8.RuneSelf && (len(s) == 1 || s[1] < utf8.RuneSelf) {
		return s[:1], 1, true
	}
	if n, cells := plain(s); n > 0 {
		return s[:n], cells, true
	}
	cluster, cells = ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	return cluster, cells, cells > 0 && cells == ansi.StringWidthWc(cluster)
}

// plain recognises the commonest characters beyond ASCII without looking them up: Latin letters and Chinese characters
// that are followed by ASCII, Latin or Chinese, none of which joins what is before it. It returns their length in bytes
// and width, 0 for any other.
func plain(s string) (size, cells int) {
	const firstMark = 0xcc // lead byte of U+0300; those before lead Latin
	switch c := s[0]; {
	case c < utf8.RuneSelf:
		size, cells = 1, 1
	case c >= 0xc3 && c < firstMark:
		size, cells = 2, 1
	case c >= 0xe5 && c <= 0xe9: // U+5000 to U+9FFF
		size, cells = 3, 2
	default:
		return 0, 0
	}
	if len(s) > size && s[size] >= firstMark && (s[size] < 0xe5 || s[size] > 0xe9) {
		return 0, 0
	}
	return size, cells
}
