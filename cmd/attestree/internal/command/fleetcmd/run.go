package fleetcmd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	engine "github.com/attestree/attestree/cmd/attestree/internal/fleet"
	"github.com/attestree/attestree/cmd/attestree/internal/fleet/listing"
	"github.com/attestree/attestree/cmd/attestree/internal/fleet/report"
	"github.com/attestree/attestree/cmd/attestree/internal/output/fleetreport"
	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/fleet"
	"github.com/attestree/attestree/registry"
)

// fleetRun is one run over a list, or over a part of it.
type fleetRun struct {
	app     *run.App
	flags   *fleetFlags
	header  fleet.Header
	columns []fleet.Column
	engine  *engine.Engine
	close   func() // lets go of connections
	images  []engine.Numbered
	state   string // path, "" where nothing is kept
	keeper  *report.Keeper

	before   map[string]fleet.Row // of --since
	removed  []string
	printer  printer
	progress *fleetreport.Progress
	done     int
}

// newRun fixes what is judged by, and reads the reports that are named. Nothing is asked of a registry yet.
func newRun(ctx context.Context, a *run.App, f *fleetFlags, source string, list *listing.List, shard fleet.Shard) (*fleetRun, error) {
	j, err := a.PrepareJudging(ctx, run.FleetSource)
	if err != nil {
		return nil, err
	}
	r := &fleetRun{app: a, flags: f, columns: columnsOf(j)}
	if r.header, err = header(a, source, list, shard, j, r.columns); err != nil {
		return nil, err
	}
	for i, image := range list.Images {
		r.images = append(r.images, engine.Numbered{Image: image, Index: list.Places[i]})
	}
	r.printer = newPrinter(a, f, r.columns)
	if f.since != "" {
		if err := r.readBefore(list); err != nil {
			return nil, err
		}
	}
	r.state = statePath(a, f, r.key())
	r.progress = fleetreport.NewProgress(nil, 0, a.Now)
	if a.Progress && (f.output != "json" || !a.Color) { // rows on the same terminal show how far it is
		r.progress = fleetreport.NewProgress(a.Stderr, len(r.images), a.Now)
	}
	around, err := a.GitHubAround()
	if err != nil {
		return nil, err
	}
	if around == nil {
		around = func(inner session.Discover) session.Discover { return inner }
	}
	options := a.RegistryOptions()
	options.WatchTag = false // what a tag names by now is asked where somebody looks at one image
	options.Limits.Memory = imageMemory
	client := registry.NewClient(options)
	options.Client, r.close = client, client.Close
	r.engine = engine.New(engine.Config{
		Discover: func(reference string) session.Discover {
			return around(func(ctx context.Context, emit func(model.Event)) error {
				// The prefix keeps a list of somebody else's from naming files.
				return registry.Discover(ctx, "registry:"+reference, options, emit)
			})
		},
		Judge: j.Trust, Assess: j.Trust.Assess, Policy: j.Trust.PolicyOf, Columns: r.columns, Explain: explainSource,
		ByRepository: j.Trust.Scoped(), Place: hostOf, Passing: passing, Silence: silence, Forgive: client.Forgive, InFlight: f.inFlight, Now: a.Now,
	})
	return r, nil
}

// imageMemory is how many bytes of one image's payloads are read, so that many images at once stay bounded. verify reads
// more of a single one; what is left out here is said to be too large, and counts as not looked at.
const imageMemory = 96 << 20

// explainSource gives the kind and the sentence of an error that discovery ended with.
func explainSource(err error) (kind, problem string) {
	var source *registry.SourceError
	if errors.As(err, &source) {
		return string(source.Kind), source.Err.Error()
	}
	return "failed", err.Error()
}

// passing reports whether what an image could not be had for may be gone after a while.
func passing(kind string) bool {
	switch registry.ErrorKind(kind) {
	case registry.KindRateLimited, registry.KindTimedOut, registry.KindUnreachable, registry.KindServer:
		return true
	case registry.KindUsage, registry.KindAmbiguous, registry.KindOffline, registry.KindNotFound, registry.KindDenied,
		registry.KindTampered, registry.KindTooLarge, registry.KindUnsupported, registry.KindBroken:
	}
	return false
}

