package diff

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model"
)

var (
	ci    = Signer{Issuer: "https://issuer.example", Subject: "https://git.example/acme/app/.github/workflows/release.yml@refs/tags/v1", Proven: true}
	ciV2  = Signer{Issuer: ci.Issuer, Subject: strings.Replace(ci.Subject, "v1", "v2", 1), Proven: true}
	aKey  = Signer{Fingerprint: "sha256:aa", Proven: true}
	pull  = Signer{Issuer: ci.Issuer, Subject: strings.Replace(ci.Subject, "tags/v1", "pull/7/merge", 1), Proven: true}
	other = Signer{Issuer: ci.Issuer, Subject: "https://git.example/mallory/app/.github/workflows/release.yml@refs/heads/main", Proven: true}
)

func provenance(change func(*Node)) Node {
	n := Node{
		ID: "provenance", Title: "SLSA provenance v1", Kind: "attestation", Family: model.FamilyProvenance,
		PredicateType: "https://slsa.dev/provenance/v1", Verdict: "trusted", Signer: ci, Level: 3,
		Facts: []Fact{{Key: "builderId", Value: "https://builder.example"}, {Key: "commit", Value: "aaa", Proven: true}, {Key: "startedOn", Value: "monday"}},
	}
	if change != nil {
		change(&n)
	}
	return n
}

func valid(n *Node) { n.Verdict = "valid" }

func side(nodes ...Node) Side { return Side{Name: "x", Judged: true, Verdict: "trusted", Nodes: nodes} }

