package picture

import (
	"strings"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
)

// run is cells beside each other that are drawn as one.
type run struct {
	x, width int
	style    uv.Style
	text     string
	blank    bool // nothing but spaces
}

// runs divides a row. Characters beyond ASCII are runs of their own: a font that lacks them is replaced by one with
// letters of another width, which would move what follows.
func runs(line uv.Line) []run {
	var all []run
	for x := 0; x < len(line); {
		cell := line.At(x)
		if cell == nil || cell.Width == 0 {
			x++
			continue
		}
		next := run{
			x: x, width: cell.Width, style: cell.Style, text: cell.Content, blank: strings.TrimSpace(cell.Content) == "",
		}
		if n := len(all); n > 0 && all[n-1].joins(next) {
			all[n-1].width += next.width
			all[n-1].text += next.text
		} else {
			all = append(all, next)
		}
		x += cell.Width
	}
	return all
}

// joins reports whether two runs, the second a single cell, may become one.
func (r run) joins(next run) bool {
	return r.blank == next.blank && r.x+r.width == next.x && r.style.Equal(&next.style) && ascii(r.text) && ascii(next.text)
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
