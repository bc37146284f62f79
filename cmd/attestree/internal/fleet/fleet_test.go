package fleet

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/fleet"
)

// world is a registry and a judge that count what is asked of them. References are "repository:number" and name the
// digest of that number; each image has one signature.
type world struct {
	looked, judged, busy, most atomic.Int64
	mu                         sync.Mutex
	wait                       map[string]chan struct{} // references that are answered only when this is closed
}

func digestOf(n byte) model.Digest { return model.DigestOf([]byte{n}) }

func (w *world) discover(reference string) session.Discover {
	return func(ctx context.Context, emit func(model.Event)) error {
		busy := w.busy.Add(1)
		defer w.busy.Add(-1)
		for most := w.most.Load(); busy > most && !w.most.CompareAndSwap(most, busy); most = w.most.Load() {
		}
		w.mu.Lock()
		wait := w.wait[reference]
		w.mu.Unlock()
		if wait != nil {
			select {
			case <-wait:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		repository, number := reference[:len(reference)-2], reference[len(reference)-1]
		if number == '0' {
			return errors.New("denied")
		}
		digest := digestOf(number)
		emit(model.Resolved{Reference: repository + "@" + string(digest), Digest: digest})
		if ctx.Err() != nil {
			return ctx.Err()
		}
		w.looked.Add(1)
		emit(model.NodeFound{Node: model.Node{ID: string(digest), Kind: model.KindImage, Digest: digest, Found: []model.Found{model.FoundRoot}}})
		payload := []byte(`{"critical":{"identity":{"docker-reference":""},"image":{"docker-manifest-digest":"` + string(digest) +
			`"},"type":"cosign container image signature"},"optional":null}`)
		emit(model.NodeFound{Node: model.Node{
			ID: "signature of " + string(digest), Parent: string(digest), Kind: model.KindSignature, Format: model.FormatSimpleSigning,
			Subject: digest, Blob: model.Descriptor{Digest: model.DigestOf(payload), Size: int64(len(payload))},
		}})
		emit(model.BlobLoaded{ID: "signature of " + string(digest), Bytes: payload})
		return nil
	}
}

func (w *world) Verify(context.Context, model.Evidence) model.Report {
	w.judged.Add(1)
	return model.Report{Verdict: model.Trusted, Checks: []model.Check{{ID: model.CheckSubject, Status: model.CheckPassed}}}
}

func (w *world) engine(change ...func(*Config)) *Engine {
	c := Config{
		Discover: w.discover, Judge: w, Columns: fleet.Columns(nil), InFlight: 3,
		Assess: func(model.Evidence, *model.Attestation, model.Report) *model.SLSA { return nil },
		Policy: func(t *model.Tree, name string) model.PolicyAnswer {
			return model.PolicyAnswer{Satisfied: t.Root().Standing.Verdict == model.Trusted, Reasons: []string{name}}
		},
		Explain: func(err error) (string, string) { return "failed", err.Error() },
	}
	for _, f := range change {
		f(&c)
	}
	return New(c)
}

func list(references ...string) []Numbered {
	var out []Numbered
	for i, r := range references {
		out = append(out, Numbered{Image: fleet.Image{Reference: r}, Index: i})
	}
	return out
}

// run gives the rows by reference.
func run(t *testing.T, e *Engine, images []Numbered) map[string]fleet.Row {
	t.Helper()
	rows := map[string]fleet.Row{}
	if err := e.Run(t.Context(), images, func(r fleet.Row) { rows[r.Reference] = r }); err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(images) {
		t.Fatalf("%d rows for %d images", len(rows), len(images))
	}
	return rows
}

func TestOneImagesTroubleStopsNoOther(t *testing.T) {
	t.Parallel()
	w := &world{}
	images := append(list("a:1", "a:0", "b:2"), Numbered{Image: fleet.Image{Reference: "x y", Problem: "it holds a space"}, Index: 3})
	rows := run(t, w.engine(), images)
	if r := rows["a:0"]; r.Problem != "denied" || r.Outcome() != fleet.OutcomeIncomplete || r.Cell(fleet.ColumnSBOM).State != fleet.StateUnknown {
		t.Errorf("%+v", r)
	}
	if r := rows["x y"]; r.ProblemKind != "reference" {
		t.Errorf("%+v", r)
	}
	for _, good := range []string{"a:1", "b:2"} {
		if r := rows[good]; r.Outcome() != fleet.OutcomeSatisfied || r.Verdict != "trusted" {
			t.Errorf("%+v", r)
		}
	}
}

func TestADigestIsLookedAtOnceInARepositoryAndJudgedOnceAnywhere(t *testing.T) {
	t.Parallel()
	for name, byRepository := range map[string]bool{"trusted everywhere": false, "trusted for some repositories": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := &world{}
			// All but the last letter names a repository's tag: "a:x1" and "a:y1" are tags of one digest.
			e := w.engine(func(c *Config) {
				c.ByRepository = byRepository
				c.Discover = func(reference string) session.Discover {
					return w.discover(reference[:1] + ":" + reference[len(reference)-1:])
				}
			})
			rows := run(t, e, list("a:x1", "a:y1", "a:z1", "b:x1", "a:x2"))
			if w.looked.Load() != 3 {
				t.Errorf("%d discoveries, want 3", w.looked.Load())
			}
			want := int64(2) // digests
			if byRepository {
				want = 3
			}
			// The images themselves have a report of their own, that nothing vouches for inside of them.
			if got := w.judged.Load(); got != want {
				t.Errorf("%d signatures were verified, want %d", got, want)
			}
			for reference, r := range rows {
				if r.Verdict != "trusted" || r.Reference != reference {
					t.Errorf("%s: %s (%s)", reference, r.Verdict, r.Reason)
				}
			}
			if rows["a:x1"].Resolved != rows["a:y1"].Resolved || rows["a:y1"].Index != 1 {
				t.Errorf("%+v", rows["a:y1"])
			}
		})
	}
}

