package ecosystem

import (
	"errors"

	"github.com/spf13/cobra"
)

// Flags say where packages are asked about, and what is asked of them.
type Flags struct {
	NpmRegistry, PypiIndex string
	NpmKeys                string
	Spec                   string
	Saved                  []string
	Provenance             bool
}

// RegisterPlaces adds the flags of every command that asks about packages.
func (f *Flags) RegisterPlaces(c *cobra.Command) {
	p := c.Flags()
	p.StringVar(&f.NpmRegistry, "npm-registry", "", "ask this npm registry (URL; default: your npm settings, else the one whose keys TUF names)")
	p.StringVar(&f.PypiIndex, "pypi-index", "", "ask this Python package index (URL of its Simple API; default: your pip settings)")
	p.StringVar(&f.NpmKeys, "npm-keys", "", "the npm registry's signing keys (JSON file; default: those from TUF, else those in the program)")
	p.BoolVar(&f.Provenance, "require-attestation", false, "what the registry itself signed is not enough: every file needs an attestation by somebody else")
}

var errNoPackage = errors.New("no package given: want npm:NAME@VERSION, pypi:NAME@VERSION, golang:MODULE@VERSION, a saved answer, or --spec FILE")
