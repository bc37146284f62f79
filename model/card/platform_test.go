package card

import (
	"testing"

	"github.com/attestree/attestree/model"
)

func TestTheCardOfAPlatform(t *testing.T) {
	t.Parallel()
	amd := string(model.DigestOf([]byte("linux/amd64")))
	for _, c := range []struct {
		name   string
		image  image
		answer string
		lines  map[string]string
		holds  map[GuaranteeID]Support
	}{
		{
			"what is said of the index is said of its platforms",
			image{signature(model.Trusted), provenance(model.Trusted, 2), on("linux/amd64", sbom(model.Unsigned, 3)), on("linux/arm64", nil)},
			"not signed itself; it is inside an index that is vouched for by keyless · release.yml@main, whom you trust",
			map[string]string{
				"built-by/builder": "proven " + bare(workflow), "vouched-by/cover": "proven keyless · release.yml@main",
				"when/signed": "proven the index that holds it was signed 2026-06-01 09:00:00Z", "missing/no-scan": "absent no scan", "missing/no-sbom": " ",
			},
			map[GuaranteeID]Support{SourceIntegrity: Held, BuildTransparency: Held, DependencyTracking: Held, NonRepudiation: Held, SecurityScan: NoEvidence},
		},
		{
			"what is said of another platform is not",
			image{signature(model.Trusted), on("linux/amd64", nil), on("linux/arm64", sbom(model.Unsigned, 3)), on("linux/arm64", provenance(model.Invalid, 2))},
			"not signed itself; it is inside an index that is vouched for by keyless · release.yml@main, whom you trust",
			map[string]string{"missing/no-sbom": "absent no SBOM", "missing/no-provenance": "absent no provenance", "wrong/invalid": " "},
			map[GuaranteeID]Support{DependencyTracking: NoEvidence, BuildTransparency: NoEvidence},
		},
		{
			"inside of what a stranger signed nothing holds",
			image{signature(model.Untrusted), on("linux/amd64", sbom(model.Unsigned, 3))},
			"not signed itself; it is inside an index that is vouched for by keyless · release.yml@main, who is none of those whom you trust",
			map[string]string{"vouched-by/cover": "claimed keyless · release.yml@main"},
			map[GuaranteeID]Support{NonRepudiation: ClaimedOnly, DependencyTracking: ClaimedOnly},
		},
		{
			"inside of what nobody signed",
			image{on("linux/amd64", sbom(model.Unsigned, 3))},
			"nobody vouches for it",
			map[string]string{"vouched-by/nobody": "absent nobody: no signature or provenance of this image holds"},
			map[GuaranteeID]Support{NonRepudiation: NoEvidence},
		},
		{
			"a look-up of the index that was denied leaves it open",
			image{denied(), signature(model.Trusted), on("linux/amd64", nil)},
			"not signed itself; it is inside an index that is vouched for by keyless · release.yml@main, whom you trust",
			map[string]string{"missing/no-sbom": "unknown no SBOM"},
			map[GuaranteeID]Support{DependencyTracking: NotKnown},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			tree := c.image.tree()
			policy := &model.PolicyAnswer{Reasons: []string{"the index is not trusted"}}
			got, ok := Of(tree, amd, Facts{JudgedAt: day(9), Policy: policy})
			if !ok || got.Answer != c.answer {
				t.Fatalf("%v, %q", ok, got.Answer)
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
			if l := find(got, "wrong/policy"); l.Text != "" {
				t.Error("the policy asks about the whole image")
			}
			holdsToItsWord(t, tree, got)
		})
	}
}
