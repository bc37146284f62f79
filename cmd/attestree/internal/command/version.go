package command

import (
	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
)

// newVersion is --version for those who look for a command of that name; without it the word is taken for an image.
func newVersion(a *run.App) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Say which version this is", Args: run.NoArguments,
		RunE: func(*cobra.Command, []string) error { return a.Say("attestree version " + a.Version + "\n") },
	}
}
