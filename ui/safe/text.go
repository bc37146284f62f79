package safe

import (
	"strconv"
	"strings"
)

// Text is one line that a terminal shows exactly as it is. Its zero value is empty. Only the functions of this package
// make one, and two of them side by side are again safe: their widths add up.
type Text struct {
	s      string
	width  int
	hidden int
}

// constant is a string that only an untyped constant converts to, because nobody else can name the type.
type constant string

// Const is a text of our own. Its argument can only be a constant in the source.
func Const(s constant) Text { return Line(string(s)) }

// Int is a number in decimal.
func Int(n int) Text {
	s := strconv.Itoa(n)
	return Text{s: s, width: len(s)}
}

// Spaces is n blank cells; none if n is negative.
func Spaces(n int) Text {
	if n <= 0 {
		return Text{}
	}
	return Text{s: strings.Repeat(" ", n), width: n}
}

// String is the text, fit for a terminal.
func (t Text) String() string { return t.s }

// Width is how many cells the text takes.
func (t Text) Width() int { return t.width }

// Hidden is how many characters were replaced because a terminal would have obeyed them or shown nothing for them. Line
// feeds and tabs are replaced but not counted, nor are visible characters whose width terminals disagree about.
func (t Text) Hidden() int { return t.hidden }

// Empty reports whether there is nothing to show.
func (t Text) Empty() bool { return t.s == "" }

// ascii reports whether every character is one byte and one cell. No character of two bytes is two cells wide, so
// equal numbers mean that.
func (t Text) ascii() bool { return len(t.s) == t.width }

// Concat is the texts one after the other.
func Concat(texts ...Text) Text { return Join(Text{}, texts...) }

// Join is the texts with a separator between them.
func Join(separator Text, texts ...Text) Text {
	switch len(texts) {
	case 0:
		return Text{}
	case 1:
		return texts[0]
	}
	size := separator.len() * (len(texts) - 1)
	for _, t := range texts {
		size += t.len()
	}
	var b strings.Builder
	b.Grow(size)
	var joined Text
	for i, t := range texts {
		if i > 0 {
			b.WriteString(separator.s)
			joined.width += separator.width
			joined.hidden += separator.hidden
		}
		b.WriteString(t.s)
		joined.width += t.width
		joined.hidden += t.hidden
	}
	joined.s = b.String()
	return joined
}

func (t Text) len() int { return len(t.s) }

// Format puts the arguments where the format says %s, in order. Arguments left over are put at the end and a %s without
// argument stays, so that nothing is lost to a mistake.
func Format(format constant, args ...Text) Text {
	var parts []Text
	rest := string(format)
	for len(args) > 0 {
		before, after, found := strings.Cut(rest, "%s")
		if !found {
			break
		}
		parts = append(parts, Line(before), args[0])
		rest, args = after, args[1:]
	}
	return Concat(append(append(parts, Line(rest)), args...)...)
}
