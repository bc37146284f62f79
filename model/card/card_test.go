package card

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
)

func TestTheCardOfEachImage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		image image
		lines map[string]string // section/id → "basis text"
		holds map[GuaranteeID]Support
	}{
		{
			"a trusted provenance of a hosted platform proves builder and source",
			image{provenance(model.Trusted, 2), signature(model.Trusted)},
			map[string]string{
				"built-by/builder": "proven " + bare(workflow), "built-from/source": "proven github.com/o/r main commit " + commit,
				"when/signed": "proven signed 2026-06-01 09:00:00Z", "vouched-by/signer": "proven keyless · release.yml@main",
				"missing/no-sbom": "absent no SBOM",
			},
			map[GuaranteeID]Support{
				SourceIntegrity: Held, BuildTransparency: Held, SecurityScan: NoEvidence, ContainerScan: NoEvidence,
				DependencyTracking: NoEvidence, NonRepudiation: Held, ContinuousMonitoring: NoEvidence,
			},
		},
		{
			"an untrusted provenance proves nothing, whatever its certificate says",
			image{provenance(model.Untrusted, 2)},
			map[string]string{"built-by/builder": "claimed " + bare(workflow), "built-from/source": "claimed github.com/o/r main commit " + commit, "vouched-by/signer": "claimed keyless · release.yml@main"},
			map[GuaranteeID]Support{SourceIntegrity: ClaimedOnly, BuildTransparency: ClaimedOnly, NonRepudiation: ClaimedOnly},
		},
		{
			"below level 2 a good provenance only claims",
			image{provenance(model.Trusted, 1)},
			map[string]string{"built-by/builder": "claimed " + bare(workflow), "built-from/source": "claimed github.com/o/r main commit " + commit},
			map[GuaranteeID]Support{SourceIntegrity: ClaimedOnly, BuildTransparency: Held},
		},
		{
			"an invalid provenance is not there, and is wrong",
			image{provenance(model.Invalid, 2)},
			map[string]string{"built-by/builder": "absent no provenance says who built it", "missing/no-provenance": "absent no provenance", "wrong/invalid": "checked SLSA provenance v1 · release.yml"},
			map[GuaranteeID]Support{SourceIntegrity: NoEvidence, BuildTransparency: NoEvidence, NonRepudiation: Contradicted},
		},
		{
			"nothing at all is absent",
			image{},
			map[string]string{"built-by/builder": "absent no provenance says who built it", "vouched-by/nobody": "absent nobody: no signature or provenance of this image holds"},
			map[GuaranteeID]Support{SourceIntegrity: NoEvidence, NonRepudiation: NoEvidence},
		},
		{
			"nothing seen where a look-up was denied is not absent",
			image{denied()},
			map[string]string{"missing/no-sbom": "unknown no SBOM", "missing/look-up": "unknown referrers-api of sha256:aaaaaaaaaaaa was denied"},
			map[GuaranteeID]Support{SourceIntegrity: NotKnown, ContainerScan: NotKnown, ContinuousMonitoring: NotKnown},
		},
		{
			"a scan that passed is evidence",
			image{signature(model.Trusted), scai(model.Trusted, "PASSED", 6, 0)},
			nil, map[GuaranteeID]Support{SecurityScan: Held, ContainerScan: NoEvidence},
		},
		{"one by a stranger is a claim", image{scai(model.Untrusted, "PASSED", 6, 0)}, nil, map[GuaranteeID]Support{SecurityScan: ClaimedOnly}},
		{"a warning is the contrary", image{scai(model.Trusted, "WARNING", 0, 0)}, nil, map[GuaranteeID]Support{SecurityScan: Contradicted}},
		{"so is a pass without a tool", image{scai(model.Trusted, "PASSED", 0, 0)}, nil, map[GuaranteeID]Support{SecurityScan: Contradicted}},
		{"and a pass with what blocks", image{scai(model.Trusted, "PASSED", 3, 1)}, nil, map[GuaranteeID]Support{SecurityScan: Contradicted}},
		{"one scan of the image is no monitoring", image{vuln(day(1))}, nil, map[GuaranteeID]Support{ContainerScan: Held, ContinuousMonitoring: Partly}},
		{"scans week after week are", image{vuln(day(1)), vuln(day(8))}, nil, map[GuaranteeID]Support{ContinuousMonitoring: Held}},
		{"scans that stopped are in part", image{vuln(day(-60)), vuln(day(-53))}, nil, map[GuaranteeID]Support{ContinuousMonitoring: Partly}},
		{"an emptied scan is the contrary of one", image{emptied(model.Trusted)}, nil, map[GuaranteeID]Support{ContainerScan: Contradicted, ContinuousMonitoring: NoEvidence}},
		{
			"a provenance that says nothing is the contrary of one",
			image{attach(model.Trusted, day(1), "https://slsa.dev/provenance/v0.2", `{"builder":{"id":""},"scanner":{}}`, nil)},
			nil, map[GuaranteeID]Support{BuildTransparency: Contradicted},
		},
		{
			"it does not count where another says something",
			image{attach(model.Trusted, day(2), "https://slsa.dev/provenance/v0.2", `{}`, nil), provenance(model.Untrusted, 2)},
			nil, map[GuaranteeID]Support{BuildTransparency: ClaimedOnly},
		},
		{"a signed SBOM", image{sbom(model.Trusted, 3)}, nil, map[GuaranteeID]Support{DependencyTracking: Held}},
		{"an SBOM that nobody signed", image{sbom(model.Unsigned, 3)}, nil, map[GuaranteeID]Support{DependencyTracking: ClaimedOnly}},
		{"an SBOM of nothing", image{sbom(model.Trusted, 0)}, nil, map[GuaranteeID]Support{DependencyTracking: Contradicted}},
		{
			"what is inside of a signed index is covered, on the platforms that have it",
			image{signature(model.Trusted), on("linux/amd64", sbom(model.Unsigned, 3)), on("linux/arm64", nil)},
			map[string]string{"missing/no-sbom": "absent no SBOM for linux/arm64", "missing/no-provenance": "absent no provenance"},
			map[GuaranteeID]Support{DependencyTracking: Partly},
		},
		{
			"on all of them it is held",
			image{signature(model.Valid), on("linux/amd64", sbom(model.Unsigned, 3)), on("linux/arm64", sbom(model.Unsigned, 2))},
			nil, map[GuaranteeID]Support{DependencyTracking: Held},
		},
		{
			"covered by a stranger it is a claim",
			image{signature(model.Untrusted), on("linux/amd64", sbom(model.Unsigned, 3))},
			nil, map[GuaranteeID]Support{DependencyTracking: ClaimedOnly},
		},
		{
			"BuildKit's provenance says and proves nothing",
			image{signature(model.Trusted), on("linux/amd64", provenance(model.Unsigned, 2))},
			map[string]string{"built-by/builder": "claimed " + bare(workflow), "built-from/source": "claimed github.com/o/r main commit " + commit},
			map[GuaranteeID]Support{SourceIntegrity: ClaimedOnly, BuildTransparency: ClaimedOnly, NonRepudiation: Held},
		},
		{
			"provenance of one platform is not that of the other",
			image{on("linux/amd64", provenance(model.Trusted, 2)), on("linux/arm64", nil)},
			map[string]string{"missing/no-provenance": "absent no provenance for linux/arm64"},
			map[GuaranteeID]Support{SourceIntegrity: Partly, BuildTransparency: Partly, NonRepudiation: NoEvidence},
		},
		{"what could not be verified carries nothing", image{signature(model.Unverifiable)}, nil, map[GuaranteeID]Support{NonRepudiation: ClaimedOnly}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, ok := Make(c.image.tree(), Facts{JudgedAt: day(9)})
			if !ok {
				t.Fatal("there is no card")
			}
			for _, key := range sorted(c.lines) {
				if line := find(got, key); string(line.Basis)+" "+line.Text != c.lines[key] {
					t.Errorf("%s is %q %q, want %q", key, line.Basis, line.Text, c.lines[key])
				}
			}
			for _, g := range got.Guarantees {
				if want, asked := c.holds[g.ID]; asked && g.Support != want {
					t.Errorf("%s is %s (%s), want %s", g.ID, g.Support, g.Text, want)
				}
			}
			holdsToItsWord(t, c.image.tree(), got)
		})
	}
}

