package signers

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/uitest"
)

func TestEveryNodeIsUnderExactlyOneSigner(t *testing.T) {
	v := uitest.Showing(t, New(keymap.New(keymap.Choice{})), uitest.Rich(), "118x35", "")
	seen := map[int32]bool{}
	for _, g := range v.Top().(View).groups {
		n := 0
		for _, row := range g.rows {
			if seen[row] {
				t.Errorf("row %d is under two", row)
			}
			seen[row] = true
		}
		for _, c := range g.counts {
			n += c
		}
		if n != len(g.rows) {
			t.Errorf("%d verdicts for %d nodes", n, len(g.rows))
		}
	}
	if len(seen) != v.On.Tree.Len() {
		t.Errorf("%d of %d nodes", len(seen), v.On.Tree.Len())
	}
}

func TestWhatHangsOnSomethingElseSaysOnWhat(t *testing.T) {
	s := &uitest.Story{}
	root, sbom := uitest.Digest("root"), uitest.Digest("sbom")
	s.Add(model.Resolved{Reference: "registry.example/app@" + string(root), Digest: root})
	s.Add(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindImage, Digest: root}})
	for name, parent := range map[string]model.Digest{"sbom": root, "signature": root, "another": sbom} {
		kind := model.KindSignature
		if name == "sbom" {
			kind = model.KindSBOM
		}
		s.Add(model.NodeFound{Node: model.Node{ID: string(uitest.Digest(name)), Parent: string(parent), Kind: kind, Digest: uitest.Digest(name)}})
	}
	s.Add(model.DiscoveryDone{}, model.Done{})
	v := uitest.Showing(t, New(keymap.New(keymap.Choice{})), [][]model.Event{s.Events}, "118x35", "")
	if got := v.Text(); strings.Count(got, "○ signature") != 2 || strings.Count(got, "  on SBOM") != 1 {
		t.Errorf("got:\n%s", got)
	}
}

func TestOnlyAProvenSignerIsOfferedForTrust(t *testing.T) {
	v := uitest.Showing(t, New(keymap.New(keymap.Choice{})), uitest.Rich(), "118x35", "")
	for range v.Top().(View).rows {
		s := v.Top().(View)
		r, _ := s.current()
		offered := false
		for _, h := range s.Hints(v.On) {
			offered = offered || h.Does.String() == "trust signer"
		}
		e := s.nodeAt(r)
		wrong := e != nil && (e.Standing.Verdict == model.Invalid || e.Standing.Verdict == model.Unverifiable) // nothing to learn a signer from
		if want := s.groups[r.group].Known == model.SignerProven && !wrong; offered != want {
			t.Errorf("row %d: trust is offered: %v, want %v", s.window.Cursor(), offered, want)
		}
		v.Press("down")
	}
}

// What a command costs that sorts a tree of a hundred thousand nodes.
func BenchmarkSortingALargeTreeBySigner(b *testing.B) {
	v := uitest.Showing(b, New(keymap.New(keymap.Choice{})), uitest.Many(100_000), "198x55", "")
	for b.Loop() {
		groupSigners(v.On.Survey)
	}
}
