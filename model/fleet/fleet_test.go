package fleet

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/predicate"
)

const (
	root = model.Digest("sha256:1111111111111111111111111111111111111111111111111111111111111111")
	amd  = model.Digest("sha256:2222222222222222222222222222222222222222222222222222222222222222")
	arm  = model.Digest("sha256:3333333333333333333333333333333333333333333333333333333333333333")
)

// tree is an index with two platforms, and what else is found.
func tree(more ...model.Event) *model.Tree {
	t := model.NewTree()
	events := []model.Event{
		model.Resolved{Reference: "r.example/a@" + string(root), Digest: root},
		model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindIndex, Digest: root, Found: []model.Found{model.FoundRoot}}},
		platform(amd, "linux/amd64"), platform(arm, "linux/arm64"),
	}
	for _, e := range append(events, more...) {
		t.Apply(e)
	}
	t.Apply(model.DiscoveryDone{})
	t.Apply(model.Done{})
	t.Judge()
	return t
}

func platform(d model.Digest, name string) model.Event {
	return model.NodeFound{Node: model.Node{
		ID: string(d), Parent: string(root), Kind: model.KindImage, Digest: d, Platform: name, Found: []model.Found{model.FoundIndexChild},
	}}
}

// attested is a statement about a digest, judged.
func attested(id string, on model.Digest, predicateType string, v model.Verdict, signer string) []model.Event {
	n := model.Node{ID: id, Parent: string(on), Kind: model.KindAttestation, Format: model.FormatBundle, Subject: on, Digest: model.Digest(id)}
	report := model.Report{Verdict: v, Checks: []model.Check{{ID: model.CheckSubject, Status: model.CheckPassed}}}
	if signer != "" {
		report.Signer = &model.Signer{Subject: signer}
	}
	if v == model.Trusted && model.FamilyOf(predicateType) == model.FamilyProvenance {
		report.SLSA = &model.SLSA{Level: 2}
	}
	return []model.Event{
		model.NodeFound{Node: n},
		model.Opened{ID: id, Attestation: &model.Attestation{Statement: &model.Statement{PredicateType: predicateType}, PredicateType: predicateType}},
		model.Judged{ID: id, Report: report},
	}
}

func denied(on model.Digest) model.Event {
	return model.LookedUp{Lookup: model.Lookup{Mechanism: model.MechanismReferrersAPI, Subject: on, Status: model.LookupDenied, Detail: "status 403"}}
}

const (
	spdx       = "https://spdx.dev/Document"
	provenance = "https://slsa.dev/provenance/v1"
)

func TestACellTellsAbsenceFromIgnorance(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		tree  *model.Tree
		state State
		on    string
	}{
		{"nothing is there", tree(), StateNone, ""},
		{"a look-up was denied", tree(denied(root)), StateUnknown, ""},
		{"a look-up of a platform was denied", tree(denied(arm)), StateUnknown, ""},
		{"on the index", tree(attested("a", root, spdx, model.Trusted, "x")...), "trusted", "index"},
		{"seen although a look-up was denied", tree(append(attested("a", root, spdx, model.Trusted, "x"), denied(root))...), "trusted", "index"},
		{"on one platform of two", tree(attested("a", amd, spdx, model.Trusted, "x")...), StatePartial, "1 of 2 platforms"},
		{"on both, one of them bad", tree(append(attested("a", amd, spdx, model.Trusted, "x"), attested("b", arm, spdx, model.Invalid, "")...)...), "invalid", "2 of 2 platforms"},
		{"a bad one does not hide a good one", tree(append(attested("a", root, spdx, model.Invalid, ""), attested("b", root, spdx, model.Trusted, "x")...)...), "trusted", "index"},
		{"no tree at all", model.NewTree(), StateUnknown, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			cells := assess(test.tree, Columns(nil))
			c := cells[1]
			if c.Column != ColumnSBOM || c.State != test.state || c.On != test.on {
				t.Errorf("%s %q on %q, want %q on %q", c.Column, c.State, c.On, test.state, test.on)
			}
		})
	}
}

