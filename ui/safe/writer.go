package safe

import (
	"fmt"
	"io"
	"strings"
)

// Writer passes text on with everything replaced that a terminal would obey or not show, except line feeds. It is for
// whole texts, such as error messages: each Write is looked at alone, and a character that is split over two of them
// comes out as the bytes that it is made of.
type Writer struct{ w io.Writer }

// NewWriter returns a Writer that passes text on to w.
func NewWriter(w io.Writer) *Writer { return &Writer{w: w} }

// Write sanitises p and writes it. It reports all of p as written when what became of it was.
func (w *Writer) Write(p []byte) (int, error) {
	var b strings.Builder
	b.Grow(len(p))
	for rest, more := string(p), true; more; {
		var line string
		line, rest, more = strings.Cut(rest, "\n")
		b.WriteString(indented(line).s)
		if more {
			b.WriteByte('\n')
		}
	}
	if _, err := io.WriteString(w.w, b.String()); err != nil {
		return 0, fmt.Errorf("write text: %w", err)
	}
	return len(p), nil
}
