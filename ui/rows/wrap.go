package rows

import "github.com/attestree/attestree/ui/safe"

// Wrap breaks a text into at most that many rows of at most width cells, between words where it can. Where there is
// more, the last row ends in …. It looks at each character once, so that it may be given a megabyte; what it returns
// shares the text's memory.
func Wrap(text safe.Text, width, limit int) []safe.Text {
	if width <= 0 || limit <= 0 {
		return nil
	}
	var lines []safe.Text
	for len(lines) < limit-1 && text.Width() > width {
		head, rest := text.Break(width)
		if head.Empty() {
			break // a wide character in a narrow column: Truncate below says that something is missing
		}
		lines, text = append(lines, head), rest
	}
	return append(lines, text.Truncate(width))
}
