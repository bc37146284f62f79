package model

import "testing"

func TestCoverageFlowsDownHashCheckedDescriptorsOnly(t *testing.T) {
	sbom := func(within ...Digest) plant {
		return plant{node: Node{
			ID: string(named("m")) + "#0", Kind: KindSBOM, Format: FormatDocument, Digest: named("sbom"), Manifest: named("m"),
			Subject: amd64, Within: within, Blob: Descriptor{Digest: named("sbom"), Size: 5},
		}, blob: BlobLoadedOK}
	}
	sbomID := string(named("m")) + "#0"
	cases := []struct {
		name     string
		tree     plant
		node     string
		want     Verdict
		coverage Verdict
		by       string
	}{
		{"a platform of a trusted index", indexOf(signed(index, Trusted), platform(amd64)), string(amd64), Covered, Trusted, "signature trusted"},
		{"a platform of a valid index", indexOf(signed(index, Valid), platform(amd64)), string(amd64), Covered, Valid, "signature valid"},
		{"a platform of an untrusted index", indexOf(signed(index, Untrusted), platform(amd64)), string(amd64), Covered, Untrusted, "signature untrusted"},
		{"a platform of an invalid index", indexOf(signed(index, Invalid), platform(amd64)), string(amd64), Unsigned, Unchecked, ""},
		{"a platform of an unsigned index", indexOf(platform(amd64)), string(amd64), Unsigned, Unchecked, ""},
		{"a platform's own signature comes before coverage", indexOf(signed(index, Trusted), platform(amd64, signed(amd64, Untrusted))), string(amd64), Untrusted, Unchecked, ""},
		{"an invalid signature of its own does not undo coverage", indexOf(signed(index, Trusted), platform(amd64, signed(amd64, Invalid))), string(amd64), Covered, Trusted, "signature trusted"},
		{"coverage never flows up", indexOf(platform(amd64, signed(amd64, Trusted))), string(index), Unsigned, Unchecked, ""},
		{"coverage never flows sideways", indexOf(platform(amd64, signed(amd64, Trusted)), platform(arm64)), string(arm64), Unsigned, Unchecked, ""},
		{"coverage never flows to a referrer", indexOf(signed(index, Trusted), artifact("readme", index)), string(named("readme")), Unsigned, Unchecked, ""},
		{"a good SBOM attestation of the index covers nothing", indexOf(bundle("a", index, predicateSPDX, said(Trusted)), platform(amd64)), string(amd64), Unsigned, Unchecked, ""},
		{"a BuildKit statement in a signed index", indexOf(signed(index, Trusted), platform(amd64, buildKitStatement(amd64, amd64))), string(named("buildkit "+string(amd64))) + "#0", Covered, Trusted, "signature trusted"},
		{"a BuildKit statement in an unsigned index", indexOf(platform(amd64, buildKitStatement(amd64, amd64))), string(named("buildkit "+string(amd64))) + "#0", Unsigned, Unchecked, ""},
		{"a BuildKit statement about another platform", indexOf(signed(index, Trusted), platform(amd64, buildKitStatement(amd64, arm64))), string(named("buildkit "+string(amd64))) + "#0", Invalid, Unchecked, ""},
		{"a layer of a signed manifest", image(amd64, sbom(named("m")), signed(named("m"), Valid)), sbomID, Covered, Valid, "signature valid"},
		{"a layer whose platform alone is signed is not inside it", image(amd64, sbom(named("m")), signed(amd64, Trusted)), sbomID, Unsigned, Unchecked, ""},
		{"the best of what contains it", indexOf(signed(index, Trusted), platform(amd64, sbom(named("m"), index), signed(named("m"), Untrusted))), sbomID, Covered, Trusted, "signature trusted"},
		{"trusted coverage does not wait for more", indexOf(signed(index, Trusted), platform(amd64, sbom(named("m"), index), bundle("s", named("m"), predicateCosignSign, nil))), sbomID, Covered, Trusted, "signature trusted"},
		{"valid coverage does", indexOf(signed(index, Valid), platform(amd64, sbom(named("m"), index), bundle("s", named("m"), predicateCosignSign, nil))), sbomID, Unchecked, Unchecked, ""},
		{"a signed attestation is never covered", indexOf(signed(index, Trusted), with(bundle("x", index, predicateSPDX, said(Unverifiable)), func(p *plant) {
			p.node.Within = []Digest{index}
		})), string(named("x")), Unverifiable, Unchecked, ""},
		{"bytes that were swapped under a signed manifest", indexOf(signed(index, Trusted), platform(amd64, with(sbom(named("m"), index), func(p *plant) {
			p.blob, p.problem = BlobTampered, "hashes to another digest"
		}))), sbomID, Invalid, Unchecked, ""},
		{"bytes that could not be had under a signed manifest", indexOf(signed(index, Trusted), platform(amd64, with(sbom(named("m"), index), func(p *plant) {
			p.blob, p.problem = BlobMissing, "rate limited"
		}))), sbomID, Unavailable, Unchecked, ""},
		{"a failed content check under a signed manifest", indexOf(signed(index, Trusted), platform(amd64, with(sbom(named("m"), index), func(p *plant) {
			p.report = said(Invalid)
		}))), sbomID, Invalid, Unchecked, ""},
		{"bytes left alone on purpose are covered by their digest", indexOf(signed(index, Trusted), platform(amd64, with(sbom(named("m"), index), func(p *plant) {
			p.blob = BlobSkipped
		}))), sbomID, Covered, Trusted, "signature trusted"},
		{"bytes that have not come yet", indexOf(signed(index, Trusted), platform(amd64, with(sbom(named("m"), index), func(p *plant) {
			p.blob = BlobPending
		}))), sbomID, Unchecked, Unchecked, ""},
		{"an index whose signature is not judged yet", indexOf(bundle("s", index, predicateCosignSign, nil), platform(amd64)), string(amd64), Unchecked, Unchecked, ""},
		{"an artifact with a signature of its own", image(amd64, artifact("readme", amd64, signed(named("readme"), Trusted))), string(named("readme")), Trusted, Unchecked, ""},
		{"a platform that could not be had is not covered", indexOf(signed(index, Trusted), with(platform(amd64), func(p *plant) {
			p.node.Unavailable = "denied (403)"
		})), string(amd64), Unavailable, Unchecked, ""},
		{"a platform whose manifest was replaced is wrong and not only missing", indexOf(signed(index, Trusted), with(platform(amd64), func(p *plant) {
			p.node.Unavailable, p.blob, p.problem = "altered", BlobTampered, "altered"
		})), string(amd64), Invalid, Unchecked, ""},
		{"an attached manifest that was replaced leaves open whether the image is signed", image(amd64, with(artifact("x", amd64), func(p *plant) {
			p.node.Unavailable, p.blob, p.problem = "altered", BlobTampered, "altered"
		})), string(amd64), Unavailable, Unchecked, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			tree := grow(c.tree, finished...)
			wantStanding(t, tree, c.node, c.want, "")
			s := tree.Entry(c.node).Standing
			by := ""
			if c.by != "" {
				by = string(named(c.by))
			}
			if s.Coverage != c.coverage || s.CoveredBy != by {
				t.Errorf("coverage = %v by %q, want %v by %q", s.Coverage, s.CoveredBy, c.coverage, by)
			}
		})
	}
}

