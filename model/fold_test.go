package model

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// drawn is all of a tree that somebody can see, as text.
func drawn(t *Tree) string {
	var b strings.Builder
	t.Walk(func(e *Entry) {
		fmt.Fprintf(&b, "%s%s %s %s %v %s %v\n", strings.Repeat(" ", e.Depth), e.Node.ID[7:15], e.Node.Kind, e.PredicateType(),
			e.Node.Found, e.Standing.Verdict, e.BlobState)
	})
	for _, l := range t.Lookups {
		fmt.Fprintf(&b, "%s %s %s %d\n", l.Subject[7:15], l.Mechanism, l.Status, l.Count)
	}
	return b.String()
}

// history is the events of a tree with a bit of everything, one list for each node so that they can be shuffled among
// each other.
func history() (events [][]Event) {
	node := func(name string, parent Digest, kind Kind, more ...Event) {
		d := named(name)
		n := Node{ID: string(d), Kind: kind, Digest: d, Found: []Found{FoundReferrersTag}}
		if parent != "" {
			n.Parent, n.Subject = string(parent), parent
		}
		if kind == KindAttestation {
			n.Format, n.Blob = FormatBundle, Descriptor{Digest: named(name + " blob"), Size: 5}
		}
		list := []Event{NodeFound{Node: n}}
		events = append(events, append(list, more...))
	}
	attested := func(name string, subject Digest, predicateType string, v Verdict) {
		id := string(named(name))
		node(name, subject, KindAttestation,
			BlobLoaded{ID: id, Bytes: []byte("bytes")},
			Opened{ID: id, Attestation: statementAbout(predicateType, subject)},
			VerifyStarted{ID: id},
			Judged{ID: id, Report: *said(v)})
	}
	node("index", "", KindIndex)
	for _, p := range []string{"amd64", "arm64"} {
		node(p, index, KindImage)
		attested("sig "+p, named(p), predicateCosignSign, Trusted)
		attested("sbom "+p, named(p), predicateSPDX, Valid)
		attested("on sbom "+p, named("sbom "+p), predicateCosignSign, Untrusted)
	}
	attested("slsa", index, predicateSLSA, Valid)
	for _, m := range []Mechanism{MechanismReferrersTag, MechanismReferrersAPI, MechanismCosignSig} {
		for _, d := range []Digest{index, amd64, arm64} {
			events = append(events, []Event{LookedUp{Lookup: Lookup{Mechanism: m, Subject: d, Status: LookupFound, Count: 1}}})
		}
	}
	events = append(events,
		[]Event{NodeFound{Node: Node{ID: string(named("slsa")), Kind: KindAttestation, Format: FormatBundle, Digest: named("slsa"),
			Parent: string(index), Subject: index, Blob: Descriptor{Digest: named("slsa blob"), Size: 5}, Found: []Found{FoundReferrersAPI}}}},
		[]Event{LookedUp{Lookup: Lookup{Mechanism: MechanismReferrersAPI, Subject: index, Status: LookupTruncated, Count: 9}}})
	return events
}

// interleave shuffles lists of events among each other and keeps the order inside each.
func interleave(r *rand.Rand, lists [][]Event) []Event {
	left := slices.Clone(lists)
	var out []Event
	for len(left) > 0 {
		i := r.IntN(len(left))
		out = append(out, left[i][0])
		if left[i] = left[i][1:]; len(left[i]) == 0 {
			left = slices.Delete(left, i, i+1)
		}
	}
	return out
}

func TestTheTreeIsTheSameWhateverTheOrderOfEvents(t *testing.T) {
	want := ""
	for seed := range uint64(300) {
		tree := NewTree()
		tree.Apply(Resolved{Reference: "example.com/a@" + string(index), Digest: index})
		for _, event := range interleave(rand.New(rand.NewPCG(seed, 1)), history()) {
			tree.Apply(event)
			tree.Judge()
		}
		tree.Apply(DiscoveryDone{})
		tree.Apply(Done{})
		tree.Judge()
		if got := drawn(tree); want == "" {
			want = got
		} else if got != want {
			t.Fatalf("order %d gives another tree:\n%s", seed, cmp.Diff(want, got))
		}
	}
	if strings.Count(want, "\n") != 10+9 || !strings.Contains(want, "truncated 9") {
		t.Errorf("the tree is not the expected one:\n%s", want)
	}
}

