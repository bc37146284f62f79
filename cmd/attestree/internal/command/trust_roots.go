package command

import (
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/verifier/trust"
	"github.com/attestree/attestree/verifier/trust/tuf"
)

func newTrustRoots(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "roots",
		Short: "List the trusted roots that verdicts rest on",
		Long: `List the trusted roots that a run with the same flags judges by: where each comes from, how old it is, what it
believes, and which evidence it asks for.

The files of --trusted-root are used alone. Without one it is the public-good instance's root, in the newest version that
is signed for: the one that "trust update" keeps, or the one in the program. No socket is opened.`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error { return a.listRoots() },
	}
	a.flags.registerOutput(c)
	return c
}

// rootInUse is a trusted root that a run judges by, with what the last update says about it.
type rootInUse struct {
	trust.Root
	kept *tuf.Status // nil if there was no update, or it is of no use
}

// rootsInUse are the roots of a run with the same flags. The notes, one sentence each, say what was to be used and cannot
// be.
func (a *app) rootsInUse() (roots []rootInUse, notes []string, err error) {
	chosen, notes, err := a.trustRoots()
	if err != nil {
		return nil, nil, err
	}
	for _, r := range chosen {
		in := rootInUse{Root: r}
		if r.Info.Source == trust.SourceTUF || r.Info.Source == trust.SourceEmbedded {
			if status, err := tuf.Inspect(tuf.Folder(r.Info.Name)); err == nil {
				in.kept = &status // an error has become a note where the root was chosen
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
func idle(roots []rootInUse) (notes []string) {
	private, notes := tuf.Private(tuf.Folder(trust.PublicGoodName))
	for _, r := range private {
		if !slices.ContainsFunc(roots, func(used rootInUse) bool { return used.Info == r.Info }) {
			notes = append(notes, "the trusted root "+r.Info.Name+" of the last update is kept, and not judged by without --trusted-root tuf:"+r.Info.Name)
		}
	}
	return notes
}

func (a *app) listRoots() error {
	if err := a.flags.validate(); err != nil {
		return err
	}
	roots, notes, err := a.rootsInUse()
	if err != nil {
		return err
	}
	if a.flags.output == "json" {
		return output.Encode(a.Stdout, a.rootsDocument(roots, notes))
	}
	return a.writeRoots(roots, notes)
}

// days between a time and now; false if it is not known, or still to come.
func days(now, then time.Time) (int, bool) {
	if then.IsZero() || then.After(now) {
		return 0, false
	}
	return int(now.Sub(then) / (24 * time.Hour)), true
}
