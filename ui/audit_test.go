package ui

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/ui/uitest"
)

func TestEnterInTheAuditLeadsToTheAttestation(t *testing.T) {
	for keys, want := range map[string]string{"a enter": "scai", "a g enter": "scai", "a G enter": "stranger"} {
		app := drive(t, fakeApp(uitest.Auditing(), fakeInfo, Options{}), "120x40", keys)
		if len(app.scenes) != 0 || app.nodes.selected != string(uitest.Digest(want)) || app.focus != paneDetail {
			t.Errorf("%s: %d scenes, node %s", keys, len(app.scenes), app.nodes.selected)
		}
	}
}

func TestAReviewIsWrittenToTheFileThatWasTyped(t *testing.T) {
	backend := uitest.Auditing()
	app := drive(t, fakeApp(backend, fakeInfo, Options{}), "120x40", "a r right enter n o t space r e a d enter a n n enter r . y enter enter")
	if diff := cmp.Diff([]string{"r.y AITech-9.1 reject not read ann"}, backend.Audits.Wrote); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	got := plain(app)
	for _, want := range []string{"review written to /home/ann/r.y", "reject"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not on screen:\n%s", want, got)
		}
	}
}

func TestNothingIsWrittenBeforeItIsAskedFor(t *testing.T) {
	for name, keys := range map[string]string{
		"a review without a reviewer":  "a r tab n tab tab f enter enter",
		"a review without a file":      "a r tab n tab a n n enter enter enter",
		"a report without a file":      "a e enter enter",
		"a form that was given up":     "a r enter n enter a enter f enter esc enter",
		"a review of the scan":         "a g r enter n enter a enter f enter enter",
		"the last field, and no more":  "a r enter n enter a enter f",
		"a key that is only text here": "a r tab q e r a",
	} {
		backend := uitest.Auditing()
		drive(t, fakeApp(backend, fakeInfo, Options{}), "120x40", keys)
		if len(backend.Audits.Wrote) != 0 {
			t.Errorf("%s: %v", name, backend.Audits.Wrote)
		}
	}
}

func TestAnAuditThatFailsSaysWhy(t *testing.T) {
	backend := uitest.Auditing()
	backend.Audits.Refuse = errors.New("--reviews: reviews.yaml:3: date is neither a day nor a time")
	app := drive(t, fakeApp(backend, fakeInfo, Options{}), "80x24", "a j enter r e tab f x esc")
	if got := plain(app); !strings.Contains(got, "could not be audited") || !strings.Contains(got, "reviews.yaml:3") {
		t.Errorf("got:\n%s", got)
	}
}

// Where the evidence is not at hand, nothing is listed; that is not that nothing was let through.
func TestWithoutEvidenceTheAuditDoesNotSayThatNothingWasLetThrough(t *testing.T) {
	backend := uitest.Auditing()
	backend.Audits.Given.Evidence = nil
	got := plain(drive(t, fakeApp(backend, fakeInfo, Options{}), "120x40", "a"))
	if !strings.Contains(got, "4 let through, not known which") || strings.Contains(got, " 0 let through") {
		t.Errorf("got:\n%s", got)
	}
	if got := plain(drive(t, fakeApp(uitest.Backend{Events: uitest.Good()}, fakeInfo, Options{}), "120x40", "a")); strings.Contains(got, "let through") {
		t.Errorf("without a scan it counts what was let through:\n%s", got)
	}
}

func TestAnAuditFollowsTheTree(t *testing.T) {
	app := drive(t, fakeApp(uitest.Auditing(), fakeInfo, Options{}), "120x40", "a")
	if !strings.Contains(plain(app), " by dockyard") {
		t.Fatal("the scan is not trusted at first")
	}
	id := string(uitest.Digest("scai"))
	r := uitest.By(uitest.Ladder(model.Untrusted, model.CheckSigner, model.CheckFailed, "not pinned any more"), "")
	app, _ = app.startVerify(nil)
	app = feed(t, app, eventsArrivedMsg{app.last, []model.Event{model.Judged{ID: id, Report: r}}, uitest.Played(nil)})
	if strings.Contains(plain(app), " by dockyard") {
		t.Error("the audit is that of the tree as it was")
	}
}

