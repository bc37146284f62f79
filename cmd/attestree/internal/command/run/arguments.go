package run

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
)

// OneSource accepts at most one argument.
func OneSource(_ *cobra.Command, args []string) error {
	if len(args) > 1 {
		return exit.Usage(fmt.Errorf("%d sources given; attestree looks at one at a time", len(args)))
	}
	return nil
}

// ExactlyOneSource accepts one argument.
func ExactlyOneSource(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return exit.Usage(fmt.Errorf("no source given: want %s", cmd.Use))
	}
	return OneSource(cmd, args)
}

// NoArguments is for commands that look at nothing that could be named.
func NoArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return exit.Usage(fmt.Errorf("%s takes no argument", cmd.CommandPath()))
	}
	return nil
}