func TestALevelIsShownOnlyWhereItIsProven(t *testing.T) {
	t.Parallel()
	good := assess(tree(attested("a", root, provenance, model.Trusted, "x")...), Columns(nil))[2]
	bad := assess(tree(attested("a", root, provenance, model.Invalid, "")...), Columns(nil))[2]
	if good.Level != 2 || good.Value != "L2" || bad.Level != 0 {
		t.Errorf("%+v, %+v", good, bad)
	}
}

// scanned is a vulnerability scan with so many findings.
func scanned(id string, v model.Verdict, n int) []model.Event {
	events := attested(id, root, "https://in-toto.io/attestation/vulns/v0.2", v, "x")
	events[1] = model.Opened{ID: id, Attestation: &model.Attestation{
		Statement: &model.Statement{PredicateType: "https://in-toto.io/attestation/vulns/v0.2"}, Predicate: predicate.Vuln{Count: n},
	}}
	return events
}

func TestAStrangersSignatureChangesNobody(t *testing.T) {
	t.Parallel()
	events := append(attested("a", root, spdx, model.Trusted, "x"), attested("b", root, spdx, model.Untrusted, "mallory")...)
	if c := assess(tree(events...), Columns(nil))[1]; c.Count != 2 || len(c.Signers) != 1 || c.Signers[0] != "x" {
		t.Errorf("%+v", c)
	}
}

func TestOfTwoScansNeitherHidesTheOther(t *testing.T) {
	t.Parallel()
	events := append(scanned("a", model.Trusted, 0), scanned("b", model.Trusted, 7)...)
	events = append(events, scanned("c", model.Invalid, 99)...)
	c := assess(tree(events...), Columns(nil))[3]
	if c.Column != ColumnScan || c.Value != "0 findings; 7 findings" || c.Count != 3 || c.State != "trusted" {
		t.Errorf("%+v", c)
	}
}

func TestAPolicyAddsTheColumnsThatItNeeds(t *testing.T) {
	t.Parallel()
	var ids []ColumnID
	for _, c := range Columns([]string{"sbom", "scai", "vsa", "https://example.com/review/v1", "vsa"}) {
		ids = append(ids, c.ID)
	}
	want := []ColumnID{ColumnSignature, ColumnSBOM, ColumnProvenance, ColumnScan, ColumnVEX, "vsa", "https://example.com/review/v1"}
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Error(diff)
	}
}

func TestWhatCouldNotBeFinishedOutranksWhatDoesNotSatisfy(t *testing.T) {
	t.Parallel()
	ok := Row{Complete: true, Policy: Answer{Satisfied: true}}
	no := Row{Complete: true}
	half := Row{}
	gone := Row{Problem: "denied"}
	fine := Row{Policy: Answer{Satisfied: true}} // satisfied although something could not be looked at
	tests := []struct {
		name string
		rows []Row
		want Outcome
	}{
		{"nothing", nil, OutcomeSatisfied},
		{"all good", []Row{ok, fine}, OutcomeSatisfied},
		{"one not satisfied", []Row{ok, no}, OutcomeNotSatisfied},
		{"one incomplete", []Row{no, half, ok}, OutcomeIncomplete},
		{"one not to be had", []Row{gone, no}, OutcomeIncomplete},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var s Summary
			for _, r := range test.rows {
				s.Add(r)
			}
			if got := s.Worst(); got != test.want {
				t.Errorf("%d, want %d", got, test.want)
			}
			if s.Images != s.Satisfied+s.NotSatisfied+s.Incomplete {
				t.Errorf("%+v does not add up", s)
			}
		})
	}
}

