package ui

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
)

func TestWhoIsOneSigner(t *testing.T) {
	workflow := func(fingerprint string) *model.Signer {
		return &model.Signer{Kind: model.SignerCertificate, Issuer: issuer, Subject: workflow, Fingerprint: fingerprint}
	}
	key := func(fingerprint string) *model.Signer {
		return &model.Signer{Kind: model.SignerKey, Fingerprint: fingerprint}
	}
	hinted := key("a")
	hinted.Hint = "a hint"
	other := workflow("a")
	other.Issuer = "https://issuer.example"
	for _, c := range []struct {
		name string
		a, b *model.Signer
		same bool
	}{
		{"one identity with two certificates", workflow("a"), workflow("b"), true},
		{"one subject of two issuers", workflow("a"), other, false},
		{"one key", key("a"), key("a"), true},
		{"two keys", key("a"), key("b"), false},
		{"one key, whatever else is hinted", key("a"), hinted, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, _ := keyOf(c.a, nil, true)
			b, _ := keyOf(c.b, nil, true)
			if (a == b) != c.same {
				t.Errorf("%+v and %+v", a, b)
			}
			if claim, _ := keyOf(nil, c.a, true); claim == a {
				t.Error("a claim is grouped with what is proven")
			}
		})
	}
}

func TestEveryNodeIsUnderExactlyOneSigner(t *testing.T) {
	app := full(t, "120x40", "b")
	s, _ := app.top()
	seen := map[int32]bool{}
	for _, g := range s.scene.(bySignerScene).groups {
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
	if len(seen) != app.tree.Len() {
		t.Errorf("%d of %d nodes", len(seen), app.tree.Len())
	}
}

func TestWhatKeysDoInBySigner(t *testing.T) {
	for _, c := range []struct {
		name, keys string
		holds      func(App) bool
	}{
		{"enter goes to a node", "b j j enter", func(a App) bool { return a.nodes.selected == string(digest("other")) && len(a.scenes) == 0 }},
		{"t proposes to trust the signer of the selected node", "b j j j j j t", func(a App) bool {
			return a.overlay == overlayPin && strings.Contains(plain(a), "VSA PASSED")
		}},
		{"t on a signer proposes the same", "b t", func(a App) bool { return a.overlay == overlayPin }},
		{"a claim cannot be trusted", "b j j j j j j j t", func(a App) bool { return strings.Contains(plain(a), "only claimed") }},
		{"enter closes a signer", "b enter", func(a App) bool { return !strings.Contains(plain(a), "SCAI") }},
		{"right opens it again", "b enter l", func(a App) bool { return strings.Contains(plain(a), "SCAI") }},
		{"left on a node goes to its signer", "b j j h enter", func(a App) bool { return !strings.Contains(plain(a), "SCAI") }},
		{"b again closes it", "b b", func(a App) bool { return len(a.scenes) == 0 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			if app := full(t, "120x40", c.keys); !c.holds(app) {
				t.Errorf("overlay %d, selected %s:\n%s", app.overlay, app.nodes.selected, plain(app))
			}
		})
	}
}

func TestALargeTreeIsSortedBySignerInTheBackground(t *testing.T) {
	app := drive(t, fakeApp(fakeBackend{open: many(3 * manyNodes)}, fakeInfo, Options{}), "120x40", "b")
	if got := plain(app); !strings.Contains(got, "no signature of its own") || !strings.Contains(got, "6001") {
		t.Errorf("\n%s", got)
	}
}
