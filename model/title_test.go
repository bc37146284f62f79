package model

import "testing"

// told is a predicate with a title.
type told struct{ Predicate }

func (told) Title() string { return "SBOM SPDX 2.3 · 412 packages" }

func TestTitlesOfNodes(t *testing.T) {
	workflow := &Signer{Kind: SignerCertificate, Subject: "https://github.com/o/r/.github/workflows/build-containers.yml@refs/heads/main"}
	file := Descriptor{MediaType: "text/markdown", Size: 1536}
	cases := []struct {
		name  string
		entry Entry
		want  string
	}{
		{"an index", Entry{Node: Node{Kind: KindIndex}}, "index"},
		{"a platform", Entry{Node: Node{Kind: KindImage, Platform: "linux/amd64"}}, "linux/amd64"},
		{"an image without a platform", Entry{Node: Node{Kind: KindImage}}, "image"},
		{"an attestation manifest", Entry{Node: Node{Kind: KindAttestationManifest}}, "attestation manifest"},
		{"a signature that is not judged", Entry{Node: Node{Kind: KindSignature}}, "signature"},
		{"a signature that says nothing of its signer", Entry{Node: Node{Kind: KindSignature}, Report: &Report{}}, "signature"},
		{"a proven signer", Entry{Node: Node{Kind: KindSignature}, Report: &Report{Signer: workflow}}, "signature · keyless · build-containers.yml@main"},
		{"a claimed signer", Entry{Node: Node{Kind: KindSignature}, Report: &Report{Claimed: workflow}}, "signature · claimed keyless · build-containers.yml@main"},
		{"a proven signer before a claimed one", Entry{Node: Node{Kind: KindSignature}, Report: &Report{Claimed: &Signer{Kind: SignerKey, Hint: "x"}, Signer: workflow}}, "signature · keyless · build-containers.yml@main"},
		{"a person", Entry{Node: Node{Kind: KindSignature}, Report: &Report{Signer: &Signer{Kind: SignerCertificate, Subject: "alice@example.com"}}}, "signature · keyless · alice@example.com"},
		{"a key with a name", Entry{Node: Node{Kind: KindSignature}, Report: &Report{Signer: &Signer{Kind: SignerKey, Name: "release", Fingerprint: "sha256:00112233445566778899"}}}, "signature · key · release"},
		{"a key without one", Entry{Node: Node{Kind: KindSignature}, Report: &Report{Signer: &Signer{Kind: SignerKey, Fingerprint: "sha256:00112233445566778899"}}}, "signature · key · sha256:001122334455"},
		{"notation", Entry{Node: Node{Kind: KindSignature, Format: FormatNotationCOSE}, Report: &Report{Signer: &Signer{Kind: SignerX509, Subject: "C=US, O=Example, CN=release"}}}, "notation signature · certificate · release"},
		{"an attestation", Entry{Node: Node{Kind: KindAttestation}, Attestation: &Attestation{Predicate: told{}}}, "SBOM SPDX 2.3 · 412 packages"},
		{"an attestation that is not decoded", Entry{Node: Node{Kind: KindAttestation}, Attestation: &Attestation{PredicateType: "https://example.com/a/thing/v1"}}, "thing v1 · example.com"},
		{"an attestation that is not read yet", Entry{Node: Node{Kind: KindAttestation, Annotations: map[string]string{"in-toto.io/predicate-type": predicateSPDX}}}, "attestation · announced as Document · spdx.dev"},
		{"an attestation that nobody announced", Entry{Node: Node{Kind: KindAttestation}}, "attestation"},
		{"an attestation that quotes a signature", Entry{Node: Node{Kind: KindAttestation}, Attestation: &Attestation{
			Statement: &Statement{PredicateType: "https://example.com/a/thing/v1"}, Nested: &Statement{PredicateType: predicateCosignSign},
			PredicateType: predicateCosignSign, Predicate: told{},
		}}, "thing v1 · example.com"},
		{"an attestation that cannot be read", Entry{Node: Node{Kind: KindAttestation}, Attestation: &Attestation{Problem: "x", Predicate: told{}}}, "attestation · cannot be read"},
		{"a key whose name is a path", Entry{Node: Node{Kind: KindSignature}, Report: &Report{Signer: &Signer{Kind: SignerKey, Name: "keys/release.pub"}}}, "signature · key · release.pub"},
		{"a manifest of cosign's", Entry{Node: Node{Kind: KindArtifact, ArtifactType: mediaTypeOCIImage, Layers: []Descriptor{{MediaType: "text/spdx", Size: 10}}}}, "SBOM manifest · 10 B"},
		{"an artifact", Entry{Node: Node{Kind: KindArtifact, ArtifactType: "application/vnd.example.review", Name: "review.md", Blob: file}}, "application/vnd.example.review · review.md · 1.5 kB"},
		{"an artifact without a type", Entry{Node: Node{Kind: KindArtifact, Blob: file}}, "text/markdown · 1.5 kB"},
		{"an artifact of two files", Entry{Node: Node{Kind: KindArtifact, Format: FormatOpaque, ArtifactType: "a/b", Layers: []Descriptor{file, file}}}, "a/b · 3.1 kB"},
		{"an artifact of nothing", Entry{Node: Node{Kind: KindArtifact}}, "artifact"},
		{"an SBOM that is not read", Entry{Node: Node{Kind: KindSBOM, ArtifactType: "application/spdx+json", Blob: Descriptor{Size: 12_345_678}}}, "SBOM · SPDX · 12 MB"},
		{"an SBOM", Entry{Node: Node{Kind: KindSBOM, Name: "sbom.json"}, Attestation: &Attestation{Document: DocumentSPDX, RawPredicate: []byte("{}"), Predicate: told{}}}, "SBOM SPDX 2.3 · 412 packages · sbom.json"},
		{"a bundle given as a file", Entry{Node: Node{Kind: KindBundle}, Attestation: &Attestation{Predicate: told{}}}, "bundle · SBOM SPDX 2.3 · 412 packages"},
		{"a file of several", Entry{Node: Node{Kind: KindFile, Name: "all.jsonl"}}, "file · all.jsonl"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := EntryTitle(&c.entry); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestShortIdentity(t *testing.T) {
	for subject, want := range map[string]string{
		"https://github.com/o/r/.github/workflows/a.yml@refs/tags/v1.2": "a.yml@v1.2",
		"https://github.com/o/r/.github/workflows/a.yml@refs/pull/7":    "a.yml@refs/pull/7",
		"https://gitlab.com/o/r//.gitlab-ci.yml@refs/heads/main":        ".gitlab-ci.yml@main",
		"alice@example.com":                  "alice@example.com",
		"https://accounts.example.com/alice": "https://accounts.example.com/alice",
		"":                                   "",
	} {
		if got := ShortIdentity(subject); got != want {
			t.Errorf("%q became %q, want %q", subject, got, want)
		}
	}
}

func TestSizes(t *testing.T) {
	for bytes, want := range map[int64]string{
		0: "0 B", 999: "999 B", 1000: "1.0 kB", 9949: "9.9 kB", 9950: "10 kB", 999_499: "999 kB", 999_500: "1.0 MB", 1 << 62: "4.6 EB",
	} {
		if got := sizeTitle(bytes); got != want {
			t.Errorf("%d is %q, want %q", bytes, got, want)
		}
	}
}

func TestFamiliesAreByTypeAlone(t *testing.T) {
	for predicateType, want := range map[string]Family{
		"https://slsa.dev/provenance/v1": FamilyProvenance, "https://slsa.dev/provenance/v1.0?draft": FamilyProvenance,
		"https://in-toto.io/Provenance/v0.1": FamilyProvenance, "https://slsa.dev/provenance/": FamilyOther,
		"https://slsa.dev/provenance/v1/x": FamilyOther, "https://slsa.dev.example/provenance/v1": FamilyOther,
		"http://slsa.dev/provenance/v1": FamilyOther, "https://spdx.dev/Document": FamilySBOM, "https://spdx.dev/Document/v2.3": FamilySBOM,
		"https://sigstore.dev/cosign/sign/v1": FamilySignature, "https://ossf.github.io/osv-schema/results@v1.6.7": FamilyVuln,
		"https://in-toto.io/attestation/scai/attribute-report/v0.2": FamilySCAI, "": FamilyOther,
	} {
		if got := FamilyOf(predicateType); got != want {
			t.Errorf("%q is of family %s, want %s", predicateType, got, want)
		}
	}
}
