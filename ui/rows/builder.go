package rows

import (
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// Part is a piece of a row.
type Part struct {
	Style theme.Style
	Text  safe.Text
}

// Builder draws rows of one width, one after the other: Start, Right and Add in this order, then String. What does not
// fit ends in …; what is left over is filled. The zero value draws rows of no width.
type Builder struct {
	width  int
	hidden theme.Style // of replaced characters
	row    theme.Style // of the whole row
	right  []Part
	room   int // cells left for Add
	buf    []byte
	open   string // prefix of the style that is switched on in buf

	last   Part // what was added last, to shorten it when more comes and no room is left
	lastAt int  // where it begins in buf
	before string
	full   bool
}

// NewBuilder makes a builder for rows of that width.
func NewBuilder(width int) *Builder {
	b := &Builder{width: max(width, 0)}
	b.Start(theme.Style{})
	return b
}

// MarkHidden draws what stands for hidden characters in a style of its own, in every row from the next one on.
func (b *Builder) MarkHidden(style theme.Style) *Builder {
	b.hidden = style
	return b.Start(b.row)
}

// Start begins a row. style is the whole row's, such as a selection; the zero value for an ordinary one.
func (b *Builder) Start(style theme.Style) *Builder {
	*b = Builder{width: b.width, hidden: b.hidden, row: style, room: b.width, buf: b.buf[:0], right: b.right[:0]}
	return b
}

// Right puts a part at the right end, after those put there before. It has to be said before anything is added, because
// it takes from the room on the left, of which it always leaves half; it is cut to the rest. A part that must not touch
// the left ones begins with a space.
func (b *Builder) Right(style theme.Style, text safe.Text) *Builder {
	text = text.Truncate(max(b.room-b.width/2, 0))
	if !text.Empty() {
		b.right = append(b.right, Part{Style: style, Text: text})
		b.room -= text.Width()
	}
	return b
}

// Add appends a part.
func (b *Builder) Add(style theme.Style, text safe.Text) *Builder {
	switch {
	case text.Empty(), b.full:
		return b
	case text.Width() > b.room && b.room > 0:
		text = text.Truncate(b.room)
		b.full = true
	case text.Width() > b.room:
		b.shorten()
		return b
	}
	b.last, b.lastAt, b.before = Part{Style: style, Text: text}, len(b.buf), b.open
	b.write(style, text)
	b.room -= text.Width()
	return b
}

// shorten puts an ellipsis over the end of what was added last, because something after it was left out.
func (b *Builder) shorten() {
	b.full = true
	width := b.last.Text.Width()
	if width == 0 {
		return
	}
	b.buf, b.open = b.buf[:b.lastAt], b.before
	// One cell more than there is makes Truncate cut; a wide character at the end may leave a cell free.
	text := safe.Concat(b.last.Text, safe.Spaces(1)).Truncate(width)
	b.write(b.last.Style, text)
	b.room += width - text.Width()
}

// String is the row, exactly as wide as the builder.
func (b *Builder) String() string {
	if b.room > 0 {
		b.write(theme.Style{}, safe.Spaces(b.room))
		b.room = 0
	}
	for _, p := range b.right {
		b.write(p.Style, p.Text)
	}
	b.right = b.right[:0]
	b.full = true
	b.switchTo("", "")
	return string(b.buf)
}

// write appends text in a style on the row's own, and what was replaced in it in the style for that.
func (b *Builder) write(style theme.Style, text safe.Text) {
	if text.Hidden() == 0 || b.hidden.Prefix() == "" {
		b.writePiece(style, text)
		return
	}
	for piece, replaced := range text.Pieces() {
		if replaced {
			b.writePiece(b.hidden, piece)
		} else {
			b.writePiece(style, piece)
		}
	}
}

func (b *Builder) writePiece(style theme.Style, text safe.Text) {
	switch row := b.row.Prefix(); {
	case style.Prefix() == "", b.row.Reverses():
		b.switchTo(row, "")
	default:
		b.switchTo(style.Prefix(), row)
	}
	b.buf = append(b.buf, text.String()...)
}

// switchTo ends the style that is on and begins another, made of two prefixes of which the second wins.
func (b *Builder) switchTo(first, second string) {
	if len(b.open) == len(first)+len(second) && b.open[:len(first)] == first && b.open[len(first):] == second {
		return
	}
	if b.open != "" {
		b.buf = append(b.buf, theme.Reset...)
	}
	at := len(b.buf)
	b.buf = append(append(b.buf, first...), second...)
	b.open = first
	if second != "" {
		b.open = string(b.buf[at:])
	}
}
