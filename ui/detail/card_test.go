package detail

import (
	"testing"

	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/uitest"
)

func TestEveryLineOfTheCardThatLeadsSomewhereIsReachedAndLeadsThere(t *testing.T) {
	d := drive(t, uitest.Rich(), string(uitest.Digest("root")), "1")
	n := len(d.pane.card.Nodes)
	if n < 4 {
		t.Fatalf("%d lines lead somewhere", n)
	}
	reached := map[int]bool{}
	for range 200 {
		at := d.pane.card
		reached[at.At] = true
		if row := at.Row() - d.pane.scroll.Offset(); at.At >= 0 && row >= 0 && row < d.pane.scroll.Height() {
			if _, to := d.pane.Key(uitest.Press("enter")); to != (scene.GoToNode{ID: at.Nodes[at.At]}) {
				t.Errorf("line %d leads to %v, want %s", at.At, to, at.Nodes[at.At])
			}
		}
		d.press("j")
	}
	for i := range n {
		if !reached[i] {
			t.Errorf("line %d is never reached", i)
		}
	}
	if end := d.pane.scroll; end.Offset()+end.Height() < end.Count() {
		t.Error("going down does not lead to the end of the summary")
	}
	for range 200 {
		d.press("k")
	}
	if d.pane.scroll.Offset() != 0 || d.pane.card.At != 0 {
		t.Errorf("going up leads to row %d, line %d", d.pane.scroll.Offset(), d.pane.card.At)
	}
}

func TestAClickSelectsALineOfTheCard(t *testing.T) {
	d := drive(t, uitest.Rich(), string(uitest.Digest("root")), "1")
	d.pane = d.pane.Click(20, tabRows(d.room.H)+d.pane.card.Lines[1].First, d.room)
	if d.pane.card.At != 1 {
		t.Errorf("line %d is selected", d.pane.card.At)
	}
}
