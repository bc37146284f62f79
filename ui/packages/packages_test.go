package packages

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages"
	"github.com/attestree/attestree/ui/uitest"
)

// packing are the packages of a node, after some keys.
func packing(t testing.TB, b uitest.Backend, node, size, keys string) *uitest.Show {
	t.Helper()
	return uitest.Showing(t, New(string(uitest.Digest(node))), b.Events, size, keys)
}

// packed are the packages that are shown.
func packed(v *uitest.Show) View { return v.Top().(View) }

// packageNames are the rows on screen by their names.
func packageNames(s View) (out []string) {
	for _, row := range s.shown.view {
		out = append(out, s.shown.table.Row(int(row)).Name)
	}
	return out
}

func TestPackagesAreThoseOfTheSBOMThatIsSelectedOrOfAllAboutTheImage(t *testing.T) {
	for _, c := range []struct {
		name, node, keys string
		want             []string
	}{
		{"on the image, all together, each package once", "root", "", []string{"qs", "left-pad", "context7", "express", "openssl"}},
		{"on an SBOM, that one", "spdx", "", []string{"context7", "express", "qs", "openssl"}},
		{"the next SBOM", "spdx", ".", []string{"qs", "left-pad"}},
		{"round the end, all together", "spdx", ",", []string{"context7", "express", "qs", "openssl", "left-pad"}},
		{"on something else about the image, all", "vex", "", []string{"qs", "left-pad", "context7", "express", "openssl"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := packageNames(packed(packing(t, uitest.Packaging(), c.node, "118x35", c.keys)))
			if len(got) != len(c.want) {
				t.Fatalf("got %v, want %v", got, c.want)
			}
			for _, name := range c.want {
				if !strings.Contains(strings.Join(got, " "), name) {
					t.Errorf("%s is missing in %v", name, got)
				}
			}
		})
	}
}

func TestARowSaysOfAllItsSBOMsHowFarTheyAreToBeBelieved(t *testing.T) {
	v := packing(t, uitest.Packaging(), "root", "118x35", "")
	if got := v.Text(); !strings.Contains(got, "✔1 ✘1 ") {
		t.Errorf("one of two SBOMs that list qs is invalid, and nothing says so:\n%s", got)
	}
}

