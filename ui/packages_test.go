package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages"
)

// packed is the scene that is on screen.
func packed(t testing.TB, app App) packagesScene {
	t.Helper()
	s, open := app.top()
	if !open {
		t.Fatal("no scene is open")
	}
	return s.scene.(packagesScene)
}

// packageNames are the rows on screen by their names.
func packageNames(s packagesScene) (out []string) {
	for _, row := range s.shown.view {
		out = append(out, s.shown.table.Row(int(row)).Name)
	}
	return out
}

func TestPackagesAreThoseOfTheSBOMThatIsSelectedOrOfAllAboutTheImage(t *testing.T) {
	for _, c := range []struct {
		name, keys string
		want       []string
	}{
		{"on the image, all together, each package once", "g P", []string{"qs", "left-pad", "context7", "express", "openssl"}},
		{"on an SBOM, that one", "/ S P D X enter P", []string{"context7", "express", "qs", "openssl"}},
		{"the next SBOM", "/ S P D X enter P .", []string{"qs", "left-pad"}},
		{"round the end, all together", "/ S P D X enter P ,", []string{"context7", "express", "qs", "openssl", "left-pad"}},
		{"on something else about the image, all", "/ V E X enter P", []string{"qs", "left-pad", "context7", "express", "openssl"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := packed(t, drive(t, fakeApp(packaging(), fakeInfo, Options{}), "120x40", c.keys))
			got := packageNames(s)
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
			s := packed(t, drive(t, fakeApp(packaging(), fakeInfo, Options{}), "120x40", "/ S P D X enter P "+c.keys))
			if diff := cmp.Diff(c.want, packageNames(s)[:len(c.want)]); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAFilterThatMakesNoSenseIsSaidAndKeepsTheRows(t *testing.T) {
	app := drive(t, fakeApp(packaging(), fakeInfo, Options{}), "120x40", "g P f v u l n : x y z")
	if s := packed(t, app); s.sift.problem == "" || len(s.shown.view) != 5 {
		t.Errorf("problem %q, %d rows", s.sift.problem, len(s.shown.view))
	}
}

func TestAPageLeadsAlongRelationshipsAndBack(t *testing.T) {
	app := drive(t, fakeApp(packaging(), fakeInfo, Options{}), "120x60", "/ S P D X enter P enter")
	app = goTo(t, app, "express")
	app = goTo(t, app, "qs")
	got := plain(app)
	for _, want := range []string{"Package qs 6.11.0", "Needed by", "express 4.19.2"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not there:\n%s", want, got)
		}
	}
	for _, back := range []struct{ key, to string }{{"[", "express"}, {"esc", "context7"}} {
		app = feed(t, app, press(back.key))
		if p, open := packed(t, app).page(); !open || !strings.Contains(p.name(), back.to) {
			t.Fatalf("%s leads to %q, want %s", back.key, p.name(), back.to)
		}
	}
	if app = feed(t, app, press("esc")); len(packed(t, app).pages) != 0 || len(app.scenes) != 1 {
		t.Error("back does not lead to the table")
	}
}

// goTo follows the first link to a package of that name.
func goTo(t *testing.T, app App, name string) App {
	t.Helper()
	for range 60 {
		p, _ := packed(t, app).page()
		if to := p.to[p.stops.at]; to.isPackage && p.table.Row(p.table.RowOf(to.place)).Name == name && to.place != p.place &&
			p.table.RowOf(to.place) != p.table.RowOf(p.place) {
			return feed(t, app, press("enter"))
		}
		app = feed(t, app, press("j"))
	}
	t.Fatalf("no link leads to %s:\n%s", name, plain(app))
	return app
}

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

// What comes back for something that is not wanted any more changes nothing.
func TestStaleResultsAreDropped(t *testing.T) {
	app := drive(t, fakeApp(packaging(), fakeInfo, Options{}), "120x40", "/ S P D X enter P")
	s := packed(t, app)
	number := app.scenes[0].number
	other := packages.NewTable()
	for name, result := range map[string]any{
		"a slice":  packagesRead{number: s.load.number - 1, table: other},
		"rows":     packagesSifted{by: siftedBy{table: other}, view: []int32{0}},
		"a join":   packagesJoined{number: s.load.number - 1, table: other},
		"a page":   packageRead{table: other},
		"an error": packagesSifted{by: siftedBy{table: other, filter: "x"}, err: packages.ErrQuery},
	} {
		next := packed(t, feed(t, app, sceneReportedMsg{number, result}))
		if next.shown.table == other || next.sift.table == other || len(next.shown.view) != 4 || next.sift.problem != "" {
			t.Errorf("%s of something else is shown", name)
		}
	}
}

// The first rows are there after the first slice, and rows stay in sight while the rest is read.
func TestALargeDocumentIsReadInSlices(t *testing.T) {
	app := drive(t, fakeApp(manyPackages(3000), fakeInfo, Options{}), "120x40", "/ S P D X enter")
	next, cmd := app.Update(press("P"))
	app, slices, early := next.(App), 0, 0
	var run func(cmd tea.Cmd)
	run = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		msg := cmd()
		if batch, is := msg.(tea.BatchMsg); is {
			for _, c := range batch {
				run(c)
			}
			return
		}
		if msg == nil {
			return
		}
		if r, is := msg.(sceneReportedMsg); is {
			if _, read := r.result.(packagesRead); read {
				slices++
			}
		}
		next, more := app.Update(msg)
		app = next.(App)
		if s := packed(t, app); len(s.shown.view) > 0 && len(s.shown.view) < 3000 {
			early++
		}
		run(more)
	}
	run(cmd)
	s := packed(t, app)
	if slices < 2 || early == 0 || len(s.shown.view) != 3000 || !s.load.done {
		t.Errorf("%d slices, %d times some rows, %d rows at the end, done %v", slices, early, len(s.shown.view), s.load.done)
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
		if len(packed(t, app).shown.view) == 0 && !strings.Contains(keys, "f") {
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
	if n := len(packed(b, app).shown.view); n != 100_000 {
		b.Fatalf("%d rows", n)
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

func BenchmarkRowsOf100000PackagesFollowAFilter(b *testing.B) {
	app := drive(b, fakeApp(manyPackages(100_000), fakeInfo, Options{}), "200x60", "P")
	table := packed(b, app).shown.table
	for b.Loop() {
		siftPackages(b.Context(), siftedBy{table, "name:99 licence:mit", packageVersion + 1})
	}
}

func TestAnSBOMIsReadOnceHoweverOftenItsPackagesAreOpened(t *testing.T) {
	app := drive(t, fakeApp(packaging(), fakeInfo, Options{}), "120x40", "g P")
	first := packed(t, app).indexes
	app = feed(t, feed(t, app, press("esc")), press("P"))
	again := packed(t, app)
	if len(first) != 2 || len(again.shown.view) != 5 {
		t.Fatalf("%d SBOMs, %d rows", len(first), len(again.shown.view))
	}
	for id, x := range first {
		if again.indexes[id] != x {
			t.Errorf("%s was read twice", id)
		}
	}
}

// An SBOM that comes while its packages are waited for is shown as if it had been there.
func TestAnSBOMThatComesLaterIsShown(t *testing.T) {
	root := digest("root")
	first := []model.Event{model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindImage, Digest: root}}}
	app := drive(t, fakeApp(fakeBackend{open: [][]model.Event{first}}, fakeInfo, Options{}), "120x40", "P")
	if got := plain(app); !strings.Contains(got, "still looking") {
		t.Errorf("got:\n%s", got)
	}
	s := &story{}
	s.document("spdx", typeSPDX, root, model.FamilySBOM, "SBOM SPDX 2.3", smallSPDX, by(ladder(model.Trusted, "", "", ""), "dockyard"))
	app, _ = app.startVerify(nil)
	app = feed(t, app, eventsArrivedMsg{app.last, s.events, played(nil)})
	if at := packed(t, app); at.at != 0 || len(at.shown.view) != 4 {
		t.Fatalf("SBOM %d, %d rows:\n%s", at.at, len(at.shown.view), plain(app))
	}
	s = &story{}
	s.document("cdx", typeCycloneDX, root, model.FamilySBOM, "SBOM CycloneDX", smallCycloneDX, by(ladder(model.Trusted, "", "", ""), "dockyard"))
	app, _ = app.startVerify(nil)
	app = feed(t, app, eventsArrivedMsg{app.last, s.events, played(nil)})
	if at := packed(t, app); at.at != -1 || len(at.shown.view) != 5 {
		t.Errorf("SBOM %d, %d rows:\n%s", at.at, len(at.shown.view), plain(app))
	}
}
