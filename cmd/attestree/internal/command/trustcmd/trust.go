// Package trustcmd is "attestree trust": the trusted roots and the trusted signers that verdicts rest on.
//
// It knows which file a change goes into. What a policy file may say is for verifier/policy.
package trustcmd

import (
	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
)

// New is the command, with all below it.
func New(a *run.App) *cobra.Command {
	c := &cobra.Command{
		Use:   "trust",
		Short: "See and change what verdicts rest on",
		Long: `What verdicts rest on: trusted roots (whose certificate authorities, logs and timestamp authorities are believed), and
trusted signers.`,
		Args: run.Subcommand,
		RunE: run.Help,
	}
	c.AddCommand(newTrustRoots(a), newTrustUpdate(a))
	c.AddCommand(signerCommands(a)...)
	return c
}
