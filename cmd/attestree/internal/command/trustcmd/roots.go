package trustcmd

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/output/rootreport"
	"github.com/attestree/attestree/verifier/trust"
	"github.com/attestree/attestree/verifier/trust/tuf"
)

func newTrustRoots(a *run.App) *cobra.Command {
	c := &cobra.Command{
		Use:   "roots",
		Short: "List the trusted roots that verdicts rest on",
		Long: `List the trusted roots that a run with the same flags judges by: where each comes from, how old it is, what it
believes, and which evidence it asks for.

The files of --trusted-root are used alone. Without one it is the public-good instance's root, in the newest version that
is signed for: the one that "trust update" keeps, or the one in the program. No socket is opened.`,
		Args: run.NoArguments,
		RunE: func(*cobra.Command, []string) error { return listRoots(a) },
	}
	a.Flags.RegisterOutput(c)
	return c
}

// rootsInUse are the roots of a run with the same flags. The notes, one sentence each, say what was to be used and cannot
// be.
func rootsInUse(a *run.App) (roots []rootreport.InUse, notes []string, err error) {
	chosen, notes, err := a.TrustRoots()
	if err != nil {
		return nil, nil, err
	}
	for _, r := range chosen {
		in := rootreport.InUse{Root: r}
		if r.Info.Source == trust.SourceTUF || r.Info.Source == trust.SourceEmbedded {
			if status, err := tuf.Inspect(tuf.Folder(r.Info.Name)); err == nil {
				in.Kept = &status // an error has become a note where the root was chosen
			}
		}
		roots = append(roots, in)
	}
	for _, note := range idle(roots) {
		if !slices.Contains(notes, note) {
			notes = append(notes, note)
		}
	}
	return roots, notes, nil
}

// idle says which private instances are kept and not judged by.
func idle(roots []rootreport.InUse) (notes []string) {
	private, notes := tuf.Private(tuf.Folder(trust.PublicGoodName))
	for _, r := range private {
		if !slices.ContainsFunc(roots, func(used rootreport.InUse) bool { return used.Info == r.Info }) {
			notes = append(notes, "the trusted root "+r.Info.Name+" of the last update is kept, and not judged by without --trusted-root tuf:"+r.Info.Name)
		}
	}
	return notes
}

func listRoots(a *run.App) error {
	if err := a.Flags.Validate(); err != nil {
		return err
	}
	roots, notes, err := rootsInUse(a)
	if err != nil {
		return err
	}
	if a.Flags.Output == "json" {
		return rootreport.JSON(a.Stdout, a.Tool(), roots, notes, a.Now())
	}
	return rootreport.Text(a.Stdout, roots, notes, a.Now())
}