// holdsToItsWord is what no card may break, whatever is attached.
func holdsToItsWord(t *testing.T, tree *model.Tree, c Card) {
	t.Helper()
	good := []model.Verdict{model.Trusted, model.Valid}
	for _, l := range c.Lines {
		e := tree.Entry(l.Node)
		switch {
		case l.Basis == "" || l.Text == "":
			t.Errorf("a line says nothing: %+v", l)
		case l.Node != "" && e == nil:
			t.Errorf("%s rests on a node that is not there", l.ID)
		case l.Basis == Proven && (e == nil || !slices.Contains(good, e.Standing.Verdict)):
			t.Errorf("%s is called proven, and its node is %s", l.ID, l.Verdict)
		case strings.ContainsAny(l.Text, "\n"):
			t.Errorf("%s has several lines", l.ID)
		}
	}
	if len(c.Guarantees) != 7 {
		t.Errorf("%d guarantees", len(c.Guarantees))
	}
	for _, g := range c.Guarantees {
		if g.Text == "" || g.Check == "" || g.Support == "" {
			t.Errorf("%s says nothing: %+v", g.ID, g)
		}
		for _, id := range g.Nodes {
			e := tree.Entry(id)
			if v := e.Standing.Verdict; (g.Support == Held || g.Support == Partly) && !slices.Contains(good, v) && (v != model.Covered || !slices.Contains(good, e.Standing.Coverage)) {
				t.Errorf("%s is %s on a node that is %s", g.ID, g.Support, v)
			}
		}
	}
}