func TestHostileTextReachesNoAuditUnsanitised(t *testing.T) {
	backend := uitest.Auditing()
	s := audit.JudgeImage(model.NewTree(), audit.Case{})
	if s.Current != nil {
		t.Fatal("an empty tree has a scan")
	}
	hostileSummary := strings.ReplaceAll(uitest.ScanSummary, `"the tool runs a shell"`, fmt.Sprintf("%q", uitest.Hostile))
	hostileSummary = strings.ReplaceAll(hostileSummary, `"run"`, fmt.Sprintf("%q", uitest.Hostile))
	hostileSummary = strings.ReplaceAll(hostileSummary, `"Explicitly allowed"`, fmt.Sprintf("%q", strings.Repeat(uitest.Hostile, 30)))
	hostileSummary = strings.NewReplacer(`\x`, `\u00`, `\a`, `\u0007`).Replace(hostileSummary)
	st := &uitest.Story{}
	root := uitest.Digest("root")
	st.Add(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindIndex, Digest: root, MediaType: model.MediaTypeOCIIndex}})
	st.Scan("scai", model.DigestOf([]byte(hostileSummary)).Hex(), uitest.By(uitest.Ladder(model.Trusted, "", "", ""), uitest.Hostile))
	st.Add(model.DiscoveryDone{}, model.Done{})
	backend.Events = [][]model.Event{st.Events}
	backend.Audits.Given.Evidence = &audit.File{Name: uitest.Hostile, Bytes: []byte(hostileSummary)}
	backend.Audits.Given.Spec.From, backend.Audits.Given.Spec.Trust = uitest.Hostile, uitest.Hostile
	for _, keys := range []string{"a", "a tab", "a r", "a g", "a e x enter enter"} {
		app := drive(t, fakeApp(backend, fakeInfo, Options{}), "120x40", keys)
		for range 10 {
			fits(t, app, 120, 40)
			app = feed(t, app, uitest.Press("ctrl+d"))
		}
	}
	app := drive(t, fakeApp(backend, fakeInfo, Options{}), "120x40", "a")
	if got := plain(app); !strings.Contains(got, "4 let through") {
		t.Fatalf("the hostile evidence was not read:\n%s", got)
	}
}

// manyFindings is a scan with that many findings that were let through.
func manyFindings(n int) uitest.Backend {
	backend := uitest.Auditing()
	var issues []string
	for i := range n {
		issues = append(issues, fmt.Sprintf(`{"aitech":"AITech-9.1","severity":"HIGH","tool_name":"tool-%d","allowed_reason":"reason number %d, in as many words as people write"}`, i, i))
	}
	summary := []byte(`{"server":"context7","status":"passed","tools_scanned":6,"analyzers":["yara"],"allowed_issues":[` + strings.Join(issues, ",") + `]}`)
	s := &uitest.Story{}
	root := uitest.Digest("root")
	s.Add(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindIndex, Digest: root, MediaType: model.MediaTypeOCIIndex}})
	s.Scan("scai", model.DigestOf(summary).Hex(), uitest.By(uitest.Ladder(model.Trusted, "", "", ""), "dockyard"))
	s.Add(model.DiscoveryDone{}, model.Done{})
	backend.Events = [][]model.Event{s.Events}
	backend.Audits.Given.Evidence = &audit.File{Name: "scan-summary.json", Bytes: summary}
	return backend
}

func BenchmarkKeyInAnAuditOf4000Findings(b *testing.B) {
	app := drive(b, fakeApp(manyFindings(4000), fakeInfo, Options{}), "200x60", "a")
	if got := plain(app); !strings.Contains(got, "4000 let through") {
		b.Fatalf("not all is listed:\n%s", got)
	}
	keys := []tea.KeyPressMsg{uitest.Press("j"), uitest.Press("k"), uitest.Press("ctrl+d"), uitest.Press("ctrl+u")}
	i := 0
	for b.Loop() {
		next, _ := app.Update(keys[i%len(keys)])
		app = next.(App)
		_ = app.View()
		i++
	}
}
