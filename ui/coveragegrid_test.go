package ui

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
)

// cellAt is what the grid says in a cell.
func cellAt(v *show, family model.Family, column int) string {
	g := v.top().(coverageScene)
	for _, r := range g.grid.rows {
		if r.family == family {
			return strings.TrimSpace(plainly(g.content(v.on, r.cells[column], g.grid.columns[column])).String())
		}
	}
	return "no such row"
}

func TestTheCoverageGrid(t *testing.T) {
	s := &story{}
	root := digest("root")
	s.add(model.Resolved{Reference: "registry.example/app@" + string(root), Digest: root})
	s.add(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindIndex, Digest: root}})
	for _, p := range []string{"linux/amd64", "linux/arm64", "linux/s390x"} {
		s.add(model.NodeFound{Node: model.Node{ID: string(digest(p)), Parent: string(root), Kind: model.KindImage, Digest: digest(p), Platform: p}})
	}
	hang := func(name, parent string, subject model.Digest, kind model.Kind) {
		s.add(model.NodeFound{Node: model.Node{
			ID: string(digest(name)), Parent: string(digest(parent)), Kind: kind, Format: model.FormatBundle, Digest: digest(name), Subject: subject,
		}})
	}
	hang("sbom", "linux/amd64", digest("linux/amd64"), model.KindSBOM)
	hang("another sbom", "linux/amd64", digest("linux/amd64"), model.KindSBOM)
	hang("signature of the sbom", "sbom", digest("sbom"), model.KindSignature)
	hang("signature", "root", root, model.KindSignature)
	hang("without a subject", "linux/arm64", "", model.KindSBOM)
	s.add(model.Judged{ID: string(digest("sbom")), Report: ladder(model.Invalid, model.CheckSubject, model.CheckFailed, "no")})
	s.add(model.Judged{ID: string(digest("another sbom")), Report: ladder(model.Valid, "", "", "")})
	s.add(model.Judged{ID: string(digest("signature")), Report: ladder(model.Valid, "", "", "")})
	for p, status := range map[string]model.LookupStatus{"root": model.LookupNone, "linux/amd64": model.LookupDenied, "linux/arm64": model.LookupUnsupported} {
		s.add(model.LookedUp{Lookup: model.Lookup{Mechanism: model.MechanismReferrersAPI, Subject: digest(p), Status: status}})
	}
	finding := showing(t, newCoverage(newKeyMap(Keys{})), [][]model.Event{s.events}, "118x35", "")
	if got := cellAt(finding, model.FamilyVEX, 0); !strings.HasSuffix(got, "looking") {
		t.Errorf("before everything is found a gap is %q", got)
	}
	s.add(model.DiscoveryDone{}, model.Done{})
	v := showing(t, newCoverage(newKeyMap(Keys{})), [][]model.Event{s.events}, "118x35", "")
	for _, c := range []struct {
		name   string
		family model.Family
		column int
		want   string
	}{
		{"one verdict is a word", model.FamilySignature, 0, "✓ valid"},
		{"several are signs and numbers", model.FamilySBOM, 1, "✓1 ✘1"},
		{"what signs an SBOM is no signature of the image", model.FamilySignature, 1, "! unknown"},
		{"what names no subject is about what it hangs on", model.FamilySBOM, 2, "· unchecked"},
		{"a gap is none only where every look-up says so", model.FamilyVEX, 0, "– none"},
		{"a denied look-up is no none", model.FamilyVEX, 1, "! unknown"},
		{"a registry without that place has none", model.FamilyVEX, 2, "– none"},
		{"where nobody looked is no none", model.FamilyVEX, 3, "? not looked"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := cellAt(v, c.family, c.column); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// Every family has a way to be made, and no command goes on into the next line.
func TestEveryFamilyHasARecipe(t *testing.T) {
	for _, f := range gridFamilies {
		of := recipes(f, "IMAGE@sha256:abc")
		if len(of) == 0 {
			t.Errorf("%s has none", f)
		}
		for _, r := range of {
			for _, c := range r.commands {
				if strings.ContainsAny(c, "\n;|&`$") || r.says == "" {
					t.Errorf("%s: %q", f, c)
				}
			}
		}
	}
}