func TestEventsForANodeThatIsNotFoundYetAreKept(t *testing.T) {
	id := string(named("sig"))
	tree := NewTree()
	for _, event := range []Event{
		BlobLoaded{ID: id, Bytes: []byte("b")},
		Opened{ID: id, Attestation: statementAbout(predicateCosignSign, amd64)},
		Judged{ID: id, Report: *said(Valid)},
		NodeFound{Node: Node{ID: id, Parent: string(amd64), Kind: KindAttestation, Format: FormatBundle, Digest: named("sig"), Subject: amd64,
			Blob: Descriptor{Digest: named("b"), Size: 1}}},
		NodeFound{Node: Node{ID: string(amd64), Kind: KindImage, Digest: amd64}},
		DiscoveryDone{}, Done{},
	} {
		tree.Apply(event)
	}
	tree.Judge()
	e := tree.Entry(id)
	if e.BlobState != BlobLoadedOK || e.Node.Kind != KindSignature || e.Depth != 1 || e.Standing.Verdict != Valid {
		t.Errorf("entry = %+v", e)
	}
	if tree.Root().Node.ID != string(amd64) {
		t.Errorf("root = %s", tree.Root().Node.ID)
	}
}

func TestNothingFoundIsEverLost(t *testing.T) {
	a, b, c := string(named("a")), string(named("b")), string(named("c"))
	root := NodeFound{Node: Node{ID: string(index), Digest: index, Kind: KindIndex}}
	found := func(id, parent string) NodeFound {
		return NodeFound{Node: Node{ID: id, Digest: Digest(id), Parent: parent, Kind: KindArtifact}}
	}
	cases := []struct {
		name   string
		events []Event
	}{
		{"a parent that never comes", []Event{found(a, "sha256:nobody")}},
		{"its own parent", []Event{found(a, a)}},
		{"each other's parents", []Event{found(a, b), found(b, a)}},
		{"a circle of three", []Event{found(a, b), found(b, c), found(c, a)}},
		{"a second node without a parent", []Event{found(a, "")}},
		{"moved under itself", []Event{found(a, string(index)), Moved{ID: a, Parent: a}}},
		{"moved below itself", []Event{found(a, string(index)), found(b, a), Moved{ID: a, Parent: b}}},
		{"moved under nobody", []Event{found(a, string(index)), Moved{ID: a, Parent: "sha256:nobody"}}},
		{"the root moved", []Event{found(a, string(index)), Moved{ID: string(index), Parent: a}}},
		{"a grandchild without its parent", []Event{found(a, b), found(c, a)}},
	}
	for _, c := range cases {
		for _, order := range []string{"root first", "root last", "root after the end"} {
			t.Run(c.name+", "+order, func(t *testing.T) {
				tree := NewTree()
				tree.Apply(Resolved{Digest: index})
				events := slices.Concat(c.events, []Event{root, DiscoveryDone{}})
				switch order {
				case "root first":
					events = slices.Concat([]Event{root}, c.events, []Event{DiscoveryDone{}})
				case "root after the end":
					events = slices.Concat(c.events, []Event{DiscoveryDone{}, root})
				}
				for _, event := range events {
					tree.Apply(event)
				}
				wantWhole(t, tree)
			})
		}
	}
}

// wantWhole checks that every node is walked exactly once, below the one root, at its depth.
func wantWhole(t *testing.T, tree *Tree) {
	t.Helper()
	seen := map[string]int{}
	tree.Walk(func(e *Entry) {
		seen[e.Node.ID]++
		parent := tree.Entry(e.Node.Parent)
		switch {
		case parent == nil && e != tree.Root():
			t.Errorf("%s hangs nowhere", e.Node.ID)
		case parent != nil && e.Depth != parent.Depth+1:
			t.Errorf("%s is at depth %d under %d", e.Node.ID, e.Depth, parent.Depth)
		}
	})
	if len(seen) != tree.Len() {
		t.Errorf("%d of %d nodes can be reached", len(seen), tree.Len())
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s is there %d times", id, n)
		}
	}
	if tree.Root() == nil || tree.Root().Node.Digest != index || tree.Root().Depth != 0 {
		t.Errorf("root = %+v", tree.Root())
	}
}

