package command

import (
	"github.com/charmbracelet/colorprofile"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/ui/theme"
)

// printStyled writes a page for a person in the styles of the terminal.
func (a *app) printStyled(write func(*output.Page) error) error {
	profile := a.profile()
	styles := theme.New(theme.Options{
		Dark: a.dark(), Mono: profile <= colorprofile.ASCII, HighContrast: a.flags.theme == "high-contrast", ASCII: a.ascii(), Profile: profile,
	})
	return write(output.NewPage(&colorprofile.Writer{Forward: a.Stdout, Profile: profile}, &styles))
}