// FuzzNoCardSaysMoreThanItsNodes attaches anything with any outcome.
func FuzzNoCardSaysMoreThanItsNodes(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 14, 25, 36, 47, 58, 69})
	f.Add([]byte{7, 70, 77, 140, 147, 255})
	f.Fuzz(func(t *testing.T, wishes []byte) {
		if len(wishes) > 12 {
			wishes = wishes[:12]
		}
		var i image
		for _, wish := range wishes {
			i = append(i, wished(wish))
		}
		tree := i.tree()
		c, ok := Make(tree, Facts{JudgedAt: day(9)})
		if !ok {
			t.Fatal("there is no card")
		}
		holdsToItsWord(t, tree, c)
		for _, id := range tree.Root().Children {
			if c, is := Of(tree, id, Facts{JudgedAt: day(9)}); is {
				holdsToItsWord(t, tree, c)
			}
		}
	})
}

// wished is one of the attachments of these tests, with one of the outcomes.
func wished(wish byte) func(*model.Tree, model.Digest) {
	outcomes := []model.Verdict{model.Trusted, model.Valid, model.Untrusted, model.Unsigned, model.Invalid, model.Unverifiable, model.Unavailable}
	v := outcomes[int(wish)%len(outcomes)]
	wish /= byte(len(outcomes))
	kinds := []func(*model.Tree, model.Digest){
		signature(v), provenance(v, int(wish)%4), scai(v, "PASSED", 2, 0), scai(v, "WARNING", 0, 0), sbom(v, int(wish)%3), emptied(v), vuln(day(int(wish))),
		on("linux/amd64", sbom(v, 2)), on("linux/arm64", provenance(v, 2)), denied(),
	}
	return kinds[int(wish)%len(kinds)]
}

