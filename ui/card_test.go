package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
)

// built is an image with provenance that can be read, so that its card has lines that lead somewhere.
func built(t testing.TB, keys string) App {
	t.Helper()
	return drive(t, fakeApp(trusting(), fakeInfo, Options{}), "120x40", keys)
}

func TestTheCardComesFirstInTheImagesSummary(t *testing.T) {
	got := plain(built(t, "g 1"))
	for _, want := range []string{"vouched for by keyless", "Built by", "Built from", "When", "Vouched by", "Missing", "Wrong"} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %q:\n%s", want, got)
		}
	}
	if got := plain(drive(t, fakeApp(trusting(), fakeInfo, Options{}), "200x60", "g 1")); strings.Count(got, "not known")+strings.Count(got, "held") < 6 {
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
		reached[at.at] = true
		if row := at.row() - app.detail.scroll.Offset(); at.at >= 0 && row >= 0 && row < app.detail.scroll.Height() {
			to := feed(t, app, press("enter"))
			if to.nodes.selected != at.nodes[at.at] {
				t.Errorf("line %d leads to %s, want %s", at.at, to.nodes.selected, at.nodes[at.at])
			}
		}
		app = feed(t, app, press("j"))
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
		app = feed(t, app, press("k"))
	}
	if app.detail.scroll.Offset() != 0 || app.detail.card.at != 0 {
		t.Errorf("going up leads to row %d, line %d", app.detail.scroll.Offset(), app.detail.card.at)
	}
}

func TestAClickSelectsALineOfTheCard(t *testing.T) {
	app := built(t, "g 1")
	room, second := app.regions.panes[paneDetail], app.detail.card.lines[1].first
	app = feed(t, app, tea.MouseClickMsg{Button: tea.MouseLeft, X: room.x + 20, Y: room.y + tabRows(room.h) + second})
	if app.detail.card.at != 1 {
		t.Errorf("line %d is selected", app.detail.card.at)
	}
}

func TestAFileOfAttestationsHasNoCard(t *testing.T) {
	root := digest("root")
	open := [][]model.Event{{
		model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindBundle, Digest: root}}, model.DiscoveryDone{}, model.Done{},
	}}
	if got := plain(drive(t, fakeApp(fakeBackend{open: open}, fakeInfo, Options{}), "120x40", "1")); strings.Contains(got, "Built by") {
		t.Errorf("a bundle has the card of an image:\n%s", got)
	}
}

func BenchmarkCardOfAnImageWith10000Nodes(b *testing.B) {
	app := drive(b, fakeApp(fakeBackend{open: many(10_000)}, fakeInfo, Options{}), "120x40", "g 1")
	for b.Loop() {
		page := sheet{width: 80, styles: app.styles}
		page.card(app.tree, app.tree.Root(), app.trust, fakeInfo.Now)
	}
}
