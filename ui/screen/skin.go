package screen

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// Drawing is how every screen is drawn, and which keys it has.
type Drawing struct {
	ASCII       bool          // no glyph outside ASCII
	NoColor     bool          // bold and reverse only
	NoAnimation bool          // words instead of spinners
	NoMouse     bool          // leave the mouse to the terminal
	Theme       string        // "auto" (or ""), "dark", "light", "high-contrast" or "mono"
	Keys        keymap.Choice // in place of the default ones
}

// Skin is how a screen looks on its terminal, as far as that is known, and how large it is.
type Skin struct {
	drawing Drawing
	dark    bool // the terminal's background, as far as is known
	profile colorprofile.Profile
	Styles  *theme.Styles
	Width   int
	Height  int
}

// NewSkin is how a screen looks before its terminal has told of itself.
func NewSkin(opts Drawing) Skin {
	s := Skin{drawing: opts, dark: opts.Theme != "light", profile: colorprofile.TrueColor}
	s.Styles = s.chooseStyles()
	return s
}

// Ask asks the terminal for its background, where the theme depends on it.
func (s Skin) Ask() tea.Cmd {
	if s.byBackground() {
		return tea.RequestBackgroundColor
	}
	return nil
}

func (s Skin) byBackground() bool {
	switch s.drawing.Theme {
	case "", "auto", "high-contrast":
		return true
	}
	return false
}

// Learn takes what the terminal tells of itself.
func (s Skin) Learn(msg tea.Msg) Skin {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.Width, s.Height = msg.Width, msg.Height
		return s
	case tea.BackgroundColorMsg:
		if !s.byBackground() {
			return s
		}
		s.dark = msg.IsDark()
	case tea.ColorProfileMsg:
		s.profile = msg.Profile
	default:
		return s
	}
	s.Styles = s.chooseStyles()
	return s
}

// chooseStyles makes the theme for the terminal as far as it is known.
func (s Skin) chooseStyles() *theme.Styles {
	styles := theme.New(theme.Options{
		Dark: s.dark, Mono: s.drawing.NoColor || s.drawing.Theme == "mono", HighContrast: s.drawing.Theme == "high-contrast",
		ASCII: s.drawing.ASCII, Profile: s.profile,
	})
	return &styles
}

// Content is the rows of a screen as the terminal gets them.
func (s Skin) Content(screen string) string {
	screen = s.warned(screen)
	if s.drawing.ASCII {
		return safe.ASCII(screen)
	}
	return screen
}

// leastWarned is the width from which there is room for a warning, in cells.
const leastWarned = 20

// warned is a screen that says in its corner how many signs on it stand for hidden characters, whatever it shows and
// however it looks: a sign alone may be taken for a word of the program, or be overlooked.
func (s Skin) warned(screen string) string {
	n := safe.Signs(screen)
	if n == 0 || s.Width < leastWarned {
		return screen
	}
	said := safe.Format(" %s %s hidden characters ", s.Styles.Glyphs.Warning, safe.Int(n))
	if n == 1 {
		said = safe.Format(" %s 1 hidden character ", s.Styles.Glyphs.Warning)
	}
	if said.Width() > s.Width/2 {
		said = safe.Format(" %s %s hidden ", s.Styles.Glyphs.Warning, safe.Int(n))
	}
	drawn := rows.NewBuilder(said.Width()).Add(s.Styles.Hidden, said).String()
	return safe.Corner(screen, s.Width, drawn, said.Width())
}

// TooSmallRows is what stands where nothing else fits, in as many cells as there are.
func (s Skin) TooSmallRows(quit key.Binding) []string {
	text := safe.Format("attestree needs 40 columns and 10 rows. Make the window larger, or press %s to quit.", keymap.FirstKey(quit))
	lines := rows.Wrap(text, s.Width, s.Height)
	out := make([]string, len(lines))
	for i, t := range lines {
		out[i] = t.String()
	}
	return out
}
