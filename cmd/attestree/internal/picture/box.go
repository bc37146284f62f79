package picture

import (
	"fmt"
	"image/color"
	"strings"
)

// box is a box-drawing character (U+2500…): which edges of its cell its lines reach. They are drawn as lines because
// the letters of fonts leave gaps between rows.
type box struct {
	up, right, down, left bool
	heavy                 bool
}

var boxes = map[string]box{
	"─": {right: true, left: true}, "│": {up: true, down: true},
	"━": {right: true, left: true, heavy: true}, "┃": {up: true, down: true, heavy: true},
	"┌": {right: true, down: true}, "┐": {down: true, left: true},
	"└": {up: true, right: true}, "┘": {up: true, left: true},
	"├": {up: true, right: true, down: true}, "┤": {up: true, down: true, left: true},
	"┬": {right: true, down: true, left: true}, "┴": {up: true, right: true, left: true},
	"┼": {up: true, right: true, down: true, left: true},
	"╭": {right: true, down: true}, "╮": {down: true, left: true},
	"╰": {up: true, right: true}, "╯": {up: true, left: true},
}

func (d *drawing) box(b box, ink color.RGBA, x, top float64) {
	middleX, middleY := x+cellWidth/2, top+cellHeight/2
	var path strings.Builder
	arm := func(there bool, toX, toY float64) {
		if there {
			fmt.Fprintf(&path, "M%.2f %.1fL%.2f %.1f", middleX, middleY, toX, toY)
		}
	}
	arm(b.up, middleX, top)
	arm(b.right, x+cellWidth, middleY)
	arm(b.down, middleX, top+cellHeight)
	arm(b.left, x, middleY)
	width := 1.2
	if b.heavy {
		width = 2.8
	}
	fmt.Fprintf(&d.out, `<path d="%s" stroke="%s" stroke-width="%.1f" stroke-linecap="square"/>`+"\n", path.String(), css(ink), width)
}
