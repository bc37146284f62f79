package fleetcmd

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	engine "github.com/attestree/attestree/cmd/attestree/internal/fleet"
	"github.com/attestree/attestree/cmd/attestree/internal/fleet/report"
	"github.com/attestree/attestree/model/fleet"
)

// statePath is where an interrupted run leaves what it has: the file of --report, else one in the cache folder that
// belongs to this list, judged like this. "" where there is no such folder.
func statePath(a *run.App, f *fleetFlags, key string) string {
	if f.report != "" {
		return f.report
	}
	if a.Keeping.Off || a.CacheFolder == "" {
		return ""
	}
	return filepath.Join(filepath.Dir(a.CacheFolder), "fleet", key+".jsonl")
}

// stopped says how to go on.
func (r *fleetRun) stopped() error {
	kept := r.keeper != nil && r.keeper.End(nil) == nil
	err := fmt.Errorf("stopped after %d of %d images", r.done, len(r.images))
	if kept {
		return fmt.Errorf("%w; the same command with --resume goes on from there", err)
	}
	return err
}

// fresh is how old a row may be that is taken over.
const fresh = 24 * time.Hour

// clockSkew is how much clocks may differ: a row from later than that is from nobody knows when.
const clockSkew = time.Minute

// resumed are the rows of an interrupted run that need not be made again: those that were finished, judged like this and
// not long ago.
func (r *fleetRun) resumed() ([]fleet.Row, error) {
	if !r.flags.resume {
		return nil, nil
	}
	if r.state == "" {
		return nil, exit.Usage(errors.New("--resume: there is no folder for caches, so name the file with --report"))
	}
	index := map[string]engine.Numbered{}
	for _, image := range r.images {
		index[image.Reference] = image
	}
	header, rows, _, err := report.Load(r.state, func(reference string) bool { _, ours := index[reference]; return ours })
	if errors.Is(err, fs.ErrNotExist) {
		r.app.Tell("note: there is nothing to go on from; beginning anew")
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("--resume: %w", err)
	}
	if why := header.Differs(r.header); why != "" {
		return nil, exit.Usage(fmt.Errorf("--resume: %s was made with different %s, and cannot be gone on with", r.state, why))
	}
	var known []fleet.Row
	for _, row := range rows {
		at, err := time.Parse(time.RFC3339, row.JudgedAt)
		age := r.app.Now().Sub(at)
		if err == nil && row.Problem == "" && row.Complete && age > -clockSkew && age < fresh {
			image := index[row.Reference]
			known = append(known, row.As(image.Image, image.Index))
		}
	}
	slices.SortFunc(known, func(a, b fleet.Row) int { return a.Index - b.Index })
	return known, nil
}

// keep begins to write down the rows. Where a run without --report cannot, it goes on without.
func (r *fleetRun) keep(known []fleet.Row) (err error) {
	if r.state == "" {
		return nil
	}
	if _, err := os.Stat(r.state); err == nil && !r.flags.resume && r.flags.report == "" {
		r.app.Tell("note: an earlier run over this list was interrupted; --resume would go on with it, and this one begins anew")
	}
	r.keeper, err = report.Keep(r.state, r.header, known)
	if err != nil && r.flags.report == "" {
		r.keeper = nil
		r.app.Tell("note: an interruption cannot be made good: " + err.Error())
		return nil
	}
	return err
}
