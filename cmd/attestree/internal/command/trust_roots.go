package command

import (
	"errors"
	"fmt"
	"io/fs"
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
is signed for: the one that "trust update" keeps, or the one in the program; and the roots of private instances that
"trust update --name" keeps. No socket is opened.`,
		Args: noSource,
		RunE: func(*cobra.Command, []string) error { return a.listRoots() },
	}
	a.flags.registerOutput(c)
	return c
}

// rootInUse is a trusted root that a run judges by, with what is known about where it comes from.
type rootInUse struct {
	trust.Root
	path string      // of the file that it was read from
	kept *tuf.Status // what the last update says about it; nil if there was none
}

// rootsInUse fixes what a run judges by. The notes, one sentence each, say what was to be used and cannot be.
func (a *app) rootsInUse() (roots []rootInUse, notes []string, err error) {
	for _, path := range a.flags.trustedRoots {
		raw, err := readSmall(path)
		if err != nil {
			return nil, nil, usage(fmt.Errorf("--trusted-root: %w", err))
		}
		parsed, err := trust.ParseRoot(path, trust.SourceFile, raw)
		if err != nil {
			return nil, nil, usage(fmt.Errorf("--trusted-root %s: %w", path, err))
		}
		for _, r := range parsed {
			roots = append(roots, rootInUse{Root: r, path: path})
		}
	}
	if len(roots) > 0 {
		return roots, nil, nil
	}
	embedded, err := trust.PublicGood()
	if err != nil {
		return nil, nil, err
	}
	public := rootInUse{Root: embedded}
	notes = public.keep(trust.PublicGoodName)
	roots = []rootInUse{public}
	names, err := tuf.Names(tuf.Folder(trust.PublicGoodName))
	if err != nil {
		notes = append(notes, err.Error())
	}
	for _, name := range names {
		if name == trust.PublicGoodName {
			continue
		}
		var private rootInUse
		notes = append(notes, private.keep(name)...)
		if private.kept != nil {
			roots = append(roots, private)
		}
	}
	return roots, notes, nil
}

// keep takes what the last update kept under that name, where it is newer.
func (r *rootInUse) keep(name string) (notes []string) {
	status, err := tuf.Inspect(tuf.Folder(name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil && r.Material() != nil:
		return []string{err.Error() + "; the one in the program is"}
	case err != nil:
		return []string{err.Error()}
	}
	r.kept = &status
	if status.Newer {
		r.Root = status.Root
	}
	return nil
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

// days between a date and now; false if there is no date, or it is still to come.
func days(now, then time.Time) (int, bool) {
	if then.IsZero() || then.After(now) {
		return 0, false
	}
	return int(now.Sub(then) / (24 * time.Hour)), true
}
