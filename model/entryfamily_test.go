package model

import "testing"

func TestTheFamilyOfAnEntry(t *testing.T) {
	t.Parallel()
	stated := func(outer, inner string) *Attestation {
		a := &Attestation{Statement: &Statement{PredicateType: outer}, PredicateType: outer}
		if inner != "" {
			a.Nested, a.PredicateType = &Statement{PredicateType: inner}, inner
		}
		return a
	}
	attestation := Node{Kind: KindAttestation, Format: FormatDSSE}
	for _, c := range []struct {
		name string
		node Node
		said *Attestation
		want Family
	}{
		{"an image is about nothing", Node{Kind: KindImage}, nil, ""},
		{"a signature is one before it is read", Node{Kind: KindSignature}, nil, FamilySignature},
		{"what is not read yet is what its annotation announces", Node{Kind: KindAttestation, Annotations: map[string]string{"in-toto.io/predicate-type": "https://spdx.dev/Document"}}, nil, FamilySBOM},
		{"what announces nothing is something else", attestation, nil, FamilyOther},
		{"an attestation is about what was signed", attestation, stated("https://slsa.dev/provenance/v1", ""), FamilyProvenance},
		{"what was signed wins over what it quotes", attestation, stated("https://slsa.dev/provenance/v1", "https://openvex.dev/ns/v0.2.0"), FamilyProvenance},
		{"a quoted statement says what a type of no family does not", attestation, stated("https://cosign.sigstore.dev/attestation/v1", "https://in-toto.io/attestation/scai/v0.3"), FamilySCAI},
		{"a quoted signature is none", attestation, stated("https://cosign.sigstore.dev/attestation/v1", "https://sigstore.dev/cosign/sign/v1"), FamilyOther},
		{"a bundle over a message is a signature", Node{Kind: KindBundle}, &Attestation{Message: true}, FamilySignature},
		{"an SBOM artifact is one unread", Node{Kind: KindSBOM}, nil, FamilySBOM},
		{"an SBOM artifact is one also where it cannot be read", Node{Kind: KindSBOM}, &Attestation{Problem: "no"}, FamilySBOM},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := EntryFamily(&Entry{Node: c.node, Attestation: c.said}); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