// told is changes as lines.
func told(changes []Change) string {
	var lines []string
	for _, c := range changes {
		line := string(c.Area) + " " + string(c.Way) + " " + string(c.Weight) + ": " + c.What + " " + c.Detail + " [" + c.Before + " -> " + c.After + "]"
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	return strings.Join(lines, "\n")
}

func TestWhatIsDifferentIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		before, after Side
		want          string
	}{
		"nothing":                           {side(provenance(nil)), side(provenance(nil)), ""},
		"an attestation that is lost":       {side(provenance(nil)), side(), "attachment lost worse: SLSA provenance v1 [trusted · " + ci.Subject + " -> ]"},
		"an attestation that is gained":     {side(), side(provenance(nil)), "attachment gained neutral: SLSA provenance v1 [ -> trusted · " + ci.Subject + "]"},
		"a time, which says nothing":        {side(provenance(nil)), side(provenance(func(n *Node) { n.Facts = append(n.Facts[:2:2], Fact{Key: "startedOn", Value: "tuesday"}) })), ""},
		"a release that is signed at a tag": {side(provenance(nil)), side(provenance(func(n *Node) { n.Signer = ciV2 })), "signer changed neutral: SLSA provenance v1 ref [" + ci.Subject + " -> " + ciV2.Subject + "]"},
		"another signer":                    {side(provenance(nil)), side(provenance(func(n *Node) { n.Signer = other })), "signer changed look: SLSA provenance v1 [" + ci.Subject + " -> " + other.Subject + "]"},
		"a key in place of a workflow":      {side(provenance(nil)), side(provenance(func(n *Node) { n.Signer = aKey })), "signer changed look: SLSA provenance v1 [" + ci.Subject + " by " + ci.Issuer + " -> sha256:aa]"},
		"another signer, whom nobody trusts": {
			side(provenance(valid)), side(provenance(func(n *Node) { valid(n); n.Signer = other })),
			"signer changed worse: SLSA provenance v1 [" + ci.Subject + " -> " + other.Subject + "]",
		},
		"a pull request of the same repository": {
			side(provenance(valid)), side(provenance(func(n *Node) { valid(n); n.Signer = pull })),
			"signer changed look: SLSA provenance v1 ref [" + ci.Subject + " -> " + pull.Subject + "]",
		},
		"a verdict that is none": {
			side(provenance(nil)), side(provenance(func(n *Node) { n.Verdict = "splendid" })),
			"verdict changed worse: SLSA provenance v1 [trusted -> splendid]",
		},
		"a signer who is only claimed now": {
			side(provenance(nil)), side(provenance(func(n *Node) { n.Signer.Proven, n.Verdict, n.Reason = false, "invalid", "altered" })),
			"verdict lowered worse: SLSA provenance v1 [trusted -> invalid: altered]\nsigner changed look: SLSA provenance v1 [" + ci.Subject + " -> " + ci.Subject + " (claimed)]",
		},
		"a level that fell":      {side(provenance(nil)), side(provenance(func(n *Node) { n.Level = 1 })), "level lowered worse: SLSA provenance v1 [L3 -> L1]"},
		"another commit":         {side(provenance(nil)), side(provenance(func(n *Node) { n.Facts = append([]Fact{}, n.Facts...); n.Facts[1].Value = "bbb" })), "source changed look: SLSA provenance v1 commit [aaa -> bbb]"},
		"a fact that is missing": {side(provenance(nil)), side(provenance(func(n *Node) { n.Facts = n.Facts[1:] })), "builder changed look: SLSA provenance v1 builderId [https://builder.example -> ]"},
		"a fact that is new":     {side(provenance(func(n *Node) { n.Facts = n.Facts[1:] })), side(provenance(nil)), "builder changed look: SLSA provenance v1 builderId [ -> https://builder.example]"},
		"a version of the type, which is the same kind of thing": {
			side(provenance(nil)), side(provenance(func(n *Node) { n.PredicateType = "https://slsa.dev/provenance/v0.2" })), "",
		},
		"a finding": {side(provenance(nil)), side(provenance(func(n *Node) { n.Findings = []string{"nested-statement"} })), "finding gained worse: SLSA provenance v1 [ -> nested-statement]"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, told(Compare(c.before, c.after).Changes)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestWhatCouldNotBeSeenIsNotLost(t *testing.T) {
	blind := side()
	blind.Unseen = []string{"referrers-api of sha256:1 was denied"}
	r := Compare(side(provenance(nil)), blind)
	if len(r.Changes) != 1 || r.Changes[0].Way != Unseen || r.Changes[0].Weight == Worse {
		t.Errorf("%s", told(r.Changes))
	}
	if len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "denied") {
		t.Errorf("notes %q", r.Notes)
	}
}

func TestVerdictsOfAListingAreNotCompared(t *testing.T) {
	listed := side(provenance(func(n *Node) { n.Verdict, n.Signer, n.Level = "", Signer{}, -1 }))
	listed.Judged, listed.Verdict = false, ""
	if r := Compare(side(provenance(nil)), listed); len(r.Changes) != 0 || len(r.Notes) != 1 {
		t.Errorf("%s\n%q", told(r.Changes), r.Notes)
	}
}

func TestNodesArePairedWithWhatStandsInTheirPlace(t *testing.T) {
	mine, theirs := provenance(func(n *Node) { n.ID = "1" }), provenance(func(n *Node) { n.ID, n.Signer = "2", other })
	later := provenance(func(n *Node) { n.ID, n.Signer = "3", ciV2 })
	r := Compare(side(theirs, mine), side(later, theirs))
	want := "signer changed neutral: SLSA provenance v1 ref [" + ci.Subject + " -> " + ciV2.Subject + "]"
	if got := told(r.Changes); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestChangesOfTrustComeFirst(t *testing.T) {
	a, b := side(provenance(nil)), side(provenance(func(n *Node) {
		n.Verdict, n.Facts = "untrusted", append(n.Facts[1:], Fact{Key: "title", Value: "x"})
	}))
	a.Policy, b.Policy, a.Digest, b.Digest = PolicySatisfied, PolicyNotSatisfied, "sha256:1", "sha256:2"
	var order []string
	for _, c := range Compare(a, b).Changes {
		order = append(order, string(c.Area))
	}
	if got := strings.Join(order, " "); got != "verdict verdict builder image other" {
		t.Errorf("order %s", got)
	}
}

func TestAllowancesAreCompared(t *testing.T) {
	a, b := side(), side()
	a.Allowed = &Allowances{Reasons: true, Issues: []Allowed{{"X", "HIGH", "because"}, {"Y", "LOW", "fine"}}}
	b.Allowed = &Allowances{Reasons: true, Issues: []Allowed{{"X", "HIGH", "because of more"}, {"Z", "HIGH", ""}}}
	want := "allowance gained worse: Z [ -> HIGH]\nallowance changed look: X reason [because -> because of more]\nallowance lost better: Y [LOW: fine -> ]"
	if got := told(Compare(a, b).Changes); got != want {
		t.Errorf("got %s", got)
	}
	b.Allowed.Reasons = false // unknown is not another
	if got := told(Compare(a, b).Changes); strings.Contains(got, "reason") {
		t.Errorf("got %s", got)
	}
}

func TestVulnerabilitiesAndTheirExcusesAreCompared(t *testing.T) {
	a, b := side(), side()
	a.Vulnerabilities = []Vulnerability{{"CVE-1", "a", "1", "high", ""}, {"CVE-2", "b", "1", "low", "not affected"}, {"CVE-3", "c", "1", "low", ""}}
	b.Vulnerabilities = []Vulnerability{{"CVE-1", "a", "1", "high", "not affected"}, {"CVE-2", "b", "1", "low", ""}, {"CVE-4", "c", "1", "high", ""}}
	want := "vulnerability changed worse: CVE-2 in b [low, excused: not affected -> low]\n" +
		"vulnerability gained worse: CVE-4 in c [ -> high]\n" +
		"vulnerability changed look: CVE-1 in a [high -> high, excused: not affected]\n" +
		"vulnerability lost better: CVE-3 in c [low -> ]"
	if diff := cmp.Diff(want, told(Compare(a, b).Changes)); diff != "" {
		t.Error(diff)
	}
}
