package theme

import (
	"github.com/charmbracelet/colorprofile"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
)

// Options say what the terminal can do and what its owner wants. The zero value is a light terminal of unknown
// abilities without colour; see colorprofile.Detect for what to put into Profile.
type Options struct {
	Dark bool // the background is dark
	Mono bool // no colour, whatever the terminal can do
	// HighContrast is nothing dimmed, and the strongest colours.
	HighContrast bool
	ASCII        bool // no characters beyond ASCII in what is ours
	Profile      colorprofile.Profile
}

// Styles is one theme, ready to draw with.
type Styles struct {
	Glyphs  Glyphs
	Options Options

	Text, Strong, Quiet, Faint Style // running text; Faint is for lines and ornaments only

	Brand, Title, TitleFocused Style // the program's name, a pane's title
	Bar                        Style // the row style of header and status line
	Border, BorderFocused      Style
	Tab, TabActive             Style

	Selection, SelectionParked Style // row styles; parked is in a pane without the focus
	Marker                     Style // of Glyphs.Cursor
	Match                      Style // what a search found
	ScrollThumb, ScrollTrack   Style

	Key, KeyHelp, Prompt, Link Style // a key in a hint, what it does, before an input, where enter leads
	Heading                    Style // above a group of lines
	Label                      Style // left of a value
	Claim                      Style // what the bytes say and nothing has proven
	Badge                      Style // counters and small remarks
	Good, Warning, Bad         Style // outside of verdicts
	Hidden                     Style // what stands for a hidden character

	JSONKey, JSONString, JSONNumber, JSONLiteral, JSONPunctuation Style

	verdicts [numVerdicts]Mark
	// vouched is Covered by something that is not trusted although signers are pinned.
	vouched Mark
}

const numVerdicts = int(model.Unavailable) + 1

// New makes the styles for a terminal.
func New(o Options) Styles {
	p := choose(o)
	s := Styles{
		Options: o, Glyphs: unicodeGlyphs(),
		Text: p.text.style(), Strong: p.text.bolder().style(), Quiet: p.dim.style(), Faint: p.faint.style(),
		Brand: p.accent.bolder().style(), Title: p.dim.style(), TitleFocused: p.accent.bolder().style(),
		Bar: p.bar.style(), Border: p.faint.style(), BorderFocused: p.accent.style(),
		Tab: p.dim.style(), TabActive: p.accent.bolder().underlined().style(),
		Selection: p.selected.style(), SelectionParked: p.parked.style(),
		Marker: p.accent.bolder().style(), Match: p.match.style(),
		ScrollThumb: p.accent.style(), ScrollTrack: p.faint.style(),
		Key: p.accent.style(), KeyHelp: p.dim.style(), Prompt: p.accent.bolder().style(),
		Link: p.accent.underlined().style(), Label: p.dim.style(),
		Heading: p.text.bolder().style(),
		Claim:   p.text.slanted().style(), Badge: p.dim.style(),
		Good: p.good.style(), Warning: p.caution.style(), Bad: p.bad.style(), Hidden: p.caution.bolder().style(),
		JSONKey: p.accent.style(), JSONNumber: p.data.style(),
		JSONLiteral: p.data.style(), JSONPunctuation: p.dim.style(),
	}
	if o.ASCII {
		s.Glyphs = asciiGlyphs()
	}
	s.verdicts, s.vouched = marks(p, s.Glyphs)
	return s
}

func choose(o Options) palette {
	switch {
	case o.Mono, o.Profile <= colorprofile.ASCII:
		return mono()
	case o.Profile == colorprofile.ANSI:
		return sixteen(o)
	case o.HighContrast && o.Dark:
		return strongOnDark()
	case o.HighContrast:
		return strongOnLight()
	case o.Dark:
		return dark()
	}
	return light()
}

func marks(p palette, g Glyphs) (verdicts [numVerdicts]Mark, vouched Mark) {
	mark := func(v model.Verdict, glyph safe.Text, l look) {
		verdicts[v] = Mark{Glyph: glyph, Word: safe.Line(v.String()), Style: l.style()}
	}
	mark(model.Trusted, g.trusted, p.good.bolder())
	mark(model.Valid, g.valid, p.good)
	mark(model.Untrusted, g.untrusted, p.caution)
	mark(model.Covered, g.covered, p.accent)
	mark(model.Unsigned, g.unsigned, p.dim)
	mark(model.Invalid, g.invalid, p.bad.bolder())
	mark(model.Unverifiable, g.unverifiable, p.caution)
	mark(model.Unavailable, g.unavailable, p.caution)
	mark(model.Unchecked, g.nobody, p.dim)
	vouched = verdicts[model.Covered]
	vouched.Style = p.caution.style()
	return verdicts, vouched
}

// Verdict is how a verdict is shown. coverage matters for Covered alone: it is the standing of what vouches. A number
// that is no verdict is shown as unchecked.
func (s *Styles) Verdict(v, coverage model.Verdict) Mark {
	if v < 0 || int(v) >= numVerdicts {
		v = model.Unchecked
	}
	if v == model.Covered && coverage != model.Trusted && coverage != model.Valid {
		return s.vouched
	}
	return s.verdicts[v]
}

// Standing is how a node's standing is shown.
func (s *Styles) Standing(standing model.Standing) Mark {
	return s.Verdict(standing.Verdict, standing.Coverage)
}
