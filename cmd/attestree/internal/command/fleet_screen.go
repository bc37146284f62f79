package command

import (
	"bytes"
	"context"
	"errors"
	"io"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/output/fleetreport"
	"github.com/attestree/attestree/model/fleet"
	"github.com/attestree/attestree/ui"
	"github.com/attestree/attestree/ui/safe"
)

// fleetOnScreen shows a run as a live matrix, from which images are opened. The report is kept and the answer given as
// without a screen; whoever leaves before the end can go on with --resume.
func (a *app) fleetOnScreen(ctx context.Context, run *fleetRun) error {
	feed := newFleetFeed(run)
	err := a.show(ctx, ui.NewFleet(feed, ui.FleetAbout{
		Tool: "attestree " + a.version, Source: run.header.Source, Images: len(run.images), Columns: run.columns,
		Offline: a.flags.offline, Problems: run.header.Problems, Notes: run.header.Notes, Removed: run.removed,
	}, a.drawing()))
	answer := feed.end()
	_, _ = io.Copy(safe.NewWriter(a.Stderr), &feed.told) // where stderr is gone there is nobody to tell
	return errors.Join(err, answer)
}

// fleetFeed is a run whose rows go to a screen. What it would print is dropped, and what it would tell is said when the
// screen is gone.
type fleetFeed struct {
	run    *fleetRun
	told   bytes.Buffer
	rows   chan fleet.Row
	cancel context.CancelFunc // nil as long as nobody began
	done   chan struct{}
	answer error
}

func newFleetFeed(run *fleetRun) *fleetFeed {
	f := &fleetFeed{run: run, rows: make(chan fleet.Row, 64), done: make(chan struct{})}
	quiet := *run.app
	quiet.Stdout, quiet.Stderr, quiet.Progress = io.Discard, &f.told, false
	run.app, run.printer.app = &quiet, &quiet
	run.progress = fleetreport.NewProgress(nil, len(run.images), quiet.Now)
	return f
}

// Run is ui.FleetFeed.
func (f *fleetFeed) Run(ctx context.Context) <-chan ui.FleetBatch {
	ctx, f.cancel = context.WithCancel(ctx)
	f.run.printer.watch = func(r fleet.Row) {
		select {
		case f.rows <- r:
		case <-ctx.Done():
		}
	}
	out := make(chan ui.FleetBatch)
	go func() {
		defer close(f.done)
		defer close(f.rows)
		f.answer = f.run.do(ctx)
	}()
	go f.batch(ctx, out)
	return out
}

// batch hands on rows a few at a time.
func (f *fleetFeed) batch(ctx context.Context, out chan<- ui.FleetBatch) {
	defer close(out)
	tick := time.NewTicker(progressInterval)
	defer tick.Stop()
	var next ui.FleetBatch
	send := func() bool {
		next.Progress = f.run.progress.Line()
		select {
		case out <- next:
			next = ui.FleetBatch{}
			return true
		case <-ctx.Done():
			return false
		}
	}
	for {
		select {
		case row, more := <-f.rows:
			if !more {
				next.Err = f.trouble()
				send()
				return
			}
			next.Rows = append(next.Rows, row)
		case <-tick.C:
			if !send() {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

// trouble is why the run came to no end, nil where it did: that some image is not satisfactory is an answer.
func (f *fleetFeed) trouble() error {
	<-f.done
	var answered verdictError
	if errors.As(f.answer, &answered) {
		return nil
	}
	return f.answer
}

// end stops the run, if it is under way, and gives its answer.
func (f *fleetFeed) end() error {
	if f.cancel == nil {
		f.run.close()
		return nil
	}
	f.cancel()
	<-f.done
	return f.answer
}
