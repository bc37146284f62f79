package run

import (
	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/settings"
)

// SettleComfort has the settings decide what no flag does.
func (a *App) SettleComfort(cmd *cobra.Command) error {
	s, err := settings.Read()
	if err != nil {
		return err
	}
	given := func(flag string) bool { f := cmd.Flags().Lookup(flag); return f != nil && f.Changed }
	f := &a.Flags
	if s.Theme != "" && !given("theme") {
		f.Theme = s.Theme
	}
	for flag, decide := range map[string]struct {
		said *bool
		as   bool // what the flag is when the setting is true
		to   *bool
	}{
		"no-mouse": {s.Mouse, false, &f.NoMouse}, "no-animation": {s.Animation, false, &f.NoAnimated},
		"no-history": {s.History, false, &f.NoHistory}, "ascii": {s.ASCII, true, &f.ascii}, "plain": {s.Plain, true, &f.plain},
	} {
		if decide.said != nil && !given(flag) {
			*decide.to = *decide.said == decide.as
		}
	}
	a.Keys = s.Keys
	return nil
}
