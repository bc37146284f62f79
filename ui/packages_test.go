package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/uitest"
)

func TestWhetherAnExcuseCountsAndWhoSignedItIsSaid(t *testing.T) {
	stranger := uitest.By(uitest.Ladder(model.Untrusted, model.CheckSigner, model.CheckFailed, "the signer is not one of the pinned ones"), "")
	for _, c := range []struct {
		name string
		vex  model.Report
		cell string
		page []string
	}{
		{"by somebody trusted", uitest.By(uitest.Ladder(model.Trusted, "", "", ""), "security-team"), "1 excused", []string{"HIGH, excused", "signed by security-team", "it counts"}},
		{"by a stranger", stranger, "1 high, 1 only claimed to be", []string{"it does not count", "untrusted VEX"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := drive(t, fakeApp(uitest.PackagingBy(c.vex), fakeInfo, Options{}), "200x60", "/ S P D X enter P f q s enter")
			if got := plain(app); !strings.Contains(got, c.cell) {
				t.Errorf("the table does not say %q:\n%s", c.cell, got)
			}
			got := plain(feed(t, app, uitest.Press("enter")))
			for _, want := range c.page {
				if !strings.Contains(strings.ToLower(got), strings.ToLower(want)) {
					t.Errorf("the page does not say %q:\n%s", want, got)
				}
			}
		})
	}
}

func TestThatNobodyLookedIsNotThatThereIsNothing(t *testing.T) {
	s := &uitest.Story{}
	root := uitest.Digest("root")
	s.Add(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindImage, Digest: root, MediaType: model.MediaTypeOCIManifest}})
	s.Document("spdx", uitest.TypeSPDX, root, model.FamilySBOM, "SBOM SPDX 2.3", uitest.SmallSPDX, uitest.By(uitest.Ladder(model.Trusted, "", "", ""), "dockyard"))
	s.Add(model.DiscoveryDone{}, model.Done{})
	app := drive(t, fakeApp(uitest.Backend{Events: [][]model.Event{s.Events}}, fakeInfo, Options{}), "120x40", "P")
	if got := plain(app); !strings.Contains(got, "No scan is attached") || strings.Contains(got, "excused") {
		t.Errorf("got:\n%s", got)
	}
	for _, c := range []struct {
		name   string
		open   [][]model.Event
		says   string
		silent string
	}{
		{"nothing attached", uitest.Many(3), "No SBOM is attached", "may be one"},
		{"a look-up was denied", deniedLookup(), "there may be one", "No SBOM is attached"},
	} {
		app := drive(t, fakeApp(uitest.Backend{Events: c.open}, fakeInfo, Options{}), "120x40", "P")
		if got := plain(app); !strings.Contains(got, c.says) || strings.Contains(got, c.silent) {
			t.Errorf("%s:\n%s", c.name, got)
		}
	}
}

// deniedLookup is an image of which not everything could be looked at.
func deniedLookup() [][]model.Event {
	root := uitest.Digest("root")
	return [][]model.Event{{
		model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindImage, Digest: root}},
		model.LookedUp{Lookup: model.Lookup{Mechanism: model.MechanismCosignAtt, Subject: root, Status: model.LookupDenied}},
		model.DiscoveryDone{}, model.Done{},
	}}
}

func TestADocumentThatIsNoSBOMSaysSo(t *testing.T) {
	s := &uitest.Story{}
	root := uitest.Digest("root")
	s.Add(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindImage, Digest: root}})
	s.Document("spdx", uitest.TypeSPDX, root, model.FamilySBOM, "SBOM", `{"hello":["world"]}`, uitest.By(uitest.Ladder(model.Trusted, "", "", ""), "dockyard"))
	s.Add(model.DiscoveryDone{}, model.Done{})
	app := drive(t, fakeApp(uitest.Backend{Events: [][]model.Event{s.Events}}, fakeInfo, Options{}), "120x40", "P enter")
	if got := plain(app); !strings.Contains(got, "neither SPDX nor CycloneDX") {
		t.Errorf("got:\n%s", got)
	}
}

func TestHostileTextReachesNoPackageUnsanitised(t *testing.T) {
	quoted := strings.NewReplacer(`\x`, `\u00`, `\a`, `\u0007`, `\v`, `\u000b`).Replace(fmt.Sprintf("%q", uitest.Hostile))
	evilDoc := strings.NewReplacer(`"express"`, quoted, `"4.19.2"`, quoted, `"Apache-2.0"`, quoted, `"aa11"`, quoted, `"sbom"`, quoted).Replace(uitest.SmallSPDX)
	evilScan := strings.NewReplacer(`"qs reads too much"`, quoted, `"6.11.1"`, quoted).Replace(uitest.SmallScan)
	s := &uitest.Story{}
	root := uitest.Digest("root")
	s.Add(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindImage, Digest: root}})
	s.Document("spdx", uitest.TypeSPDX, root, model.FamilySBOM, uitest.Hostile, evilDoc, uitest.By(uitest.Ladder(model.Trusted, "", "", ""), uitest.Hostile))
	s.Document("trivy", uitest.TypeVuln, root, model.FamilyVuln, uitest.Hostile, evilScan, uitest.By(uitest.Ladder(model.Trusted, "", "", ""), uitest.Hostile))
	s.Add(model.DiscoveryDone{}, model.Done{})
	for _, keys := range []string{"P", "P enter", "P j enter", "P j j enter", "P f vuln"} {
		app := drive(t, fakeApp(uitest.Backend{Events: [][]model.Event{s.Events}}, fakeInfo, Options{}), "120x40", keys)
		if strings.Contains(plain(app), "No SBOM is attached") {
			t.Fatalf("%s: the hostile SBOM was not read:\n%s", keys, plain(app))
		}
		for range 10 {
			fits(t, app, 120, 40)
			app = feed(t, app, uitest.Press("ctrl+d"))
		}
	}
}

func BenchmarkKeyInATableOf100000Packages(b *testing.B) {
	app := drive(b, fakeApp(uitest.ManyPackages(100_000), fakeInfo, Options{}), "200x60", "P")
	if got := plain(app); !strings.Contains(got, "100,000 packages") {
		b.Fatalf("not all is listed:\n%s", got)
	}
	for _, c := range []struct {
		name string
		keys []tea.KeyPressMsg
	}{
		{"move", []tea.KeyPressMsg{uitest.Press("j"), uitest.Press("ctrl+d"), uitest.Press("G"), uitest.Press("g")}},
		{"type", []tea.KeyPressMsg{uitest.Press("f"), uitest.Press("a"), uitest.Press("backspace")}}, // the rows follow in the background
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