// silence reports whether nothing was heard until the time was over.
func silence(kind string) bool { return registry.ErrorKind(kind) == registry.KindTimedOut }

// hostOf is the registry of a reference, "" for a reference that is none.
func hostOf(reference string) string {
	repository, err := registry.Repository(reference)
	if err != nil {
		return ""
	}
	host, _, _ := strings.Cut(repository, "/")
	return host
}

// key is the same for runs that one may go on from where the other stopped.
func (r *fleetRun) key() string {
	h := r.header
	return shortHash(h.Tool, h.List, h.Shard.String(), h.Judging.Policy.SHA256, h.Judging.Signers, h.Judging.Options, fmt.Sprint(h.Judging.Roots))
}

// readBefore reads the earlier report, as far as it is about this part of the list.
func (r *fleetRun) readBefore(list *listing.List) error {
	ours := map[string]bool{}
	for _, image := range r.images {
		ours[image.Reference] = true
	}
	header, rows, others, err := report.Load(r.flags.since, func(reference string) bool { return ours[reference] })
	if err != nil {
		return fmt.Errorf("--since: %w", err)
	}
	r.before = rows
	if why := header.Differs(r.header); why != "" {
		r.header.Notes = append(r.header.Notes, "the earlier report was made with different "+why+": what changed may have changed because of that")
	}
	for _, reference := range others {
		if !list.Holds(reference) && r.header.Shard.Index == 0 { // one part tells of it, not all
			r.removed = append(r.removed, reference)
		}
	}
	slices.Sort(r.removed)
	return nil
}

// do looks at everything.
func (r *fleetRun) do(ctx context.Context) error {
	defer r.close()
	known, err := r.resumed()
	if err != nil {
		return err
	}
	if err := r.keep(known); err != nil {
		return err
	}
	if err := r.printer.begin(r.header); err != nil {
		return err
	}
	var failure error
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	take := func(row fleet.Row) {
		if failure == nil {
			failure = r.take(row)
		}
		if failure != nil {
			cancel() // nobody can read what would follow
		}
	}
	have := map[string]bool{}
	for _, row := range known {
		have[row.Reference] = true
		take(row)
	}
	r.progress.Begin(len(known))
	left := slices.DeleteFunc(slices.Clone(r.images), func(i engine.Numbered) bool { return have[i.Reference] })
	err = r.engine.Run(ctx, left, func(row fleet.Row) {
		if r.keeper != nil {
			r.keeper.Add(row)
		}
		take(row)
		r.progress.Done(row.Problem != "")
	})
	r.progress.Clear()
	switch {
	case failure != nil:
		return failure
	case err != nil:
		return r.stopped()
	}
	return r.end()
}

// take adds what changed to a row, and prints it.
func (r *fleetRun) take(row fleet.Row) error {
	if r.before != nil {
		if before, known := r.before[row.Reference]; known {
			row.Changes = fleet.Compare(before, row)
		} else {
			row.Changes = []fleet.Change{{Kind: fleet.ChangeAdded}}
		}
	}
	r.done++
	return r.printer.row(row)
}

// end closes the reports and answers.
func (r *fleetRun) end() error {
	footer := r.printer.footer(r.done == len(r.images) && len(r.header.Problems) == 0, r.app.Now())
	footer.Removed = append([]string{}, r.removed...)
	if err := r.printer.end(footer); err != nil {
		return err
	}
	if r.keeper != nil {
		if err := r.keeper.End(&footer); err != nil && r.flags.report != "" {
			return err
		}
		if r.flags.report == "" {
			_ = os.Remove(r.state) // what is left of it is overwritten by the next run
		}
	}
	return answer(footer)
}

// answer is the exit code: what could not be finished outranks what does not satisfy.
func answer(f fleet.Footer) error {
	switch worst := f.Summary.Worst(); {
	case !f.Complete, worst == fleet.OutcomeIncomplete:
		return exit.With(exit.Incomplete)
	case worst == fleet.OutcomeNotSatisfied:
		return exit.With(exit.NotSatisfied)
	}
	return nil
}