func TestANodeFoundAgain(t *testing.T) {
	first := Node{ID: string(amd64), Digest: amd64, Kind: KindArtifact, Unavailable: "rate limited", Found: []Found{FoundReferrersTag}, Parent: string(index)}
	second := Node{
		ID: string(amd64), Digest: amd64, Kind: KindAttestation, Format: FormatBundle, Raw: []byte("{}"), Parent: string(index),
		Found: []Found{FoundReferrersAPI}, Blob: Descriptor{Digest: named("b"), Size: 1}, Within: []Digest{index},
	}
	tree := NewTree()
	tree.Apply(NodeFound{Node: Node{ID: string(index), Digest: index, Kind: KindIndex}})
	tree.Apply(NodeFound{Node: first})
	tree.Apply(Judged{ID: first.ID, Report: Report{Verdict: Unavailable, Reason: "rate limited"}})
	tree.Apply(NodeFound{Node: second})
	e := tree.Entry(string(amd64))
	if e.Node.Unavailable != "" || e.Report != nil || e.BlobState != BlobPending || e.Node.Kind != KindAttestation {
		t.Errorf("what could be had the second time is %+v", e)
	}
	if want := []Found{FoundReferrersAPI, FoundReferrersTag}; !slices.Equal(e.Node.Found, want) {
		t.Errorf("found = %v, want %v", e.Node.Found, want)
	}

	elsewhere := second
	elsewhere.Subject, elsewhere.Parent, elsewhere.Within = arm64, string(arm64), []Digest{arm64, index}
	tree.Apply(NodeFound{Node: elsewhere})
	if e.Node.Subject != "" || e.Node.Parent != string(index) {
		t.Errorf("a node found under another digest now claims to be about %q under %q", e.Node.Subject, e.Node.Parent)
	}
	if want := []Digest{arm64, index}; !slices.Equal(e.Node.Within, want) {
		t.Errorf("within = %v, want %v", e.Node.Within, want)
	}
}

func TestTheLedgerKeepsTheAnswerThatLeavesSomethingOpen(t *testing.T) {
	line := func(s LookupStatus, count int) LookedUp {
		return LookedUp{Lookup: Lookup{Mechanism: MechanismReferrersAPI, Subject: index, Status: s, Count: count}}
	}
	for _, events := range [][]Event{
		{line(LookupNone, 0), line(LookupDenied, 0), line(LookupFound, 3)},
		{line(LookupFound, 3), line(LookupNone, 0), line(LookupDenied, 0)},
	} {
		tree := NewTree()
		for _, event := range events {
			tree.Apply(event)
		}
		if len(tree.Lookups) != 1 || tree.Lookups[0].Status != LookupDenied || tree.Lookups[0].Count != 3 {
			t.Errorf("lookups = %+v", tree.Lookups)
		}
	}
}

func TestDiscoveryThatCouldNotFinishIsKept(t *testing.T) {
	tree := NewTree()
	failure := errors.New("timed out")
	tree.Apply(DiscoveryDone{Err: failure})
	if !tree.Found || !errors.Is(tree.Err, failure) {
		t.Errorf("found %v, err %v", tree.Found, tree.Err)
	}
}

func TestChildrenAreInTheOrderOfTheContract(t *testing.T) {
	tree := grow(indexOf(
		artifact("readme", index), platform(arm64), platform(amd64),
		bundle("b", index, predicateSPDX, nil), bundle("a", index, predicateSLSA, nil), bundle("s", index, predicateCosignSign, nil),
	), finished...)
	var got []string
	for _, id := range tree.Root().Children {
		e := tree.Entry(id)
		got = append(got, strings.TrimSpace(string(e.Node.Kind)+" "+e.Node.Platform+e.PredicateType()))
	}
	want := []string{
		"signature " + predicateCosignSign, "attestation " + predicateSLSA, "attestation " + predicateSPDX,
		"image " + tree.Entry(string(amd64)).Node.Platform, "image " + tree.Entry(string(arm64)).Node.Platform, "artifact",
	}
	slices.Sort(want[3:5])
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