func TestWhoIsPinnedIsSaidWhereNobodyIs(t *testing.T) {
	t.Parallel()
	c, _ := Make(image{signature(model.Valid), sbom(model.Valid, 2)}.tree(), Facts{JudgedAt: day(9)})
	for _, g := range c.Guarantees {
		if g.Support == Held && (g.Verdict != model.Valid || !strings.Contains(g.Text, "you have not said whom you trust")) {
			t.Errorf("%s: %s %q", g.ID, g.Verdict, g.Text)
		}
	}
}

func TestSignersAreToldApartByWhoTheyAre(t *testing.T) {
	t.Parallel()
	tree := image{signature(model.Untrusted), signature(model.Untrusted), signature(model.Untrusted)}.tree()
	for i, e := range voicesOf(tree) { // two keys that nobody named, and a certificate
		if i < 2 {
			e.Report.Signer = &model.Signer{Kind: model.SignerKey, Name: "key in the log entry", Fingerprint: string(model.DigestOf([]byte{byte(i)}))}
		}
	}
	c, _ := Make(tree, Facts{})
	if lines := c.In(Voucher); len(lines) != 3 || lines[0].Text == lines[1].Text {
		t.Errorf("%+v", lines)
	}
	c, _ = Make(image{signature(model.Trusted), signature(model.Trusted), provenance(model.Trusted, 2)}.tree(), Facts{})
	if lines := c.In(Voucher); len(lines) != 1 || lines[0].Note != "provenance, 2 × signature" {
		t.Errorf("%+v", lines)
	}
}

func voicesOf(t *model.Tree) []*model.Entry { return survey(t, t.Root(), Facts{}).voices() }

func TestWhileSomethingIsJudgedNothingIsAbsent(t *testing.T) {
	t.Parallel()
	tree := image{provenance(model.Trusted, 2)}.tree()
	tree.Apply(model.VerifyStarted{ID: tree.Root().Children[0]})
	tree.Judge()
	c, _ := Make(tree, Facts{})
	if l := find(c, "built-by/builder"); c.Settled || l.Basis != Unknown {
		t.Errorf("settled: %v, %+v", c.Settled, l)
	}
	for _, g := range c.Guarantees {
		if g.Support != NotKnown {
			t.Errorf("%s is %s", g.ID, g.Support)
		}
	}
}

func TestAFileOfAttestationsHasNoCard(t *testing.T) {
	t.Parallel()
	tree := model.NewTree()
	if _, ok := Make(tree, Facts{}); ok {
		t.Error("an empty tree has a card")
	}
	tree.Apply(model.NodeFound{Node: model.Node{ID: "file", Kind: model.KindBundle, Found: []model.Found{model.FoundRoot}}})
	tree.Judge()
	if _, ok := Make(tree, Facts{}); ok {
		t.Error("a bundle has a card")
	}
}

func TestWhatThePolicyMissesComesFirst(t *testing.T) {
	t.Parallel()
	answer := &model.PolicyAnswer{Requirements: []model.Requirement{
		{ID: "sbom", Wants: "an SBOM", Status: model.RequirementNotMet, Message: "there is none"},
		{ID: "signature", Wants: "a signature", Status: model.RequirementMet, Message: "there is one"},
	}}
	c, _ := Make(image{provenance(model.Invalid, 2)}.tree(), Facts{Policy: answer})
	wrong := c.In(Wrong)
	if len(wrong) < 2 || wrong[0].Text != "the policy is not met: an SBOM" || wrong[1].ID != "invalid" {
		t.Errorf("%+v", wrong)
	}
}

func find(c Card, key string) Line {
	for _, l := range c.Lines {
		if string(l.Section)+"/"+l.ID == key {
			return l
		}
	}
	return Line{}
}

func day(n int) time.Time { return time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC).AddDate(0, 0, n-1) }
