package model

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// dated is a predicate of a family that names times.
type dated struct {
	Predicate
	family  Family
	moments []Moment
}

func (p dated) Family() Family      { return p.family }
func (p dated) Title() string       { return "a predicate" }
func (p dated) Findings() []Finding { return nil }
func (p dated) Moments() []Moment   { return p.moments }

// at is an attestation signed at an hour of one day, whose predicate names times.
func at(name string, family Family, v Verdict, hour int, moments ...Moment) plant {
	predicateType := map[Family]string{FamilyProvenance: predicateSLSA, FamilyVuln: someVuln, FamilyVEX: "https://openvex.dev/ns", FamilySBOM: "https://spdx.dev/Document"}[family]
	p := bundle(name, amd64, predicateType, said(v))
	p.report.Signer = &Signer{Kind: SignerKey, Fingerprint: name}
	p.report.SignedAt = time.Date(2026, 6, 1, hour, 0, 0, 0, time.UTC)
	p.opened.Predicate = dated{family: family, moments: moments}
	return p
}

func clock(time string) Moment { return Moment{Field: "it", Text: "2026-06-01T" + time + "Z"} }

func began(time string) Moment {
	m := clock(time)
	m.Begins = true
	return m
}

func TestTimesThatCannotBe(t *testing.T) {
	t.Parallel()
	judged := Done{At: time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)}
	build := at("build", FamilyProvenance, Trusted, 10, began("09:00:00"), clock("09:30:00"))
	for _, c := range []struct {
		name string
		root plant
		done Done
		want map[string]string
	}{
		{"all in order", image(amd64, build, at("scan", FamilyVuln, Trusted, 11, clock("10:59:00"))), judged, map[string]string{}},
		{"later than everything was judged", image(amd64, at("scan", FamilyVuln, Unsigned, 11, clock("13:00:00"))), judged, map[string]string{"scan": "time-in-future warning"}},
		{"nobody says when it was judged", image(amd64, at("scan", FamilyVuln, Unverifiable, 11, clock("13:00:00"))), Done{}, map[string]string{}},
		{"clocks are a little apart", image(amd64, at("scan", FamilyVuln, Trusted, 12, clock("12:03:00"))), judged, map[string]string{}},
		{"signed before it was made", image(amd64, at("scan", FamilyVuln, Untrusted, 10, clock("11:00:00"))), judged, map[string]string{"scan": "made-after-signing warning"}},
		{"a scan from before the build", image(amd64, build, at("scan", FamilyVuln, Trusted, 11, clock("08:00:00"))), judged, map[string]string{"scan": "made-before-build warning"}},
		{"an SBOM with the source's time", image(amd64, build, at("scan", FamilySBOM, Trusted, 11, clock("08:00:00"))), judged, map[string]string{"scan": "made-before-build info"}},
		{"a VEX document may be older", image(amd64, build, at("scan", FamilyVEX, Trusted, 11, clock("08:00:00"))), judged, map[string]string{}},
		{"a stranger's build is no measure", image(amd64, at("build", FamilyProvenance, Untrusted, 10, began("09:00:00")), at("scan", FamilyVuln, Trusted, 11, clock("08:00:00"))), judged, map[string]string{}},
		{"what is invalid says nothing", image(amd64, at("scan", FamilyVuln, Invalid, 10, clock("13:00:00"))), judged, map[string]string{}},
		{"a zero value is no time", image(amd64, build, at("scan", FamilyVuln, Trusted, 11, Moment{Field: "it", Text: "0001-01-01T00:00:00Z"}, Moment{Text: "soon"})), judged, map[string]string{}},
		{"many of a kind are one finding", image(amd64, at("scan", FamilyVuln, Trusted, 10, clock("13:00:00"), clock("14:00:00"))), judged, map[string]string{"scan": "time-in-future warning"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := crossIDs(grow(c.root, DiscoveryDone{}, c.done), map[Digest]string{amd64: "image", named("build"): "build", named("scan"): "scan"})
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnImageThatSaysItWasMadeAfterItWasSigned(t *testing.T) {
	t.Parallel()
	root := image(amd64, at("build", FamilyProvenance, Trusted, 10))
	root.node.Annotations = map[string]string{created: "2026-06-01T11:00:00Z"}
	got := crossIDs(grow(root, finished...), map[Digest]string{amd64: "image", named("build"): "build"})
	if diff := cmp.Diff(map[string]string{"image": "made-after-signing warning"}, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}
