package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
)

// palette is the tokens that styles are made of. A token is a whole look because what dims a text, or shows that it is
// selected, is a colour on one terminal and an attribute on another.
type palette struct {
	text                       look // running text; the terminal's own look but in high contrast
	accent, good, caution, bad look // the hues
	dim                        look // secondary text
	data                       look // numbers and literals in JSON: means nothing
	faint                      look // lines and ornaments: may be barely there
	selected                   look // the row under the cursor in the pane with the focus
	parked                     look // the same in a pane without the focus
	match                      look // what a search found
	bar                        look // header and status line
}

func hex(s string) color.Color { return lipgloss.Color(s) }

func ink(s string) look { return look{fg: hex(s)} }

// dark is for light text on a dark background.
func dark() palette {
	return palette{
		accent:   ink("#87afff"),
		good:     ink("#87d787"),
		caution:  ink("#d7af5f"),
		bad:      ink("#ff8787"),
		dim:      ink("#a8a8a8"),
		data:     ink("#87d7d7"),
		faint:    ink("#626262"),
		selected: look{bg: hex("#3a3a3a"), bold: true},
		parked:   look{bg: hex("#303030")},
		match:    look{fg: hex("#1c1c1c"), bg: hex("#d7af5f")},
		bar:      look{bg: hex("#262626")},
	}
}

// light is for dark text on a light background.
func light() palette {
	return palette{
		accent:   ink("#005faf"),
		good:     ink("#005f00"),
		caution:  ink("#875f00"),
		bad:      ink("#af0000"),
		dim:      ink("#585858"),
		data:     ink("#005f5f"),
		faint:    ink("#a8a8a8"),
		selected: look{bg: hex("#e4e4e4"), bold: true},
		parked:   look{bg: hex("#eeeeee")},
		match:    look{fg: hex("#1c1c1c"), bg: hex("#ffd75f")},
		bar:      look{bg: hex("#eeeeee")},
	}
}

// strongOnDark is high contrast on a dark background: text is white, nothing is dimmed, and every colour is 7:1 or more
// to black (WCAG 2, AAA). What is selected is reversed.
func strongOnDark() palette {
	return palette{
		text:     ink("#ffffff"),
		accent:   ink("#5fd7ff"),
		good:     ink("#00ff00"),
		caution:  ink("#ffff00"),
		bad:      ink("#ff8787"),
		dim:      ink("#ffffff"),
		data:     ink("#5fffff"),
		faint:    ink("#bcbcbc"),
		selected: look{reverse: true, bold: true},
		parked:   look{underline: true, bold: true},
		match:    look{fg: hex("#000000"), bg: hex("#ffff00")},
	}
}

// strongOnLight is high contrast on a light background.
func strongOnLight() palette {
	return palette{
		text:     ink("#000000"),
		accent:   ink("#00005f"),
		good:     ink("#005f00"),
		caution:  ink("#5f005f"),
		bad:      ink("#870000"),
		dim:      ink("#000000"),
		data:     ink("#00005f"),
		faint:    ink("#444444"),
		selected: look{reverse: true, bold: true},
		parked:   look{underline: true, bold: true},
		match:    look{fg: hex("#ffffff"), bg: hex("#00005f")},
	}
}

// sixteen uses the terminal owner's own colours, of which only hue can be relied on. On a dark background blue is often
// too dark to read and bright black the background itself, so cyan leads the eye and faintness dims. On a light one it
// is yellow and cyan that vanish: magenta warns there and blue leads.
func sixteen(o Options) palette {
	p := palette{
		accent:   look{fg: lipgloss.Cyan},
		good:     look{fg: lipgloss.Green},
		caution:  look{fg: lipgloss.Yellow},
		bad:      look{fg: lipgloss.Red},
		dim:      look{faint: true},
		faint:    look{faint: true},
		selected: look{reverse: true},
		parked:   look{underline: true},
		match:    look{fg: lipgloss.Black, bg: lipgloss.Yellow},
	}
	if !o.Dark {
		p.accent, p.caution = look{fg: lipgloss.Blue}, look{fg: lipgloss.Magenta}
	}
	if o.HighContrast {
		p.dim, p.faint, p.selected.bold, p.parked.bold = look{}, look{}, true, true
		if o.Dark {
			p.accent, p.good, p.caution, p.bad = look{fg: lipgloss.BrightCyan}, look{fg: lipgloss.BrightGreen},
				look{fg: lipgloss.BrightYellow}, look{fg: lipgloss.BrightRed}
		}
	}
	return p
}

// mono is without colour.
func mono() palette {
	return palette{
		bad:      look{bold: true},
		dim:      look{faint: true},
		faint:    look{faint: true},
		selected: look{reverse: true},
		parked:   look{underline: true},
		match:    look{reverse: true},
	}
}

func (l look) bolder() look {
	l.bold, l.faint = true, false
	return l
}

func (l look) slanted() look {
	l.italic = true
	return l
}

func (l look) underlined() look {
	l.underline = true
	return l
}
