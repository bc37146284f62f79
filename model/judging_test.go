package model

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// judgedStories are events of trees in which what is said of one node follows from others.
func judgedStories() map[string][]Event {
	file := plant{node: Node{ID: "file", Kind: KindFile}, children: []plant{
		alike("a", "ann", "payload", Valid), alike("b", "bob", "payload", Invalid),
	}}
	return map[string][]Event{
		"an index":      append(slices.Concat(history()...), finished...),
		"a file":        append(growing(file), finished...),
		"unfinished":    growing(indexOf(platform(amd64, signed(amd64, Trusted)), platform(arm64))),
		"duplicates":    append(growing(image(amd64, alike("a", "ann", "payload", Valid), alike("b", "ann", "payload", Valid))), finished...),
		"mixed origins": append(growing(image(amd64, from("a", predicateSLSA, Valid, buildOrigin, buildOrigin), from("b", someSCAI, Valid, otherRun, otherCommit))), finished...),
	}
}

// judgedIn judges a tree in parts of that size.
func judgedIn(t *Tree, most int) {
	for j := t.Judging(); j.Look(); {
		for j.Settle(most) {
		}
	}
}

func TestATreeJudgedInPartsStandsAsOneJudgedAtOnce(t *testing.T) {
	for _, most := range []int{1, 2, 7, math.MaxInt} {
		for name, events := range judgedStories() {
			t.Run(fmt.Sprint(name, " in parts of ", most), func(t *testing.T) {
				at, once := NewTree(), NewTree()
				for i, e := range events {
					at.Apply(e)
					once.Apply(e)
					if i%5 == 0 { // also before everything is known
						judgedIn(at, most)
						once.Judge()
					}
				}
				judgedIn(at, most)
				once.Judge()
				once.Walk(func(want *Entry) {
					got := at.Entry(want.Node.ID)
					if got.Standing != want.Standing || got.DuplicateOf != want.DuplicateOf || !cmp.Equal(got.Cross, want.Cross) {
						t.Errorf("%s stands as %+v, want %+v", want.Node.ID, got.Standing, want.Standing)
					}
				})
				before := at.Version()
				if judgedIn(at, most); at.Version() != before {
					t.Error("judged once more, it changes")
				}
			})
		}
	}
}

func TestWhatIsAppliedBetweenTwoPartsIsJudgedNextTime(t *testing.T) {
	events := judgedStories()["duplicates"]
	for cut := range events {
		tree, want := NewTree(), NewTree()
		for _, e := range events[:cut] {
			tree.Apply(e)
		}
		j, rest := tree.Judging(), events[cut:]
		for j.Look() {
			for more := true; more; {
				if more = j.Settle(1); len(rest) > 0 {
					tree.Apply(rest[0])
					rest = rest[1:]
				}
			}
		}
		for _, e := range rest {
			tree.Apply(e)
		}
		for _, e := range events {
			want.Apply(e)
		}
		tree.Judge()
		want.Judge()
		want.Walk(func(w *Entry) {
			if got := tree.Entry(w.Node.ID); got.Standing != w.Standing || got.DuplicateOf != w.DuplicateOf || !cmp.Equal(got.Cross, w.Cross) {
				t.Errorf("cut at %d: %s stands as %+v, want %+v", cut, w.Node.ID, got.Standing, w.Standing)
			}
		})
	}
}
