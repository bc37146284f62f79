package model

import (
	"fmt"
	"testing"
)

// A tree keeps its nodes in a map, so that they are heard in another order each time.
func TestWhatIsSaidOfADigestDoesNotDependOnTheOrderOfItsNodes(t *testing.T) {
	var entries []*Entry
	for _, v := range []Verdict{Trusted, Valid, Untrusted, Invalid, Unverifiable, Unavailable} {
		for _, name := range []string{"a", "b"} {
			r := said(v)
			r.Reason = name
			e := &Entry{Node: Node{ID: name + v.String(), Kind: KindSignature, Format: FormatSimpleSigning, Digest: named(name), Subject: amd64}, Report: r}
			if !Vouches(e) {
				t.Fatalf("%s does not vouch", e.Node.ID)
			}
			entries = append(entries, e)
		}
	}
	for _, a := range entries {
		for _, b := range entries {
			t.Run(fmt.Sprintf("%s and %s", a.Node.ID, b.Node.ID), func(t *testing.T) {
				var one, other vouch
				one.hear(a, true)
				one.hear(b, true)
				other.hear(b, true)
				other.hear(a, true)
				if one != other {
					t.Errorf("%+v, and the other way round %+v", one, other)
				}
			})
		}
	}
}

func TestWhatVouches(t *testing.T) {
	const npm, pypi = "https://github.com/npm/attestation/tree/main/specs/publish/v0.1", "https://docs.pypi.org/attestations/publish/v1"
	about := func(predicateType string) *Attestation { return statementAbout(predicateType, amd64) }
	cases := []struct {
		name string
		kind Kind
		file *Package
		says *Attestation
		want bool
	}{
		{"a signature", KindSignature, nil, about(predicateCosignSign), true},
		{"provenance", KindAttestation, nil, about(predicateSLSA), true},
		{"provenance of a version that there is not yet", KindAttestation, nil, about("https://slsa.dev/provenance/v2"), false},
		{"an SBOM", KindAttestation, nil, about(predicateSPDX), false},
		{"npm's publishing, of a file of a package", KindAttestation, &Package{}, about(npm), true},
		{"npm's publishing, of an image", KindAttestation, nil, about(npm), false},
		{"Python's publishing, of a file of a package", KindAttestation, &Package{}, about(pypi), true},
		{"Python's publishing, of an image", KindAttestation, nil, about(pypi), false},
		{"an SBOM of a file of a package", KindAttestation, &Package{}, about(predicateSPDX), false},
		{"what cannot be read as a statement", KindAttestation, nil, &Attestation{Problem: "no statement"}, false},
		{"what was announced as a signature and cannot be read", KindSignature, nil, &Attestation{Problem: "no statement"}, false},
		{"what was not read yet", KindAttestation, nil, nil, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for _, format := range []Format{FormatBundle, FormatDSSE} {
				e := &Entry{Node: Node{Kind: c.kind, Format: format, Digest: named("a"), Subject: amd64, Package: c.file}, Attestation: c.says}
				if got := Vouches(e); got != c.want {
					t.Errorf("%s: %t", format, got)
				}
			}
		})
	}
}
