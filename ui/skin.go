package ui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// skin is how a screen looks on its terminal, as far as that is known, and how large it is.
type skin struct {
	options Options
	dark    bool // the terminal's background, as far as is known
	profile colorprofile.Profile
	styles  *theme.Styles
	width   int
	height  int
}

func newSkin(opts Options) skin {
	s := skin{options: opts, dark: opts.Theme != "light", profile: colorprofile.TrueColor}
	s.styles = s.chooseStyles()
	return s
}

// ask asks the terminal for its background, where the theme depends on it.
func (s skin) ask() tea.Cmd {
	if s.byBackground() {
		return tea.RequestBackgroundColor
	}
	return nil
}

func (s skin) byBackground() bool {
	switch s.options.Theme {
	case "", "auto", "high-contrast":
		return true
	}
	return false
}

// learn takes what the terminal tells of itself.
func (s skin) learn(msg tea.Msg) skin {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.width, s.height = msg.Width, msg.Height
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
	s.styles = s.chooseStyles()
	return s
}

// chooseStyles makes the theme for the terminal as far as it is known.
func (s skin) chooseStyles() *theme.Styles {
	styles := theme.New(theme.Options{
		Dark: s.dark, Mono: s.options.NoColor || s.options.Theme == "mono", HighContrast: s.options.Theme == "high-contrast",
		ASCII: s.options.ASCII, Profile: s.profile,
	})
	return &styles
}

// content is the rows of a screen as the terminal gets them.
func (s skin) content(rows string) string {
	if s.options.ASCII {
		return safe.ASCII(rows)
	}
	return rows
}