func TestPackagesAreFilteredAndSortedAsTyped(t *testing.T) {
	for _, c := range []struct {
		name, keys string
		want       []string
	}{
		{"by a word", "f e x p enter", []string{"express"}},
		{"by licence", "f l i c e n c e : b s d enter", []string{"qs"}},
		{"by what is open", "f v u l n : o p e n enter", []string{"express"}},
		{"by what is excused", "f v u l n : e x c u s e d enter", []string{"qs"}},
		{"by name", "s", []string{"context7", "express", "openssl", "qs"}},
		{"by name, the other way round", "s S", []string{"qs", "openssl", "express", "context7"}},
		{"the gravest first", "s s s s s", []string{"express"}},
		{"escape takes the filter away", "f e x p enter esc", []string{"context7", "express", "qs", "openssl"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := packed(packing(t, uitest.Packaging(), "spdx", "118x35", c.keys))
			if diff := cmp.Diff(c.want, packageNames(s)[:len(c.want)]); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAFilterThatMakesNoSenseIsSaidAndKeepsTheRows(t *testing.T) {
	v := packing(t, uitest.Packaging(), "root", "118x35", "f v u l n : x y z")
	if s := packed(v); s.sift.problem == "" || len(s.shown.view) != 5 {
		t.Errorf("problem %q, %d rows", s.sift.problem, len(s.shown.view))
	}
}

func TestAPageLeadsAlongRelationshipsAndBack(t *testing.T) {
	v := packing(t, uitest.Packaging(), "spdx", "118x55", "enter")
	goTo(t, v, "express")
	goTo(t, v, "qs")
	got := v.Text()
	for _, want := range []string{"Package qs 6.11.0", "Needed by", "express 4.19.2"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not there:\n%s", want, got)
		}
	}
	for _, back := range []struct{ key, to string }{{"[", "express"}, {"esc", "context7"}} {
		v.Press(back.key)
		if p, open := packed(v).page(); !open || !strings.Contains(p.name(), back.to) {
			t.Fatalf("%s leads to %q, want %s", back.key, p.name(), back.to)
		}
	}
	if v.Press("esc"); len(packed(v).pages) != 0 || len(v.Asked) != 0 {
		t.Error("back does not lead to the table")
	}
}

// goTo follows the first link to a package of that name.
func goTo(t *testing.T, v *uitest.Show, name string) {
	t.Helper()
	for range 60 {
		p, _ := packed(v).page()
		if to := p.to[p.stops.At]; to.isPackage && p.table.Row(p.table.RowOf(to.place)).Name == name && to.place != p.place &&
			p.table.RowOf(to.place) != p.table.RowOf(p.place) {
			v.Press("enter")
			return
		}
		v.Press("j")
	}
	t.Fatalf("no link leads to %s:\n%s", name, v.Text())
}

// What comes back for something that is not wanted any more changes nothing.
func TestStaleResultsAreDropped(t *testing.T) {
	v := packing(t, uitest.Packaging(), "spdx", "118x35", "")
	s := packed(v)
	other := packages.NewTable()
	for name, result := range map[string]any{
		"a slice":  read{number: s.load.number - 1, table: other},
		"rows":     sifted{by: siftedBy{table: other}, view: []int32{0}},
		"a join":   joined{number: s.load.number - 1, table: other},
		"a page":   packageRead{table: other},
		"an error": sifted{by: siftedBy{table: other, filter: "x"}, err: packages.ErrQuery},
	} {
		v.Receive(result)
		next := packed(v)
		if next.shown.table == other || next.sift.table == other || len(next.shown.view) != 4 || next.sift.problem != "" {
			t.Errorf("%s of something else is shown", name)
		}
	}
}

// The first rows are there after the first slice, and rows stay in sight while the rest is read.
func TestALargeDocumentIsReadInSlices(t *testing.T) {
	v := packing(t, uitest.ManyPackages(3000), "spdx", "118x35", "")
	slices, early := 0, 0
	for i, r := range v.Told {
		if _, read := r.(read); read {
			slices++
		}
		if s, is := v.Seen[i].(View); is && len(s.shown.view) > 0 && len(s.shown.view) < 3000 {
			early++
		}
	}
	s := packed(v)
	if slices < 2 || early == 0 || len(s.shown.view) != 3000 || !s.load.done {
		t.Errorf("%d slices, %d times some rows, %d rows at the end, done %v", slices, early, len(s.shown.view), s.load.done)
	}
}

func BenchmarkRowsOf100000PackagesFollowAFilter(b *testing.B) {
	table := packed(packing(b, uitest.ManyPackages(100_000), "root", "198x55", "")).shown.table
	for b.Loop() {
		siftPackages(b.Context(), siftedBy{table, "name:99 licence:mit", packageVersion + 1})
	}
}

// An SBOM that comes while its packages are waited for is shown as if it had been there.
func TestAnSBOMThatComesLaterIsShown(t *testing.T) {
	root := uitest.Digest("root")
	first := []model.Event{model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindImage, Digest: root}}}
	v := packing(t, uitest.Backend{Events: [][]model.Event{first}}, "root", "118x35", "")
	if got := v.Text(); !strings.Contains(got, "still looking") {
		t.Errorf("got:\n%s", got)
	}
	s := &uitest.Story{}
	s.Document("spdx", uitest.TypeSPDX, root, model.FamilySBOM, "SBOM SPDX 2.3", uitest.SmallSPDX, uitest.By(uitest.Ladder(model.Trusted, "", "", ""), "dockyard"))
	v.Apply(s.Events...)
	if at := packed(v); at.at != 0 || len(at.shown.view) != 4 {
		t.Fatalf("SBOM %d, %d rows:\n%s", at.at, len(at.shown.view), v.Text())
	}
	s = &uitest.Story{}
	s.Document("cdx", uitest.TypeCycloneDX, root, model.FamilySBOM, "SBOM CycloneDX", uitest.SmallCycloneDX, uitest.By(uitest.Ladder(model.Trusted, "", "", ""), "dockyard"))
	v.Apply(s.Events...)
	if at := packed(v); at.at != -1 || len(at.shown.view) != 5 {
		t.Errorf("SBOM %d, %d rows:\n%s", at.at, len(at.shown.view), v.Text())
	}
}

func TestAnSBOMIsReadOnceHoweverOftenItsPackagesAreOpened(t *testing.T) {
	first := packed(packing(t, uitest.Packaging(), "root", "118x35", ""))
	again := packed(uitest.Showing(t, New(string(uitest.Digest("root"))).Knowing(first), uitest.Packaging().Events, "118x35", ""))
	if len(first.indexes) != 2 || len(again.shown.view) != 5 {
		t.Fatalf("%d SBOMs, %d rows", len(first.indexes), len(again.shown.view))
	}
	for id, x := range first.indexes {
		if again.indexes[id] != x {
			t.Errorf("%s was read twice", id)
		}
	}
}

// That a scan found nothing is no news where it did not look to the end.
func TestAScanThatProvesLittleIsNoGoodNews(t *testing.T) {
	root := uitest.Digest("root")
	for _, c := range []struct {
		name, scan string
		report     model.Report
		want       string
	}{
		{
			"it did not finish", `{"scanner":{"uri":"trivy","result":{"runs":[{"tool":{"driver":{"name":"Trivy"}},"invocations":[{"executionSuccessful":false}],"results":[]}]}}}`,
			uitest.By(uitest.Ladder(model.Trusted, "", "", ""), "dockyard"), "1 scan did not finish",
		},
		{
			"it names nothing", `{"scanner":{"uri":"trivy","result":{"SchemaVersion":2,"ArtifactName":"x","Results":[]}}}`,
			uitest.By(uitest.Ladder(model.Trusted, "", "", ""), "dockyard"), "1 scan named nothing that was looked at",
		},
		{
			"its signature is not good", `{"scanner":{"uri":"trivy","result":{"SchemaVersion":2,"ArtifactName":"x","Results":[{"Target":"alpine"}]}}}`,
			uitest.Ladder(model.Invalid, model.CheckSignature, model.CheckFailed, "it is of other bytes"), "1 scan failed its verification",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &uitest.Story{}
			s.Add(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindImage, Digest: root}})
			s.Document("spdx", uitest.TypeSPDX, root, model.FamilySBOM, "SBOM SPDX 2.3", uitest.SmallSPDX, uitest.By(uitest.Ladder(model.Trusted, "", "", ""), "dockyard"))
			s.Document("scan", uitest.TypeVuln, root, model.FamilyVuln, "Vulnerability scan", c.scan, c.report)
			s.Add(model.DiscoveryDone{}, model.Done{})
			v := packing(t, uitest.Backend{Events: [][]model.Event{s.Events}}, "root", "118x35", "")
			if got := v.Text(); !strings.Contains(got, c.want) || strings.Contains(got, "no package of this list has one") {
				t.Errorf("got:\n%s", got)
			}
			v.Press("enter")
			if got := v.Text(); !strings.Contains(got, c.want) {
				t.Errorf("the page of a package says:\n%s", got)
			}
		})
	}
}

func TestOnePackageIsOne(t *testing.T) {
	for _, c := range []struct {
		packages int
		want     string
	}{{1, "  1 package\n"}, {3, "  3 packages\n"}} {
		if got := packing(t, uitest.ManyPackages(c.packages), "spdx", "118x35", "").Text(); !strings.Contains(got, c.want) {
			t.Errorf("%d:\n%s", c.packages, got)
		}
	}
}
