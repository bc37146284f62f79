package run

import (
	"io"
	"strings"

	"github.com/charmbracelet/colorprofile"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/cmd/attestree/internal/output/plain"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// PrintStyled writes a page for a person in the styles of the terminal.
func (a *App) PrintStyled(write func(*output.Page) error) error {
	w, styles := a.styled()
	page := output.NewPage(w, &styles)
	if a.Plain() {
		page.InWords()
	}
	return write(page)
}

// styled is stdout as it takes colours, and the styles for it.
func (a *App) styled() (io.Writer, theme.Styles) {
	profile := a.profile()
	return &colorprofile.Writer{Forward: a.Stdout, Profile: profile}, theme.New(theme.Options{
		Dark: a.dark(), Mono: profile <= colorprofile.ASCII, HighContrast: a.Flags.Theme == "high-contrast", ASCII: a.ASCII(), Profile: profile,
	})
}

// Print writes a tree in the form that was asked for.
func (a *App) Print(t *model.Tree, f output.Facts) error {
	if a.Flags.Output == "json" {
		return output.JSON(a.Stdout, t, f)
	}
	if a.Plain() {
		return plain.New(t, f).Tree(safe.NewWriter(a.Stdout))
	}
	w, styles := a.styled()
	if !a.ASCII() {
		return output.Text(w, t, f, &styles)
	}
	var text strings.Builder
	if err := output.Text(&text, t, f, &styles); err != nil {
		return err
	}
	_, err := io.WriteString(w, safe.ASCII(text.String()))
	return err
}

// Plain reports whether text is wanted that a screen reader can follow: by --plain, the settings, or ACCESSIBLE, which
// other programs of the kind know too.
func (a *App) Plain() bool { return a.Flags.plain || a.Getenv("ACCESSIBLE") != "" }

// Say writes text of ours on stdout; what it quotes is made harmless.
func (a *App) Say(text string) error {
	_, err := io.WriteString(safe.NewWriter(a.Stdout), text)
	return err
}

// Tell says something on stderr.
func (a *App) Tell(text string) {
	_, _ = io.WriteString(safe.NewWriter(a.Stderr), "attestree: "+text+"\n") // where stderr is gone there is nobody to tell
}
