package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/attestree/attestree/ui/safe"
)

// Reset ends every style (ECMA-48, SGR 0).
const Reset = "\x1b[m"

// Style is how a piece of text looks. Its zero value is the terminal's own look.
type Style struct {
	look   look
	prefix string
}

// look is what a style is made of. The zero value of each field leaves that to the terminal.
type look struct {
	fg, bg                                 color.Color
	bold, faint, italic, underline, strike bool
	// reverse also wins over the styles of the pieces that lie on it, which would come out as patches of background.
	reverse bool
}

func (l look) style() Style {
	if l == (look{}) {
		return Style{}
	}
	sgr := ansi.NewStyle()
	if l.bold {
		sgr = sgr.Bold()
	}
	if l.faint {
		sgr = sgr.Faint()
	}
	if l.italic {
		sgr = sgr.Italic(true)
	}
	if l.underline {
		sgr = sgr.Underline(true)
	}
	if l.strike {
		sgr = sgr.Strikethrough(true)
	}
	if l.reverse {
		sgr = sgr.Reverse(true)
	}
	if l.fg != nil {
		sgr = sgr.ForegroundColor(l.fg)
	}
	if l.bg != nil {
		sgr = sgr.BackgroundColor(l.bg)
	}
	return Style{look: l, prefix: sgr.String()}
}

// Prefix is the escape sequence that switches the style on, "" for the terminal's own look. Reset switches it off.
func (s Style) Prefix() string { return s.prefix }

// Render is the text in this style, as a string for the screen.
func (s Style) Render(t safe.Text) string {
	if s.prefix == "" || t.Empty() {
		return t.String()
	}
	return s.prefix + t.String() + Reset
}

// Reverses reports whether the style swaps foreground and background and so outshines what lies on it.
func (s Style) Reverses() bool { return s.look.reverse }

// Bold is the style in bold.
func (s Style) Bold() Style {
	l := s.look
	l.bold, l.faint = true, false
	return l.style()
}

// Lip is the style for chrome that lipgloss lays out.
func (s Style) Lip() lipgloss.Style {
	l := lipgloss.NewStyle().Bold(s.look.bold).Faint(s.look.faint).Italic(s.look.italic).
		Underline(s.look.underline).Strikethrough(s.look.strike).Reverse(s.look.reverse)
	if s.look.fg != nil {
		l = l.Foreground(s.look.fg)
	}
	if s.look.bg != nil {
		l = l.Background(s.look.bg)
	}
	return l
}

// Mark is a state as it is shown: a glyph one cell wide, a word, and the style of both.
type Mark struct {
	Glyph safe.Text
	Word  safe.Text
	Style Style
}

// Text is the glyph and the word.
func (m Mark) Text() safe.Text { return safe.Join(safe.Spaces(1), m.Glyph, m.Word) }
