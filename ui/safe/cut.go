package safe

import "strings"

// ellipsis says that something was left out.
var ellipsis = Text{s: "…", width: 1}

// Truncate is the text in at most that many cells, ending in … where its end had to go. For digests and paths, whose
// ends tell them apart, see TruncateMiddle and TruncateLeft.
func (t Text) Truncate(cells int) Text {
	if t.width <= cells {
		return t
	}
	if cells <= 0 {
		return Text{}
	}
	return Concat(t.cut(cells-1), ellipsis)
}

// TruncateLeft is the text in at most that many cells, beginning with … where its beginning had to go.
func (t Text) TruncateLeft(cells int) Text {
	if t.width <= cells {
		return t
	}
	if cells <= 0 {
		return Text{}
	}
	return Concat(ellipsis, t.tail(cells-1))
}

// TruncateMiddle is the text in at most that many cells, with … where its middle had to go.
func (t Text) TruncateMiddle(cells int) Text {
	if t.width <= cells {
		return t
	}
	if cells <= 0 {
		return Text{}
	}
	right := (cells - 1) / 2
	return Concat(t.cut(cells-1-right), ellipsis, t.tail(right))
}

// Fit is the text in exactly that many cells: truncated, or filled with spaces on the right.
func (t Text) Fit(cells int) Text { return t.Truncate(cells).PadRight(cells) }

// PadRight is the text with spaces after it up to that many cells.
func (t Text) PadRight(cells int) Text {
	if t.width >= cells {
		return t
	}
	return Concat(t, Spaces(cells-t.width))
}

// PadLeft is the text with spaces before it up to that many cells.
func (t Text) PadLeft(cells int) Text {
	if t.width >= cells {
		return t
	}
	return Concat(Spaces(cells-t.width), t)
}

// Split cuts the text after as many whole characters as fit in that many cells. A wide character that does not fit
// goes to the rest, so head may be one cell narrower than asked for. Hidden is counted in head alone.
func (t Text) Split(cells int) (head, rest Text) {
	head = t.cut(cells)
	return head, Text{s: t.s[len(head.s):], width: t.width - head.width}
}

// Break is Split between words: after the last space that leaves something before it and fits, which is dropped. A word
// that is too long is broken at a joint of an address, where there is one in its second half, else anywhere.
func (t Text) Break(cells int) (head, rest Text) {
	head, rest = t.Split(cells)
	if rest.Empty() {
		return head, rest
	}
	if rest.s[0] == ' ' {
		return head, Text{s: rest.s[1:], width: rest.width - 1}
	}
	at := strings.LastIndexByte(head.s, ' ')
	if at < 0 || strings.TrimLeft(head.s[:at], " ") == "" {
		return t.breakWord(head, rest)
	}
	width := settle(head.s[:at]).width
	rest = Text{s: t.s[at+1:], width: t.width - width - 1}
	return Text{s: head.s[:at], width: width, hidden: t.hidden}, rest
}

// joints are the characters after which an address is broken: those between its parts before those within them.
var joints = [...]string{"/@?&", ".-_=:"}

// breakWord moves what follows the last joint of head to the rest.
func (t Text) breakWord(head, rest Text) (Text, Text) {
	if !head.ascii() || strings.ContainsRune(joints[0], rune(rest.s[0])) {
		return head, rest
	}
	for _, j := range joints {
		at := strings.LastIndexAny(head.s, j) + 1
		if at == len(head.s) {
			break
		}
		if at > len(head.s)/2 {
			return Text{s: t.s[:at], width: at, hidden: t.hidden}, Text{s: t.s[at:], width: t.width - at}
		}
	}
	return head, rest
}

// cut is the longest beginning of the text that fits in that many cells. Hidden stays with the beginning: a warning may
// be said once too often but never not at all.
func (t Text) cut(cells int) Text {
	switch {
	case t.width <= cells:
		return t
	case cells <= 0:
		return Text{hidden: t.hidden}
	case t.ascii():
		return Text{s: t.s[:cells], width: cells, hidden: t.hidden}
	}
	end, width := 0, 0
	for end < len(t.s) {
		cluster, w, _ := next(t.s[end:])
		if width+w > cells {
			break
		}
		end += len(cluster)
		width += w
	}
	return Text{s: t.s[:end], width: width, hidden: t.hidden}
}

// tail is the longest end of the text that fits in that many cells. It carries no count of hidden characters.
func (t Text) tail(cells int) Text {
	switch {
	case t.width <= cells:
		return Text{s: t.s, width: t.width}
	case cells <= 0:
		return Text{}
	case t.ascii():
		return Text{s: t.s[len(t.s)-cells:], width: cells}
	}
	start, width := 0, t.width
	for width > cells {
		cluster, w, _ := next(t.s[start:])
		start += len(cluster)
		width -= w
	}
	return Text{s: t.s[start:], width: width}
}