func TestATagThatWasAnsweredFromACacheIsNoAnswer(t *testing.T) {
	t.Parallel()
	kept := tree()
	kept.AsOf = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	yes := model.PolicyAnswer{Satisfied: true}
	tag := Judged(Image{Reference: "r.example/a:1"}, 0, kept, Columns(nil), yes, "")
	digest := tag.As(Image{Reference: "r.example/a@" + string(root)}, 1)
	if tag.Outcome() != OutcomeIncomplete || digest.Outcome() != OutcomeSatisfied || digest.AsOf != "2026-01-02T03:04:05Z" {
		t.Errorf("%+v, %+v", tag, digest)
	}
}

func row(digest string, cells ...Cell) Row {
	return Row{Digest: digest, Resolved: "r.example/a@" + digest, Verdict: "trusted", Complete: true, Cells: cells}
}

func TestChangesAreNamed(t *testing.T) {
	t.Parallel()
	sbom := Cell{Column: ColumnSBOM, State: "trusted", Signers: []string{"x"}}
	with := func(change func(*Cell)) Cell {
		c := sbom
		change(&c)
		return c
	}
	tests := []struct {
		name          string
		before, after Row
		want          []ChangeKind
		worse         bool
	}{
		{"nothing changed", row("d", sbom), row("d", sbom), nil, false},
		{"lost", row("d", sbom), row("d", Cell{Column: ColumnSBOM, State: StateNone}), []ChangeKind{ChangeLost}, true},
		{"not seen is not lost", row("d", sbom), row("d", Cell{Column: ColumnSBOM, State: StateUnknown}), []ChangeKind{ChangeUnseen}, true},
		{"not seen before is not gained", row("d", Cell{Column: ColumnSBOM, State: StateUnknown}), row("d", sbom), nil, false},
		{"gained", row("d", Cell{Column: ColumnSBOM, State: StateNone}), row("d", sbom), []ChangeKind{ChangeGained}, false},
		{"another signer", row("d", sbom), row("d", with(func(c *Cell) { c.Signers = []string{"y"} })), []ChangeKind{ChangeSigner}, true},
		{"the same workflow at another ref", row("d", with(func(c *Cell) { c.Signers = []string{"https://h/o/r/w.yml@refs/tags/v1 (i)"} })),
			row("d", with(func(c *Cell) { c.Signers = []string{"https://h/o/r/w.yml@refs/tags/v2 (i)"} })), []ChangeKind{ChangeSigner}, false},
		{"the same workflow by another issuer", row("d", with(func(c *Cell) { c.Signers = []string{"https://h/o/r/w.yml@refs/tags/v1 (i)"} })),
			row("d", with(func(c *Cell) { c.Signers = []string{"https://h/o/r/w.yml@refs/tags/v1 (j)"} })), []ChangeKind{ChangeSigner}, true},
		{"the same workflow from a pull request", row("d", with(func(c *Cell) { c.Signers = []string{"https://h/o/r/w.yml@refs/heads/main (i)"} })),
			row("d", with(func(c *Cell) { c.Signers = []string{"https://h/o/r/w.yml@refs/pull/7/merge (i)"} })), []ChangeKind{ChangeSigner}, true},
		{"a lower level", row("d", with(func(c *Cell) { c.Level = 3 })), row("d", with(func(c *Cell) { c.Level = 1 })), []ChangeKind{ChangeLevel}, true},
		{"another digest", row("d", sbom), row("e", sbom), []ChangeKind{ChangeDigest}, false},
		{"cannot be looked at", row("d", sbom), Row{Problem: "denied"}, []ChangeKind{ChangeUnreadable}, true},
		{"could not be looked at before", Row{Problem: "denied"}, row("d", sbom), nil, false},
		{"a column of another policy", row("d"), row("d", sbom), nil, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var kinds []ChangeKind
			worse := false
			for _, c := range Compare(test.before, test.after) {
				kinds, worse = append(kinds, c.Kind), worse || c.Worse
				if c.String() == "" {
					t.Error("a change without words")
				}
			}
			if diff := cmp.Diff(test.want, kinds); diff != "" || worse != test.worse {
				t.Errorf("%s worse: %v", diff, worse)
			}
		})
	}
}