func TestNoMoreImagesThanAllowedAreUnderWay(t *testing.T) {
	t.Parallel()
	w := &world{}
	var images []string
	for i := range 200 {
		images = append(images, fmt.Sprintf("repository-%d:%d", i, 1+i%9))
	}
	run(t, w.engine(), list(images...))
	if most := w.most.Load(); most > 3 || most == 0 {
		t.Errorf("%d were under way at once", most)
	}
}

func TestWhatWasNotFinishedHasNoRow(t *testing.T) {
	t.Parallel()
	w := &world{wait: map[string]chan struct{}{"a:2": make(chan struct{})}}
	ctx, cancel := context.WithCancel(t.Context())
	var rows []fleet.Row
	err := w.engine(func(c *Config) { c.InFlight = 1 }).Run(ctx, list("a:1", "a:2", "a:3"), func(r fleet.Row) {
		rows = append(rows, r)
		cancel()
	})
	if !errors.Is(err, context.Canceled) || len(rows) != 1 || rows[0].Reference != "a:1" {
		t.Errorf("%v, %d rows", err, len(rows))
	}
}

func TestBytesThatWereJudgedAreLetGo(t *testing.T) {
	t.Parallel()
	w := &world{}
	kept := 0
	e := w.engine(func(c *Config) {
		c.Policy = func(t *model.Tree, _ string) model.PolicyAnswer {
			t.Walk(func(e *model.Entry) {
				kept += len(e.Blob)
				if e.Attestation != nil {
					kept += len(e.Attestation.Payload) + len(e.Attestation.RawPredicate)
				}
			})
			return model.PolicyAnswer{Satisfied: true}
		}
	})
	run(t, e, list("a:1"))
	if kept != 0 {
		t.Errorf("%d bytes are kept", kept)
	}
}

func TestACancelledAnswerIsNotRemembered(t *testing.T) {
	t.Parallel()
	w := &world{}
	m := newMemo(w, false)
	payload := []byte("x")
	ev := model.Evidence{
		Node: model.Node{ID: "s", Format: model.FormatBundle, Blob: model.Descriptor{Digest: model.DigestOf(payload)}}, Blob: payload,
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	m.Verify(ctx, ev)
	m.Verify(t.Context(), ev)
	m.Verify(t.Context(), ev)
	if got := w.judged.Load(); got != 2 {
		t.Errorf("judged %d times, want 2: the first answer was cut off", got)
	}
	for i := range 2 * mostAnswers {
		ev.Node.ID = fmt.Sprint(i)
		m.Verify(t.Context(), ev)
	}
	if len(m.of) > mostAnswers || len(m.order) > mostAnswers {
		t.Errorf("%d answers are kept", len(m.of))
	}
}
