package coverage

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/coverage"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/uitest"
)

// cellAt is what the grid says in a cell.
func cellAt(v *uitest.Show, family model.Family, column int) string {
	g := v.Top().(View)
	for _, r := range g.grid.rows {
		if r.family == family {
			return strings.TrimSpace(plainly(g.content(v.On, r.cells[column], g.grid.columns[column])).String())
		}
	}
	return "no such row"
}

func TestTheCoverageGrid(t *testing.T) {
	s := &uitest.Story{}
	root := uitest.Digest("root")
	s.Add(model.Resolved{Reference: "registry.example/app@" + string(root), Digest: root})
	s.Add(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindIndex, Digest: root}})
	for _, p := range []string{"linux/amd64", "linux/arm64", "linux/s390x"} {
		s.Add(model.NodeFound{Node: model.Node{ID: string(uitest.Digest(p)), Parent: string(root), Kind: model.KindImage, Digest: uitest.Digest(p), Platform: p}})
	}
	hang := func(name, parent string, subject model.Digest, kind model.Kind) {
		s.Add(model.NodeFound{Node: model.Node{
			ID: string(uitest.Digest(name)), Parent: string(uitest.Digest(parent)), Kind: kind, Format: model.FormatBundle, Digest: uitest.Digest(name), Subject: subject,
		}})
	}
	hang("sbom", "linux/amd64", uitest.Digest("linux/amd64"), model.KindSBOM)
	hang("another sbom", "linux/amd64", uitest.Digest("linux/amd64"), model.KindSBOM)
	hang("signature of the sbom", "sbom", uitest.Digest("sbom"), model.KindSignature)
	hang("signature", "root", root, model.KindSignature)
	hang("without a subject", "linux/arm64", "", model.KindSBOM)
	s.Add(model.Judged{ID: string(uitest.Digest("sbom")), Report: uitest.Ladder(model.Invalid, model.CheckSubject, model.CheckFailed, "no")})
	s.Add(model.Judged{ID: string(uitest.Digest("another sbom")), Report: uitest.Ladder(model.Valid, "", "", "")})
	s.Add(model.Judged{ID: string(uitest.Digest("signature")), Report: uitest.Ladder(model.Valid, "", "", "")})
	for p, status := range map[string]model.LookupStatus{"root": model.LookupNone, "linux/amd64": model.LookupDenied, "linux/arm64": model.LookupUnsupported} {
		s.Add(model.LookedUp{Lookup: model.Lookup{Mechanism: model.MechanismReferrersAPI, Subject: uitest.Digest(p), Status: status}})
	}
	finding := uitest.Showing(t, New(keymap.New(keymap.Choice{})), [][]model.Event{s.Events}, "118x35", "")
	if got := cellAt(finding, model.FamilyVEX, 0); !strings.HasSuffix(got, "looking") {
		t.Errorf("before everything is found a gap is %q", got)
	}
	s.Add(model.DiscoveryDone{}, model.Done{})
	v := uitest.Showing(t, New(keymap.New(keymap.Choice{})), [][]model.Event{s.Events}, "118x35", "")
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
	for _, f := range coverage.Families {
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

func TestPlatformsAreToldApartInNarrowColumns(t *testing.T) {
	for _, c := range []struct {
		name      string
		platforms []string
		want      string
	}{
		{"names that fit stay as they are", []string{"linux/386", "linux/arm"}, "linux/386 linux/arm"},
		{"of one system only the machine is said", []string{"linux/amd64", "linux/arm64", "linux/arm/v7"}, "amd64 arm64 arm/v7"},
		{"of several systems the ends", []string{"linux/amd64", "windows/amd64", "linux/arm64"}, "…nux/amd64 …ows/amd64 …nux/arm64"},
		{"or the middle goes", []string{"freebsd/riscv64", "openbsd/riscv64"}, "freeb…cv64 openb…cv64"},
	} {
		var columns []gridColumn
		for _, p := range c.platforms {
			columns = append(columns, gridColumn{entry: &model.Entry{Node: model.Node{Kind: model.KindImage, Platform: p}}})
		}
		var got []string
		for _, n := range shownNames(columns, gridNarrow-2) {
			got = append(got, n.String())
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
