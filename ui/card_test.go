package ui

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/uitest"
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

func TestAFileOfAttestationsHasNoCard(t *testing.T) {
	root := uitest.Digest("root")
	open := [][]model.Event{{
		model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindBundle, Digest: root}}, model.DiscoveryDone{}, model.Done{},
	}}
	if got := plain(drive(t, fakeApp(uitest.Backend{Events: open}, fakeInfo, Options{}), "120x40", "1")); strings.Contains(got, "Built by") {
		t.Errorf("a bundle has the card of an image:\n%s", got)
	}
}
