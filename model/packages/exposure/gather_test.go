package exposure

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages"
)

// platforms is an index with two platforms; attestations hang on all three.
func platforms() *model.Tree {
	index, amd64, arm64 := model.DigestOf([]byte("index")), model.DigestOf([]byte("amd64")), model.DigestOf([]byte("arm64"))
	t := model.NewTree()
	t.Apply(model.Resolved{Reference: "ghcr.io/example-org/widget@" + string(index), Digest: index})
	t.Apply(model.NodeFound{Node: model.Node{ID: string(index), Kind: model.KindIndex, Digest: index}})
	for _, d := range []model.Digest{amd64, arm64} {
		t.Apply(model.NodeFound{Node: model.Node{ID: string(d), Parent: string(index), Kind: model.KindImage, Digest: d, Within: []model.Digest{index}, Platform: "linux/x"}})
	}
	attach := func(id string, subject model.Digest, predicateType string) {
		t.Apply(model.NodeFound{Node: model.Node{ID: id, Parent: string(subject), Kind: model.KindAttestation, Format: model.FormatStatement, Digest: model.DigestOf([]byte(id)), Subject: subject}})
		t.Apply(model.Opened{ID: id, Attestation: &model.Attestation{
			PredicateType: predicateType, RawPredicate: []byte(`{}`), Statement: &model.Statement{PredicateType: predicateType},
		}})
	}
	attach("sbom-index", index, "https://cyclonedx.org/bom")
	attach("vex-index", index, "https://openvex.dev/ns")
	attach("sbom-amd64", amd64, "https://spdx.dev/Document")
	attach("stage-amd64", amd64, "https://spdx.dev/Document")
	attach("scan-amd64", amd64, "https://cosign.sigstore.dev/attestation/vuln/v1")
	attach("sbom-arm64", arm64, "https://spdx.dev/Document")
	attach("scan-arm64", arm64, "https://cosign.sigstore.dev/attestation/vuln/v1")
	attach("provenance", amd64, "https://slsa.dev/provenance/v1")
	return t
}

func TestWhatIsAboutTheSameImage(t *testing.T) {
	t.Parallel()
	tree := platforms()
	for _, test := range []struct {
		name, node     string
		evidence, also []string
	}{
		{"a platform's SBOM", "sbom-amd64", []string{"sbom-index", "vex-index", "scan-amd64"}, []string{"sbom-amd64", "sbom-index", "stage-amd64"}},
		{"the index's SBOM", "sbom-index", []string{"sbom-index", "vex-index"}, []string{"sbom-index", "sbom-amd64", "sbom-arm64", "stage-amd64"}},
		{"a platform itself", string(model.DigestOf([]byte("arm64"))), []string{"sbom-index", "vex-index", "scan-arm64"}, []string{"sbom-arm64", "sbom-index"}},
		{"nothing", "not there", nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			image, evidence := Gather(tree, test.node)
			got := map[string]bool{}
			for _, e := range evidence {
				got[e.Node] = true
			}
			want := map[string]bool{}
			for _, id := range test.evidence {
				want[id] = true
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("evidence (-want +got)\n%s", diff)
			}
			also := map[string]bool{}
			for _, id := range test.also {
				also[id] = true
			}
			related := map[string]bool{}
			for _, id := range packages.Related(tree, test.node) {
				related[id] = true
			}
			if diff := cmp.Diff(also, related); diff != "" {
				t.Errorf("SBOMs (-want +got)\n%s", diff)
			}
			if image.Repository != "ghcr.io/example-org/widget" {
				t.Errorf("repository %q", image.Repository)
			}
		})
	}
}

func TestTheScopeOfAPlatformsSBOMNamesThePlatform(t *testing.T) {
	t.Parallel()
	s := packages.SourceOf(platforms(), "stage-amd64", &packages.Index{Name: "sbom-builder", Creators: []string{"Tool: buildkit-v0.33"}})
	if got := s.Scope.Label(); got != "build stage builder · linux/x" {
		t.Errorf("%q", got)
	}
}

func TestAScanThatCannotBeReadIsNoGoodNews(t *testing.T) {
	t.Parallel()
	tree := platforms() // its scans and VEX documents are empty objects
	arm64 := model.DigestOf([]byte("arm64"))
	add := func(id string, a *model.Attestation) {
		tree.Apply(model.NodeFound{Node: model.Node{ID: id, Parent: string(arm64), Kind: model.KindAttestation, Digest: model.DigestOf([]byte(id)), Subject: arm64,
			Blob: model.Descriptor{Digest: model.DigestOf([]byte(id)), Size: 1}}})
		if a != nil {
			tree.Apply(model.Opened{ID: id, Attestation: a})
		}
	}
	add("read", &model.Attestation{PredicateType: "https://cosign.sigstore.dev/attestation/vuln/v1", RawPredicate: []byte(`{"scanner":{"result":{"matches":[]}}}`)})
	add("gone", nil)
	add("broken", &model.Attestation{Problem: "not JSON"})
	add("a provenance", &model.Attestation{PredicateType: "https://slsa.dev/provenance/v1", RawPredicate: []byte(`{}`)})
	add("no results", &model.Attestation{Document: model.DocumentTrivy, RawPredicate: []byte(`{"SchemaVersion":2,"ArtifactName":"x"}`)})
	got := Unread(tree, "sbom-arm64")
	slices.Sort(got)
	if diff := cmp.Diff([]string{"broken", "gone", "no results", "scan-arm64", "vex-index"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
