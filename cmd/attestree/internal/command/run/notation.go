package run

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/verifier/notation"
)

// notationFlags name notation's own configuration. None is looked for where notation itself would: a verdict must not
// depend on what some other program left on this computer.
type notationFlags struct{ Store, Policy string }

func (f *notationFlags) register(root *cobra.Command) {
	p := root.PersistentFlags()
	p.StringVar(&f.Store, "notation-trust-store", "", "judge notation signatures by this trust store (folder that holds truststore/x509)")
	p.StringVar(&f.Policy, "notation-trust-policy", "", "and by this trust policy (trustpolicy.json)")
}

func (f *notationFlags) validate() error {
	if f.Policy != "" && f.Store == "" {
		return exit.Usage(errors.New("--notation-trust-policy needs --notation-trust-store: a policy names stores, and they must be somewhere"))
	}
	return nil
}

// trust reads what the flags name.
func (f *notationFlags) trust() (t notation.Trust, err error) {
	if f.Store == "" {
		return t, nil
	}
	if t.Store, err = notation.ReadStore(os.DirFS(f.Store)); err != nil {
		return t, exit.Usage(fmt.Errorf("--notation-trust-store %s: %w", f.Store, err))
	}
	if f.Policy == "" {
		return t, nil
	}
	raw, err := userfile.Read(f.Policy, userfile.ConfigSize)
	if err != nil {
		return t, exit.Usage(fmt.Errorf("--notation-trust-policy: %w", err))
	}
	if t.Policy, err = notation.ParsePolicy(raw); err != nil {
		return t, exit.Usage(fmt.Errorf("--notation-trust-policy %s: %w", f.Policy, err))
	}
	if err := t.Check(); err != nil {
		return t, exit.Usage(fmt.Errorf("--notation-trust-policy %s: %w", f.Policy, err))
	}
	return t, nil
}
