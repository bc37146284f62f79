package command

import (
	"fmt"

	"github.com/spf13/cobra"
)

func newTrust(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "trust",
		Short: "See and change what verdicts rest on",
		Long: `What verdicts rest on: trusted roots (whose certificate authorities, logs and timestamp authorities are believed), and
trusted signers.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage(fmt.Errorf("trust %s is no command", args[0]))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(newTrustRoots(a), newTrustUpdate(a))
	c.AddCommand(signerCommands(a)...)
	return c
}

// noArguments is for commands that look at nothing that could be named.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage(fmt.Errorf("%s takes no argument", cmd.CommandPath()))
	}
	return nil
}
