// Package picture draws a frame of the screen as SVG, for the documentation: what a terminal would show, with its
// colours, weights and selections. The same frame gives the same bytes.
//
// The package knows cells. It must not know what is on the screen.
package picture

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image/color"

	uv "github.com/charmbracelet/ultraviolet"
)

// Options say how a frame is drawn.
type Options struct {
	Columns, Rows int    // of the terminal
	Dark          bool   // the terminal's background
	Title         string // what the picture shows, for those who cannot see it
}

// Sizes in pixels. A letter of DejaVu Sans Mono is 0.602 as wide as its font is large, most other fonts 0.6.
const (
	fontSize   = 14
	cellWidth  = 8.43
	cellHeight = 18
	baseline   = 13.5 // of a row, from its top
	margin     = 10
)

const fonts = "'DejaVu Sans Mono','Cascadia Mono',Menlo,Consolas,monospace"

// SVG draws a frame, which is lines of text with SGR sequences.
func SVG(frame string, o Options) []byte {
	screen := uv.NewScreenBuffer(max(o.Columns, 0), max(o.Rows, 0))
	uv.NewStyledString(frame).Draw(screen, screen.Bounds())
	d := drawing{terminal: terminalColours(o.Dark)}
	width, height := float64(screen.Width())*cellWidth+2*margin, screen.Height()*cellHeight+2*margin
	fmt.Fprintf(&d.out, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%d" viewBox="0 0 %.2f %d" role="img">`+"\n",
		width, height, width, height)
	fmt.Fprintf(&d.out, "<title>%s</title>\n", escape(o.Title))
	fmt.Fprintf(&d.out, `<rect width="100%%" height="100%%" rx="6" fill="%s"/>`+"\n", css(d.terminal.background))
	fmt.Fprintf(&d.out, `<g font-family="%s" font-size="%d" transform="translate(%d %d)" xml:space="preserve">`+"\n",
		fonts, fontSize, margin, margin)
	for y := range screen.Height() {
		d.row(screen.Line(y), y)
	}
	d.out.WriteString("</g>\n</svg>\n")
	return d.out.Bytes()
}

// drawing is a picture in the making.
type drawing struct {
	out      bytes.Buffer
	terminal colours
}

// row draws one row of cells: backgrounds first, since letters may reach over the edge of their cell.
func (d *drawing) row(line uv.Line, y int) {
	pieces := runs(line)
	for i := 0; i < len(pieces); {
		_, background := d.terminal.of(pieces[i].style)
		from := pieces[i].x
		for ; i < len(pieces); i++ { // one rectangle per stretch: seams would show
			if _, next := d.terminal.of(pieces[i].style); next != background {
				break
			}
		}
		to := pieces[i-1].x + pieces[i-1].width
		if background != d.terminal.background {
			fmt.Fprintf(&d.out, `<rect x="%.2f" y="%d" width="%.2f" height="%d" fill="%s" shape-rendering="crispEdges"/>`+"\n",
				float64(from)*cellWidth, y*cellHeight, float64(to-from)*cellWidth, cellHeight, css(background))
		}
	}
	for _, r := range pieces {
		d.text(r, y)
	}
}

// text draws what stands in a run of cells.
func (d *drawing) text(r run, y int) {
	ink, _ := d.terminal.of(r.style)
	x, top := float64(r.x)*cellWidth, float64(y*cellHeight)
	d.lines(r, ink, x, top)
	if r.blank {
		return
	}
	if box, ok := boxes[r.text]; ok {
		d.box(box, ink, x, top)
		return
	}
	fmt.Fprintf(&d.out, `<text x="%.2f" y="%.1f" textLength="%.2f" lengthAdjust="spacingAndGlyphs" fill="%s"`,
		x, top+baseline, float64(r.width)*cellWidth, css(ink))
	if r.style.Attrs&uv.AttrBold != 0 {
		d.out.WriteString(` font-weight="bold"`)
	}
	if r.style.Attrs&uv.AttrItalic != 0 {
		d.out.WriteString(` font-style="italic"`)
	}
	fmt.Fprintf(&d.out, ">%s</text>\n", escape(r.text))
}

// lines draws the line under a run or through it.
func (d *drawing) lines(r run, ink color.RGBA, x, top float64) {
	line := func(y float64) {
		fmt.Fprintf(&d.out, `<rect x="%.2f" y="%.1f" width="%.2f" height="1" fill="%s"/>`+"\n",
			x, y, float64(r.width)*cellWidth, css(ink))
	}
	if r.style.Underline != uv.UnderlineNone {
		line(top + baseline + 2)
	}
	if r.style.Attrs&uv.AttrStrikethrough != 0 {
		line(top + cellHeight/2)
	}
}

// escape makes any text fit for XML; what XML cannot hold becomes U+FFFD.
func escape(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}

func css(c color.RGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }
