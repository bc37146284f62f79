package ui

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/uitest"
)

// scannedBy is a tree with an SBOM and one more attestation.
func scannedBy(typ string, family model.Family, raw string) uitest.Backend {
	s := &uitest.Story{}
	root := uitest.Digest("root")
	trusted := uitest.By(uitest.Ladder(model.Trusted, "", "", ""), "dockyard")
	s.Add(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindImage, Digest: root, MediaType: model.MediaTypeOCIManifest}})
	s.Document("spdx", uitest.TypeSPDX, root, model.FamilySBOM, "SBOM SPDX 2.3", uitest.SmallSPDX, trusted)
	s.Document("more", typ, root, family, "one more", raw, trusted)
	s.Add(model.DiscoveryDone{}, model.Done{})
	return uitest.Backend{Events: [][]model.Event{s.Events}}
}

func TestWhatASilenceAboutVulnerabilitiesMeansIsSaid(t *testing.T) {
	for _, c := range []struct {
		name, typ string
		family    model.Family
		raw       string
		want, not string
	}{
		{"a scan without a result", uitest.TypeVuln, model.FamilyVuln, `{"scanner":{"uri":"pkg:github/anchore/grype"}}`, "could not be read", "No scan is attached"},
		{"a scan that found nothing", uitest.TypeVuln, model.FamilyVuln, `{"scanner":{"result":{"matches":[]}}}`, "1 scan, 0 VEX documents", "could not be read"},
		{"a VEX document that says nothing", uitest.TypeOpenVEX, model.FamilyVEX, `{"@context":"https://openvex.dev/ns/v0.2.0","statements":[]}`, "No scan is attached", "1 scan"},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := drive(t, fakeApp(scannedBy(c.typ, c.family, c.raw), fakeInfo, Options{}), "120x40", "P")
			page := feed(t, app, uitest.Press("enter"))
			for where, got := range map[string]string{"table": plain(app), "page": plain(page)} {
				if where == "table" && !strings.Contains(got, c.want) || strings.Contains(got, c.not) {
					t.Errorf("the %s says:\n%s", where, got)
				}
				if where == "page" && strings.Contains(c.want, "could not") && !strings.Contains(got, c.want) {
					t.Errorf("the page does not say it:\n%s", got)
				}
			}
		})
	}
}

func TestVulnerabilitiesOfWhatIsNotListedHaveAPage(t *testing.T) {
	app := drive(t, fakeApp(uitest.Packaging(), fakeInfo, Options{}), "120x40", "g P v")
	got := plain(app)
	for _, want := range []string{"of what no SBOM here lists", "pkg:npm/gone@1.0.0", "CVE-2026-0003", "found by"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not there:\n%s", want, got)
		}
	}
	app = feed(t, feed(t, app, uitest.Press("y")), uitest.Press("esc"))
	if got := plain(app); !strings.Contains(got, "Package   ") {
		t.Error("there is no way back to the table")
	}
}

func TestAPageLeadsToItsPlaceInThePayload(t *testing.T) {
	app := drive(t, fakeApp(uitest.Packaging(), fakeInfo, Options{}), "120x40", "/ S P D X enter P f q s enter enter")
	for range 60 {
		if next := feed(t, app, uitest.Press("enter")); len(next.scenes) == 0 && next.detail.Tab() == scene.TabPayload {
			app = next
			break
		}
		app = feed(t, app, uitest.Press("j"))
	}
	if got := pathOf(app); app.detail.Tab() != scene.TabPayload || got != "predicate.packages.2" {
		t.Errorf("tab %d, the cursor is on %q:\n%s", app.detail.Tab(), got, plain(app))
	}
}
