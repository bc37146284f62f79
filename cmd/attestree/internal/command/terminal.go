package command

import (
	"os"
	"strings"

	"github.com/charmbracelet/colorprofile"
)

// noColor follows no-color.org: any value but the empty one.
func (a *app) noColor() bool { return a.Getenv("NO_COLOR") != "" || a.flags.theme == "mono" }

// ascii is true where the terminal is not known to show more: the flag, a Linux console, a dumb terminal, or a locale
// without UTF-8.
func (a *app) ascii() bool {
	if term := a.Getenv("TERM"); a.flags.ascii || term == "linux" || term == "dumb" {
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
func (a *app) profile() colorprofile.Profile {
	switch {
	case !a.Color:
		return colorprofile.NoTTY
	case a.noColor():
		return colorprofile.ASCII
	}
	return colorprofile.Detect(a.Stdout, os.Environ())
}

// dark is whether text on stdout stands on a dark background: as the person says, else as most terminals are. Asking
// the terminal could swallow what was typed ahead for the shell.
func (a *app) dark() bool { return a.flags.theme != "light" }
