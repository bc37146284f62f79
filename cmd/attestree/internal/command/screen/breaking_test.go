package screen

import (
	"bytes"
	"testing"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/breaking"
)

// whole is the demo, discovered and judged, with the backend that the screen would have.
func whole(t *testing.T) (backend, *model.Tree) {
	t.Helper()
	a := &run.App{Environment: run.Environment{Getenv: func(string) string { return "" }, Now: time.Now}}
	j, err := a.PrepareJudging(t.Context(), run.DemoSource)
	if err != nil {
		t.Fatal(err)
	}
	b := backend{Session: j.Session(), List: j.Trust, now: j.At}
	tree := model.NewTree()
	if err := b.Run(t.Context(), tree.Apply); err != nil {
		t.Fatal(err)
	}
	tree.Judge()
	return b, tree
}

// harmless are the ways that need not be noticed: time may go on, and where the log says when something was signed a
// timestamp more or less decides nothing.
func harmless(id breaking.ID) bool {
	return id == breaking.Later || id == breaking.NoTimestamp
}

func TestWhateverIsBrokenIsCaught(t *testing.T) {
	b, tree := whole(t)
	tried := map[breaking.ID]int{}
	tree.Walk(func(e *model.Entry) {
		if e.Report == nil || e.Report.Verdict != model.Trusted {
			return
		}
		before := bytes.Clone(e.Blob)
		for _, way := range b.Breaks(e) {
			for variant := range min(way.Variants, 5) {
				broken, report, err := b.Break(t.Context(), e, way.ID, variant)
				if err != nil {
					t.Fatalf("%s: %s: %v", model.EntryTitle(e), way.ID, err)
				}
				if broken.Where == "" || broken.Before == broken.After {
					t.Errorf("%s: %s changes nothing: %q, %q to %q", model.EntryTitle(e), way.ID, broken.Where, broken.Before, broken.After)
				}
				good := report.Verdict == model.Trusted || report.Verdict == model.Valid
				if good && !harmless(way.ID) {
					t.Errorf("%s: %s (%s, %q to %q) was not noticed", model.EntryTitle(e), way.ID, broken.Where, broken.Before, broken.After)
				}
				if by, _ := breaking.Caught(*e.Report, report); (by.ID == model.CheckContent) != (way.ID == breaking.Content) {
					t.Errorf("%s: %s is caught by %s", model.EntryTitle(e), way.ID, by.ID)
				}
				if !good && way.ID == breaking.Later {
					t.Errorf("%s: time goes on, and it is %s: %s", model.EntryTitle(e), report.Verdict, report.Reason)
				}
				if !good && report.Reason == "" {
					t.Errorf("%s: %s: nobody says why", model.EntryTitle(e), way.ID)
				}
				tried[way.ID]++
			}
		}
		if !bytes.Equal(before, e.Blob) {
			t.Errorf("%s: its own bytes were changed", model.EntryTitle(e))
		}
	})
	for _, id := range []breaking.ID{
		breaking.Content, breaking.Payload, breaking.Swap, breaking.Signature, breaking.Subject, breaking.Identity, breaking.LogBody,
		breaking.LogTime, breaking.LogProof, breaking.NoLog, breaking.Timestamp, breaking.NoTimestamp, breaking.Earlier, breaking.Later,
	} {
		if tried[id] == 0 {
			t.Errorf("%s was never tried", id)
		}
	}
	tree.Judge()
	if root := tree.Root().Standing.Verdict; root != model.Trusted {
		t.Errorf("the tree is %s afterwards", root)
	}
}
