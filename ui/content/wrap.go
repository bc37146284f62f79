package content

import (
	"unicode/utf8"

	"github.com/attestree/attestree/ui/safe"
)

// Wrap finds where rows begin when bytes are shown as text in that many cells: after line feeds, and where a line
// is full. It looks at every byte once, so a line of many megabytes costs what as many bytes in short lines do.
func Wrap(b []byte, width int) []int32 {
	if len(b) == 0 || width < 1 {
		return nil
	}
	starts := []int32{0}
	used := 0
	for i := 0; i < len(b); {
		if b[i] == '\n' {
			i++
			used = 0
			if i < len(b) {
				starts = append(starts, int32(i))
			}
			continue
		}
		size, cells := measure(b[i:])
		if used+cells > width && used > 0 {
			starts = append(starts, int32(i))
			used = 0
		}
		used += cells
		i += size
	}
	return starts
}

// measure is the length of the first character in bytes and the most cells that it can take once it is safe.
func measure(b []byte) (size, cells int) {
	if b[0] >= ' ' && b[0] <= '~' {
		return 1, 1
	}
	if b[0] == '\t' {
		return 1, 1
	}
	_, size = utf8.DecodeRune(b)
	return size, safe.Bytes(b[:size]).Width()
}

// Row is row i of b without its line end.
func Row(b []byte, starts []int32, i int) []byte {
	end := len(b)
	if i+1 < len(starts) {
		end = int(starts[i+1])
	}
	row := b[starts[i]:end]
	if n := len(row); n > 0 && row[n-1] == '\n' {
		row = row[:n-1]
	}
	if n := len(row); n > 0 && row[n-1] == '\r' {
		row = row[:n-1]
	}
	return row
}

// IsText reports whether bytes are worth showing as text: the beginning is valid UTF-8 without NUL.
func IsText(b []byte) bool {
	const enough = 8 << 10
	head := b[:min(len(b), enough)]
	for i := 0; i < len(head); {
		r, size := utf8.DecodeRune(head[i:])
		if r == 0 || r == utf8.RuneError && size == 1 && (len(head) == len(b) || i < len(head)-utf8.UTFMax) {
			return false
		}
		i += size
	}
	return true
}
