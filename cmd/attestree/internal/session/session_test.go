package session_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/model"
)

const image = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

// recorder is a judge that remembers what it was asked.
type recorder struct {
	mu   sync.Mutex
	seen []model.Evidence
}

func (r *recorder) Verify(_ context.Context, e model.Evidence) model.Report {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen = append(r.seen, e)
	return model.Report{Verdict: model.Unsigned}
}

func (r *recorder) evidence(id string) []model.Evidence {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []model.Evidence
	for _, e := range r.seen {
		if e.Node.ID == id {
			out = append(out, e)
		}
	}
	return out
}

func discover(err error, events ...model.Event) session.Discover {
	return func(_ context.Context, emit func(model.Event)) error {
		for _, e := range events {
			emit(e)
		}
		return err
	}
}

func rootNode() model.Node {
	return model.Node{ID: image, Kind: model.KindImage, Digest: image, Found: []model.Found{model.FoundRoot}}
}

func statementNode(id string) model.Node {
	return model.Node{
		ID: id, Parent: image, Kind: model.KindAttestation, Format: model.FormatStatement, Subject: image,
		Blob: model.Descriptor{Digest: image, Size: 2},
	}
}

func run(t *testing.T, c session.Config) []model.Event {
	t.Helper()
	var events []model.Event
	if err := session.New(c).Run(t.Context(), func(e model.Event) { events = append(events, e) }); err != nil {
		t.Fatal(err)
	}
	return events
}

func TestEveryPayloadIsOpenedAndJudgedOnce(t *testing.T) {
	judge := &recorder{}
	events := []model.Event{
		model.Resolved{Reference: "example.com/a/b@" + image, Digest: image},
		model.NodeFound{Node: rootNode()},
	}
	for i := range 50 {
		id := fmt.Sprint("node", i)
		events = append(events,
			model.NodeFound{Node: statementNode(id)},
			model.NodeFound{Node: statementNode(id)}, // found a second way
			model.BlobLoaded{ID: id, Bytes: []byte("{}")})
	}
	got := run(t, session.Config{Discover: discover(nil, events...), Judge: judge})
	for i := range 50 {
		id := fmt.Sprint("node", i)
		asked := judge.evidence(id)
		if len(asked) != 1 {
			t.Fatalf("%s was judged %d times, want once", id, len(asked))
		}
		if asked[0].Repository != "example.com/a/b" || asked[0].Subject != image {
			t.Errorf("%s was judged with repository %q and subject %q", id, asked[0].Repository, asked[0].Subject)
		}
	}
	if len(judge.evidence(image)) != 0 {
		t.Error("an image that could be read was judged by itself; its verdict follows from what vouches for it")
	}
	if _, ok := got[len(got)-1].(model.Done); !ok {
		t.Errorf("the last event is %T, want Done", got[len(got)-1])
	}
}

func TestWhatCouldNotBeHadIsJudgedToo(t *testing.T) {
	judge := &recorder{}
	denied := statementNode("denied")
	denied.Format, denied.Unavailable, denied.Blob = model.FormatNone, "denied (403)", model.Descriptor{}
	run(t, session.Config{Judge: judge, Discover: discover(nil,
		model.NodeFound{Node: rootNode()},
		model.NodeFound{Node: denied},
		model.NodeFound{Node: statementNode("tampered")},
		model.BlobLoaded{ID: "tampered", Tampered: true, Problem: "other bytes"},
		model.NodeFound{Node: statementNode("skipped")},
		model.BlobLoaded{ID: "skipped", Skipped: true},
	)})
	if e := judge.evidence("denied"); len(e) != 1 || e[0].Node.Unavailable == "" {
		t.Errorf("a node whose manifest was denied reached the judge as %+v", e)
	}
	if e := judge.evidence("tampered"); len(e) != 1 || !e[0].Tampered {
		t.Errorf("tampered bytes reached the judge as %+v", e)
	}
	if e := judge.evidence("skipped"); len(e) != 1 || !e[0].Skipped {
		t.Errorf("a payload that was left alone reached the judge as %+v", e)
	}
}

func TestAFileIsComparedWithTheArtifactAndAnImageIsNot(t *testing.T) {
	judge := &recorder{}
	file := statementNode("file")
	file.Parent, file.Subject, file.Found = "", "", []model.Found{model.FoundFile}
	run(t, session.Config{
		Judge: judge, Artifact: session.Artifact{Digest: image},
		Discover: discover(nil,
			model.NodeFound{Node: file}, model.BlobLoaded{ID: "file", Bytes: []byte("{}")},
			model.NodeFound{Node: statementNode("attached")}, model.BlobLoaded{ID: "attached", Bytes: []byte("{}")}),
	})
	if e := judge.evidence("file"); len(e) != 1 || e[0].Subject != image {
		t.Errorf("the file was judged as %+v, want the artifact's digest as its subject", e)
	}
}