func TestAMirrorThatLostSomethingIsFound(t *testing.T) {
	t.Parallel()
	at := func(repository, digest string, state State) Row {
		return Row{Resolved: repository + "@" + digest, Digest: digest, Cells: []Cell{{Column: ColumnSBOM, State: state}}}
	}
	var c Copies
	for _, r := range []Row{
		at("ghcr.io/a", "d1", "trusted"), at("docker.io/a", "d1", StateNone), at("quay.io/a", "d1", StateUnknown),
		at("ghcr.io/b", "d2", "trusted"), at("docker.io/b", "d2", StateUnknown),
		at("ghcr.io/c", "d3", "trusted"), at("ghcr.io/c", "d3", StateNone),
	} {
		c.Add(r)
	}
	want := []Difference{{Digest: "d1", Column: ColumnSBOM, Has: []string{"ghcr.io/a"}, Lacks: []string{"docker.io/a"}, Unknown: []string{"quay.io/a"}}}
	if diff := cmp.Diff(want, c.Differences()); diff != "" {
		t.Error(diff)
	}
}

func TestWhatStandsInItsPlaceDoesNotHideWhatAMirrorLost(t *testing.T) {
	t.Parallel()
	at := func(repository string, cell Cell, complete bool) Row {
		cell.Column = ColumnSBOM
		return Row{Resolved: repository + "@d", Digest: "d", Complete: complete, Cells: []Cell{cell}}
	}
	good := at("a", Cell{State: "trusted", Signers: []string{"x"}}, true)
	for name, c := range map[string]struct {
		copied         Row
		lacks, unknown []string
	}{
		"the same":                         {at("b", Cell{State: "trusted", Signers: []string{"x"}}, true), nil, nil},
		"trusted for one repository only":  {at("b", Cell{State: "untrusted", Signers: []string{"x"}}, true), nil, nil},
		"one that cannot be verified":      {at("b", Cell{State: "invalid"}, true), []string{"b"}, []string{}},
		"one that nobody signed":           {at("b", Cell{State: "unsigned"}, true), []string{"b"}, []string{}},
		"somebody else's":                  {at("b", Cell{State: "untrusted", Signers: []string{"mallory"}}, true), []string{"a", "b"}, []string{}},
		"one, where not all could be seen": {at("b", Cell{State: "invalid"}, false), nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var copies Copies
			copies.Add(good)
			copies.Add(c.copied)
			var lacks, unknown []string
			for _, d := range copies.Differences() {
				lacks, unknown = d.Lacks, d.Unknown
			}
			if diff := cmp.Diff(c.lacks, lacks) + cmp.Diff(c.unknown, unknown); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestShardsShareAListWithoutLossOrOverlap(t *testing.T) {
	t.Parallel()
	for images := range 25 {
		for count := range 9 {
			held := make([]int, images)
			sizes := 0
			for index := range max(count, 1) {
				s := Shard{Index: index, Count: count}
				for place := range images {
					if s.Holds(place) {
						held[place]++
					}
				}
				sizes += s.Size(images)
			}
			for place, n := range held {
				if n != 1 {
					t.Fatalf("place %d of %d is in %d of %d parts", place, images, n, count)
				}
			}
			if sizes != images {
				t.Fatalf("%d parts of %d images have %d", count, images, sizes)
			}
		}
	}
}

func TestWhatWasJudgedIsNamedByItsDigest(t *testing.T) {
	digest := "sha256:" + strings.Repeat("a", 64)
	for reference, want := range map[string]string{
		"r.example/a:1":         "r.example/a:1@" + digest,
		"r.example:5000/a":      "r.example:5000/a:latest@" + digest,
		"r.example/a@" + digest: "r.example/a@" + digest,
	} {
		if got := (Row{Reference: reference, Digest: digest}).Pinned(); got != want {
			t.Errorf("%s: %s, want %s", reference, got, want)
		}
	}
	if got := (Row{Reference: "a:1", Digest: "sha256:no"}).Pinned(); got != "a:1" {
		t.Errorf("without a digest: %s", got)
	}
}
