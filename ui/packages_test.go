package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
)

func TestWhetherAnExcuseCountsAndWhoSignedItIsSaid(t *testing.T) {
	stranger := by(ladder(model.Untrusted, model.CheckSigner, model.CheckFailed, "the signer is not one of the pinned ones"), "")
	for _, c := range []struct {
		name string
		vex  model.Report
		cell string
		page []string
	}{
		{"by somebody trusted", by(ladder(model.Trusted, "", "", ""), "security-team"), "1 excused", []string{"HIGH, excused", "signed by security-team", "it counts"}},
		{"by a stranger", stranger, "1 high, 1 only claimed to be", []string{"it does not count", "untrusted VEX"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := drive(t, fakeApp(packagingBy(c.vex), fakeInfo, Options{}), "200x60", "/ S P D X enter P f q s enter")
			if got := plain(app); !strings.Contains(got, c.cell) {
				t.Errorf("the table does not say %q:\n%s", c.cell, got)
			}
			got := plain(feed(t, app, press("enter")))
			for _, want := range c.page {
				if !strings.Contains(strings.ToLower(got), strings.ToLower(want)) {
					t.Errorf("the page does not say %q:\n%s", want, got)
				}
			}
		})
	}
}

func TestThatNobodyLookedIsNotThatThereIsNothing(t *testing.T) {
	s := &story{}
	root := digest("root")
	s.add(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindImage, Digest: root, MediaType: model.MediaTypeOCIManifest}})
	s.document("spdx", typeSPDX, root, model.FamilySBOM, "SBOM SPDX 2.3", smallSPDX, by(ladder(model.Trusted, "", "", ""), "dockyard"))
	s.add(model.DiscoveryDone{}, model.Done{})
	app := drive(t, fakeApp(fakeBackend{open: [][]model.Event{s.events}}, fakeInfo, Options{}), "120x40", "P")
	if got := plain(app); !strings.Contains(got, "No scan is attached") || strings.Contains(got, "excused") {
		t.Errorf("got:\n%s", got)
	}
	for _, c := range []struct {
		name   string
		open   [][]model.Event
		says   string
		silent string
	}{
		{"nothing attached", many(3), "No SBOM is attached", "may be one"},
		{"a look-up was denied", deniedLookup(), "there may be one", "No SBOM is attached"},
	} {
		app := drive(t, fakeApp(fakeBackend{open: c.open}, fakeInfo, Options{}), "120x40", "P")
		if got := plain(app); !strings.Contains(got, c.says) || strings.Contains(got, c.silent) {
			t.Errorf("%s:\n%s", c.name, got)
		}
	}
}

// deniedLookup is an image of which not everything could be looked at.
func deniedLookup() [][]model.Event {
	root := digest("root")
	return [][]model.Event{{
		model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindImage, Digest: root}},
		model.LookedUp{Lookup: model.Lookup{Mechanism: model.MechanismCosignAtt, Subject: root, Status: model.LookupDenied}},
		model.DiscoveryDone{}, model.Done{},
	}}
}

func TestADocumentThatIsNoSBOMSaysSo(t *testing.T) {
	s := &story{}
	root := digest("root")
	s.add(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindImage, Digest: root}})
	s.document("spdx", typeSPDX, root, model.FamilySBOM, "SBOM", `{"hello":["world"]}`, by(ladder(model.Trusted, "", "", ""), "dockyard"))
	s.add(model.DiscoveryDone{}, model.Done{})
	app := drive(t, fakeApp(fakeBackend{open: [][]model.Event{s.events}}, fakeInfo, Options{}), "120x40", "P enter")
	if got := plain(app); !strings.Contains(got, "neither SPDX nor CycloneDX") {
		t.Errorf("got:\n%s", got)
	}
}

func TestHostileTextReachesNoPackageUnsanitised(t *testing.T) {
	quoted := strings.NewReplacer(`\x`, `\u00`, `\a`, `\u0007`, `\v`, `\u000b`).Replace(fmt.Sprintf("%q", hostile))
	evilDoc := strings.NewReplacer(`"express"`, quoted, `"4.19.2"`, quoted, `"Apache-2.0"`, quoted, `"aa11"`, quoted, `"sbom"`, quoted).Replace(smallSPDX)
	evilScan := strings.NewReplacer(`"qs reads too much"`, quoted, `"6.11.1"`, quoted).Replace(smallScan)
	s := &story{}
	root := digest("root")
	s.add(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindImage, Digest: root}})
	s.document("spdx", typeSPDX, root, model.FamilySBOM, hostile, evilDoc, by(ladder(model.Trusted, "", "", ""), hostile))
	s.document("trivy", typeVuln, root, model.FamilyVuln, hostile, evilScan, by(ladder(model.Trusted, "", "", ""), hostile))
	s.add(model.DiscoveryDone{}, model.Done{})
	for _, keys := range []string{"P", "P enter", "P j enter", "P j j enter", "P f vuln"} {
		app := drive(t, fakeApp(fakeBackend{open: [][]model.Event{s.events}}, fakeInfo, Options{}), "120x40", keys)
		if strings.Contains(plain(app), "No SBOM is attached") {
			t.Fatalf("%s: the hostile SBOM was not read:\n%s", keys, plain(app))
		}
		for range 10 {
			fits(t, app, 120, 40)
			app = feed(t, app, press("ctrl+d"))
		}
	}
}

func BenchmarkKeyInATableOf100000Packages(b *testing.B) {
	app := drive(b, fakeApp(manyPackages(100_000), fakeInfo, Options{}), "200x60", "P")
	if got := plain(app); !strings.Contains(got, "100,000 packages") {
		b.Fatalf("not all is listed:\n%s", got)
	}
	for _, c := range []struct {
		name string
		keys []tea.KeyPressMsg
	}{
		{"move", []tea.KeyPressMsg{press("j"), press("ctrl+d"), press("G"), press("g")}},
		{"type", []tea.KeyPressMsg{press("f"), press("a"), press("backspace")}}, // the rows follow in the background
	} {
		b.Run(c.name, func(b *testing.B) {
			i := 0
			for b.Loop() {
				next, _ := app.Update(c.keys[i%len(c.keys)])
				app = next.(App)
				_ = app.View()
				i++
			}
		})
	}
}
