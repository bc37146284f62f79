package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/uitest"
	"github.com/attestree/attestree/ui/widget"
)

// built is an image with provenance that can be read, so that its card has lines that lead somewhere.
func built(t testing.TB, keys string) App {
	t.Helper()
	return drive(t, fakeApp(uitest.Trusting(), fakeInfo, Options{}), "120x40", keys)
}

func TestTheCardComesFirstInTheImagesSummary(t *testing.T) {
	got := plain(built(t, "g 1"))
	for _, want := range []string{"vouched for by keyless", "Built by", "Built from", "When", "Vouched by", "Missing", "Wrong"} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %q:\n%s", want, got)
		}
	}
	if got := plain(drive(t, fakeApp(uitest.Trusting(), fakeInfo, Options{}), "200x60", "g 1")); strings.Count(got, "not known")+strings.Count(got, "held") < 6 {
		t.Errorf("not every promise is there:\n%s", got)
	}
	if got := plain(built(t, "j 1")); strings.Contains(got, "Vouched by ") {
		t.Errorf("something attached has the image's card:\n%s", got)
	}
}

func TestEveryLineOfTheCardThatLeadsSomewhereIsReachedAndLeadsThere(t *testing.T) {
	app := built(t, "g 1")
	n := len(app.detail.card.nodes)
	if n < 4 {
		t.Fatalf("%d lines lead somewhere", n)
	}
	reached := map[int]bool{}
	for range 200 {
		at := app.detail.card
		reached[at.At] = true
		if row := at.Row() - app.detail.scroll.Offset(); at.At >= 0 && row >= 0 && row < app.detail.scroll.Height() {
			to := feed(t, app, uitest.Press("enter"))
			if to.nodes.selected != at.nodes[at.At] {
				t.Errorf("line %d leads to %s, want %s", at.At, to.nodes.selected, at.nodes[at.At])
			}
		}
		app = feed(t, app, uitest.Press("j"))
	}
	for i := range n {
		if !reached[i] {
			t.Errorf("line %d is never reached", i)
		}
	}
	if end := app.detail.scroll; end.Offset()+end.Height() < end.Count() {
		t.Error("going down does not lead to the end of the summary")
	}
	for range 200 {
		app = feed(t, app, uitest.Press("k"))
	}
	if app.detail.scroll.Offset() != 0 || app.detail.card.At != 0 {
		t.Errorf("going up leads to row %d, line %d", app.detail.scroll.Offset(), app.detail.card.At)
	}
}

func TestAClickSelectsALineOfTheCard(t *testing.T) {
	app := built(t, "g 1")
	room, second := app.regions.panes[paneDetail], app.detail.card.Lines[1].First
	app = feed(t, app, tea.MouseClickMsg{Button: tea.MouseLeft, X: room.X + 20, Y: room.Y + tabRows(room.H) + second})
	if app.detail.card.At != 1 {
		t.Errorf("line %d is selected", app.detail.card.At)
	}
}

func TestAFileOfAttestationsHasNoCard(t *testing.T) {
	root := uitest.Digest("root")
	open := [][]model.Event{{
		model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindBundle, Digest: root}}, model.DiscoveryDone{}, model.Done{},
	}}
	if got := plain(drive(t, fakeApp(uitest.Backend{Events: open}, fakeInfo, Options{}), "120x40", "1")); strings.Contains(got, "Built by") {
		t.Errorf("a bundle has the card of an image:\n%s", got)
	}
}

func BenchmarkCardOfAnImageWith10000Nodes(b *testing.B) {
	app := drive(b, fakeApp(uitest.Backend{Events: uitest.Many(10_000)}, fakeInfo, Options{}), "120x40", "g 1")
	for b.Loop() {
		page := widget.Sheet{Width: 80, Styles: app.Styles}
		writer{&page}.card(app.tree, app.tree.Root(), app.trust, uitest.Now)
	}
}
