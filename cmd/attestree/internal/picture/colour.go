package picture

import (
	"image/color"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// colours are those that a terminal's owner chose.
type colours struct {
	foreground, background color.RGBA
	sixteen                [16]color.RGBA
}

func rgb(hex uint32) color.RGBA {
	return color.RGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

func terminalColours(dark bool) colours {
	if dark {
		return colours{
			foreground: rgb(0xd8dbe2), background: rgb(0x16181d),
			sixteen: [16]color.RGBA{
				rgb(0x16181d), rgb(0xe06c75), rgb(0x8cc27f), rgb(0xd8b26a), rgb(0x6a9fe0), rgb(0xb98fd8), rgb(0x62b6c0), rgb(0xc5c9d2),
				rgb(0x6b7280), rgb(0xf08b93), rgb(0xa6dc98), rgb(0xecca86), rgb(0x8ab8f2), rgb(0xd0aeea), rgb(0x84d3dc), rgb(0xffffff),
			},
		}
	}
	return colours{
		foreground: rgb(0x24292f), background: rgb(0xffffff),
		sixteen: [16]color.RGBA{
			rgb(0x24292f), rgb(0xb3202a), rgb(0x1f6f2b), rgb(0x8a5a00), rgb(0x1257b0), rgb(0x7a3a9e), rgb(0x14707a), rgb(0x6b7280),
			rgb(0x8c959f), rgb(0xcf222e), rgb(0x2a8a3a), rgb(0xa06a00), rgb(0x1f6fd6), rgb(0x9146bd), rgb(0x1b8a96), rgb(0xf6f8fa),
		},
	}
}

// of is the ink and the background of a style.
func (c colours) of(s uv.Style) (ink, background color.RGBA) {
	ink, background = c.solid(s.Fg, c.foreground), c.solid(s.Bg, c.background)
	if s.Attrs&uv.AttrReverse != 0 {
		ink, background = background, ink
	}
	if s.Attrs&uv.AttrFaint != 0 {
		ink = mix(ink, background)
	}
	if s.Attrs&uv.AttrConceal != 0 {
		ink = background
	}
	return ink, background
}

// solid is a colour as this terminal shows it; none is the given one.
func (c colours) solid(of color.Color, none color.RGBA) color.RGBA {
	switch of := of.(type) {
	case nil:
		return none
	case ansi.BasicColor:
		return c.sixteen[of%16]
	case ansi.IndexedColor:
		if of < 16 {
			return c.sixteen[of]
		}
	}
	r, g, b, _ := of.RGBA()
	return color.RGBA{R: uint8(r >> 8), G: uint8(g >> 8), B: uint8(b >> 8), A: 0xff}
}

// mix is three parts of one colour and two of another, as terminals draw faint text.
func mix(a, b color.RGBA) color.RGBA {
	part := func(x, y uint8) uint8 { return uint8((3*int(x) + 2*int(y)) / 5) }
	return color.RGBA{R: part(a.R, b.R), G: part(a.G, b.G), B: part(a.B, b.B), A: 0xff}
}
