package fleetcmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/command/screen"
	"github.com/attestree/attestree/cmd/attestree/internal/output/fleetreport"
	"github.com/attestree/attestree/model/fleet"
	matrix "github.com/attestree/attestree/ui/fleet"
	"github.com/attestree/attestree/ui/safe"
)

// onScreen shows a run as a live matrix, from which images are opened. The report is kept and the answer given as
// without a screen; whoever leaves before the end can go on with --resume.
func onScreen(ctx context.Context, a *run.App, r *fleetRun) error {
	feed := newFeed(r)
	err := screen.Show(ctx, a, matrix.New(feed, matrix.About{
		Tool: a.Tool(), Source: r.header.Source, Images: len(r.images), Columns: r.columns,
		Offline: a.Flags.Offline, Problems: r.header.Problems, Notes: r.header.Notes, Removed: r.removed,
	}, screen.Drawing(a).Drawing))
	answer := feed.end()
	feed.tell(r.header.Problems)
	feed.tell(r.header.Notes)
	_, _ = io.Copy(safe.NewWriter(a.Stderr), &feed.told) // where stderr is gone there is nobody to tell
	return errors.Join(err, answer)
}

// feed is a run whose rows go to a screen. What it would print is dropped, and what it would tell is said when the
// screen is gone.
type feed struct {
	run    *fleetRun
	told   bytes.Buffer
	rows   chan fleet.Row
	cancel context.CancelFunc // nil as long as nobody began
	done   chan struct{}
	answer error
}

func newFeed(r *fleetRun) *feed {
	f := &feed{run: r, rows: make(chan fleet.Row, 64), done: make(chan struct{})}
	quiet := *r.app
	quiet.Stdout, quiet.Stderr, quiet.Progress = io.Discard, &f.told, false
	r.app, r.printer.app = &quiet, &quiet
	r.progress = fleetreport.NewProgress(nil, len(r.images), quiet.Now)
	return f
}

// mostTold is how many sentences of a kind are said when the screen is gone.
const mostTold = 50

// tell says again what the screen may have had no room for.
func (f *feed) tell(sentences []string) {
	for _, s := range sentences[:min(len(sentences), mostTold)] {
		f.run.app.Tell("note: " + s)
	}
	if more := len(sentences) - mostTold; more > 0 {
		f.run.app.Tell(fmt.Sprintf("note: and %d more, which --output text says", more))
	}
}

// Run is matrix.Feed.
func (f *feed) Run(ctx context.Context) <-chan matrix.Batch {
	ctx, f.cancel = context.WithCancel(ctx)
	f.run.printer.watch = func(r fleet.Row) {
		select {
		case f.rows <- r:
		case <-ctx.Done():
		}
	}
	out := make(chan matrix.Batch)
	go func() {
		defer close(f.done)
		defer close(f.rows)
		f.answer = f.run.do(ctx)
	}()
	go f.batch(ctx, out)
	return out
}

// batch hands on rows a few at a time.
func (f *feed) batch(ctx context.Context, out chan<- matrix.Batch) {
	defer close(out)
	tick := time.NewTicker(batchInterval)
	defer tick.Stop()
	var next matrix.Batch
	send := func() bool {
		next.Progress = f.run.progress.Line()
		select {
		case out <- next:
			next = matrix.Batch{}
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
func (f *feed) trouble() error {
	<-f.done
	var answered exit.Answered
	if errors.As(f.answer, &answered) {
		return nil
	}
	return f.answer
}

// end stops the run, if it is under way, and gives its answer.
func (f *feed) end() error {
	if f.cancel == nil {
		f.run.close()
		return nil
	}
	f.cancel()
	<-f.done
	return f.answer
}

// batchInterval is how often the screen is given rows.
const batchInterval = 100 * time.Millisecond
