package exposure

import (
	"testing"

	"github.com/attestree/attestree/model"
)

// FuzzNothingUntrustedExcuses joins any two documents with an SBOM: nothing panics, and whatever an untrusted one says,
// what is excused rests on a claim of the trusted one.
func FuzzNothingUntrustedExcuses(f *testing.F) {
	f.Add(scan, vex(statement("not_affected", byDigest, reason)))
	f.Add(`{"matches":[{"vulnerability":{"id":"CVE-2024-21538"},"artifact":{"purl":"pkg:npm/cross-spawn@7.0.3"}}]}`, vex(`{"vulnerability":"CVE-2024-21538","status":"fixed"}`))
	f.Add(`{"results":[{"packages":[{"package":{"name":"semver","version":"7.5.1"},"vulnerabilities":[{"id":"x"}],"groups":[{"ids":["x"]}]}]}]}`,
		`{"bomFormat":"CycloneDX","vulnerabilities":[{"id":"x","analysis":{"state":"resolved"},"affects":[{"ref":"semver"}]}]}`)
	f.Add(`{"runs":[{"tool":{"driver":{"rules":[{"id":"CVE-2026-1111"}]}},"results":[{"ruleId":"CVE-2026-1111","message":{"text":"Package: a"}}]}]}`, `[{"id":"CVE-2026-1111"}]`)
	f.Fuzz(func(t *testing.T, trusted, untrusted string) {
		var reports []*Report
		for _, e := range []Evidence{
			{Node: "trusted", Raw: []byte(trusted), Standing: standing(model.Trusted)},
			{Node: "untrusted", Raw: []byte(untrusted), Standing: standing(model.Untrusted)},
		} {
			if r, ok := Read(e); ok {
				reports = append(reports, r)
			}
		}
		packages := table(t)
		j, err := Join(t.Context(), packages, widget, reports)
		if err != nil {
			t.Fatal(err)
		}
		j.Exposures()
		lists := [][]Vulnerability{j.Outside()}
		for row := range packages.Len() {
			lists = append(lists, j.Of(row))
		}
		for _, list := range lists {
			for _, v := range list {
				sound(t, j, v)
			}
		}
	})
}

// sound checks that an excuse has somebody who answers for it, and that everything says where it comes from.
func sound(t *testing.T, j *Joined, v Vulnerability) {
	t.Helper()
	counts := false
	for _, c := range v.Claims {
		if c.Counts && !j.Sources[c.Source].Trusted() || c.Counts == (c.Why != "") {
			t.Fatalf("%+v counts", c)
		}
		counts = counts || c.Counts && c.Status.Excuses()
	}
	if v.Excused != counts || v.ID == "" || len(v.Sightings) == 0 {
		t.Fatalf("%+v", v)
	}
}