func TestABareStatementMustBeAboutTheDigestItIsFiledUnder(t *testing.T) {
	cases := []struct {
		name   string
		change func(*plant)
		want   Verdict
		reason string
	}{
		{"about it", func(*plant) {}, Covered, ""},
		{"about it and others", func(p *plant) { p.opened = statementAbout(predicateSLSA, arm64, amd64) }, Covered, ""},
		{"about nothing", func(p *plant) { p.opened = statementAbout(predicateSLSA) }, Invalid, "another digest"},
		{"about the index", func(p *plant) { p.opened = statementAbout(predicateSLSA, index) }, Invalid, "another digest"},
		{"broken", func(p *plant) { p.opened = &Attestation{Problem: "not JSON"} }, Invalid, "not JSON"},
		{"of an unknown type", func(p *plant) { p.opened = &Attestation{Problem: "v9", Unsupported: true} }, Unverifiable, "v9"},
		{"not read yet", func(p *plant) { p.opened = nil }, Unchecked, ""},
		{"never read", func(p *plant) { p.opened, p.blob = nil, BlobSkipped }, Unavailable, "not read"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			statement := with(buildKitStatement(amd64, amd64), c.change)
			tree := grow(indexOf(signed(index, Trusted), platform(amd64, statement)), finished...)
			wantStanding(t, tree, statement.node.ID, c.want, c.reason)
			wantStanding(t, tree, string(amd64), Covered, "")
		})
	}
}
