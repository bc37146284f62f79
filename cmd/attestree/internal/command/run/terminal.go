package run

import (
	"os"
	"strings"

	"github.com/charmbracelet/colorprofile"
)

// NoColor follows no-color.org: any value but the empty one.
func (a *App) NoColor() bool { return a.Getenv("NO_COLOR") != "" || a.Flags.Theme == "mono" }

// ASCII is true where the terminal is not known to show more: the flag, a Linux console, a dumb terminal, or a locale
// without UTF-8.
func (a *App) ASCII() bool {
	if term := a.Getenv("TERM"); a.Flags.ascii || term == "linux" || term == "dumb" {
		return true
	}
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := strings.ToUpper(a.Getenv(name)); locale != "" {
			return !strings.Contains(locale, "UTF-8") && !strings.Contains(locale, "UTF8")
		}
	}
	return false
}

// profile is how many colours text on stdout may have.
func (a *App) profile() colorprofile.Profile {
	switch {
	case !a.Color:
		return colorprofile.NoTTY
	case a.NoColor():
		return colorprofile.ASCII
	}
	return colorprofile.Detect(a.Stdout, os.Environ())
}

// dark is whether text on stdout stands on a dark background: as the person says, else as most terminals are. Asking
// the terminal could swallow what was typed ahead for the shell.
func (a *App) dark() bool { return a.Flags.Theme != "light" }