func TestTheBytesOfWhatAnAttestationIsAttachedToAreHashedByBothAlgorithms(t *testing.T) {
	manifest := []byte(`{"schemaVersion":2}`)
	for _, by := range [][2]string{{"sha256", "sha512"}, {"sha512", "sha256"}} {
		judge := &recorder{}
		root, attached := rootNode(), statementNode("attached")
		root.Digest, root.Raw = model.Compute(by[0], manifest), manifest
		root.ID, attached.Parent, attached.Subject = string(root.Digest), string(root.Digest), root.Digest
		run(t, session.Config{Judge: judge, Discover: discover(nil, model.NodeFound{Node: root}, model.NodeFound{Node: attached},
			model.BlobLoaded{ID: "attached", Bytes: []byte("{}")})})
		e := judge.evidence("attached")
		if want := []model.Digest{model.Compute(by[1], manifest)}; len(e) != 1 || !slices.Equal(e[0].Also, want) {
			t.Errorf("attached to %s it is judged as %+v, want also %s", root.Digest, e, want)
		}
	}
}

func TestListingJudgesNothing(t *testing.T) {
	for _, e := range run(t, session.Config{Discover: discover(nil,
		model.NodeFound{Node: rootNode()},
		model.NodeFound{Node: statementNode("a")},
		model.BlobLoaded{ID: "a", Bytes: []byte("{}")},
	)}) {
		switch e.(type) {
		case model.Judged, model.VerifyStarted:
			t.Errorf("listing gave %T", e)
		default:
		}
	}
}

func TestTheErrorOfDiscoveryIsReportedBothWays(t *testing.T) {
	want := errors.New("no such host")
	var last error
	err := session.New(session.Config{Judge: &recorder{}, Discover: discover(want)}).Run(t.Context(), func(e model.Event) {
		if done, ok := e.(model.DiscoveryDone); ok {
			last = done.Err
		}
	})
	if !errors.Is(err, want) || !errors.Is(last, want) {
		t.Errorf("Run returned %v and DiscoveryDone carried %v, want %v twice", err, last, want)
	}
}

func TestLiveReadersGetEveryEventAndThenTheEnd(t *testing.T) {
	judge := &recorder{}
	s := session.New(session.Config{Judge: judge, Discover: discover(nil,
		model.NodeFound{Node: rootNode()},
		model.NodeFound{Node: statementNode("a")}, model.BlobLoaded{ID: "a", Bytes: []byte("{}")},
		model.NodeFound{Node: statementNode("b")}, model.BlobLoaded{ID: "b", Bytes: []byte("{}")},
	)})
	tree := model.NewTree()
	for batch := range s.Open(t.Context()) {
		for _, e := range batch {
			tree.Apply(e)
		}
	}
	if !tree.Complete || tree.Len() != 3 {
		t.Fatalf("the tree has %d nodes and complete is %v, want 3 and true", tree.Len(), tree.Complete)
	}
	var again []string
	for batch := range s.Verify(t.Context(), []string{"b"}) {
		for _, e := range batch {
			if judged, ok := e.(model.Judged); ok {
				again = append(again, judged.ID)
			}
		}
	}
	if !slices.Equal(again, []string{"b"}) || len(judge.evidence("b")) != 2 {
		t.Errorf("verifying b again judged %v", again)
	}
}

func TestALiveReaderThatLeavesStopsEverything(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	endless := func(ctx context.Context, emit func(model.Event)) error {
		emit(model.NodeFound{Node: rootNode()})
		for ctx.Err() == nil {
			emit(model.LookedUp{Lookup: model.Lookup{Subject: image, Status: model.LookupNone}})
		}
		return ctx.Err()
	}
	events := session.New(session.Config{Judge: &recorder{}, Discover: endless}).Open(ctx)
	<-events
	cancel()
	for range events { // the channel must close; the test's own deadline catches one that does not
	}
}

func TestTheFamilyIsOneListHoweverManyAreJudged(t *testing.T) {
	judge := &recorder{}
	run(t, session.Config{Judge: judge, Discover: discover(nil,
		model.NodeFound{Node: rootNode()},
		model.NodeFound{Node: statementNode("one")}, model.BlobLoaded{ID: "one", Bytes: []byte("{}")},
		model.NodeFound{Node: statementNode("two")}, model.BlobLoaded{ID: "two", Bytes: []byte("{}")},
	)})
	one, two := judge.evidence("one"), judge.evidence("two")
	if len(one) != 1 || len(two) != 1 || len(one[0].Siblings) != 1 || len(two[0].Siblings) != 1 {
		t.Fatalf("%+v and %+v, want one sibling each", one, two)
	}
	if &one[0].Siblings[0] != &two[0].Siblings[0] {
		t.Error("each has a list of its own, which for ten thousand on a thousand platforms fills the memory")
	}
}
