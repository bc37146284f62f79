package model

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// The attacks on the roll-up that the tables below hold against:
//
//   - a good verdict without the subject check, on an unsigned format, of an unread bundle, or that no report can have
//   - a signature about nothing (subject "") on a node without a digest
//   - a signature about something else: a referrer, a sibling, the parent, a layer
//   - a good SBOM attestation instead of a signature; a type announced in an annotation or nested in the predicate
//   - coverage that flows up, sideways, to referrers, or out of an index whose signature is bad or not judged yet
//   - a BuildKit statement filed under another platform of a signed index; one that is unreadable, or was not read
//   - bytes that were swapped under a covered manifest; bytes that could not be had
//   - "unsigned" while something could not be looked up, fetched, or is still coming
//   - what the verifier and the reader of claims disagree on

const (
	predicateSLSA = "https://slsa.dev/provenance/v1"
	predicateSPDX = "https://spdx.dev/Document"
)

// named makes well-formed digests that a reader can tell apart.
func named(name string) Digest { return DigestOf([]byte(name)) }

var (
	index = named("index")
	amd64 = named("amd64")
	arm64 = named("arm64")
)

// plant is a node of a test's tree with what is known about it.
type plant struct {
	node     Node
	opened   *Attestation
	report   *Report
	blob     BlobState
	problem  string
	judging  bool
	children []plant
}

func grow(p plant, more ...Event) *Tree {
	t := NewTree()
	var add func(p plant, parent string)
	add = func(p plant, parent string) {
		n := p.node
		n.Parent = parent
		t.Apply(NodeFound{Node: n})
		switch p.blob {
		case BlobLoadedOK:
			t.Apply(BlobLoaded{ID: n.ID, Bytes: []byte("bytes")})
		case BlobMissing:
			t.Apply(BlobLoaded{ID: n.ID, Problem: p.problem})
		case BlobTampered:
			t.Apply(BlobLoaded{ID: n.ID, Problem: p.problem, Tampered: true})
		case BlobSkipped:
			t.Apply(BlobLoaded{ID: n.ID, Skipped: true})
		case BlobPending:
		}
		if p.opened != nil {
			t.Apply(Opened{ID: n.ID, Attestation: p.opened})
		}
		if p.report != nil {
			t.Apply(Judged{ID: n.ID, Report: *p.report})
		}
		if p.judging {
			t.Apply(VerifyStarted{ID: n.ID})
		}
		for _, child := range p.children {
			add(child, n.ID)
		}
	}
	add(p, "")
	for _, event := range more {
		t.Apply(event)
	}
	t.Judge()
	return t
}

var finished = []Event{DiscoveryDone{}, Done{}}

func image(d Digest, children ...plant) plant {
	return plant{node: Node{ID: string(d), Kind: KindImage, Digest: d}, children: children}
}

func indexOf(children ...plant) plant {
	return plant{node: Node{ID: string(index), Kind: KindIndex, Digest: index}, children: children}
}

func platform(d Digest, children ...plant) plant {
	return plant{node: Node{
		ID: string(d), Kind: KindImage, Digest: d, Platform: "linux/" + string(d[7:9]), Within: []Digest{index},
	}, children: children}
}

func said(v Verdict) *Report {
	return &Report{Verdict: v, Reason: v.String() + " reason", Checks: []Check{{ID: CheckSubject, Status: CheckPassed}}}
}

func statementAbout(predicateType string, subjects ...Digest) *Attestation {
	s := &Statement{Type: StatementV1, PredicateType: predicateType}
	for _, d := range subjects {
		s.Subjects = append(s.Subjects, Subject{Digests: []NamedDigest{{Algorithm: d.Algorithm(), Value: d.Hex()}}})
	}
	return &Attestation{Statement: s, PredicateType: predicateType}
}

// bundle is a bundle attached to subject, with a statement about it.
func bundle(name string, subject Digest, predicateType string, r *Report) plant {
	d := named(name)
	a := statementAbout(predicateType, subject)
	a.Envelope = EnvelopeBundle
	return plant{
		node: Node{
			ID: string(d), Kind: KindAttestation, Format: FormatBundle, Digest: d, Subject: subject,
			Blob: Descriptor{Digest: named(name + " blob"), Size: 5},
		},
		opened: a, report: r, blob: BlobLoadedOK,
	}
}

func signed(subject Digest, v Verdict) plant {
	return bundle("signature "+v.String(), subject, predicateCosignSign, said(v))
}

// buildKitStatement is a layer of a BuildKit attestation manifest inside the index.
func buildKitStatement(filedUnder, about Digest) plant {
	manifest := named("buildkit " + string(filedUnder))
	d := named("statement " + string(filedUnder))
	return plant{
		node: Node{
			ID: string(manifest) + "#0", Kind: KindAttestation, Format: FormatStatement, Digest: d, Manifest: manifest,
			Subject: filedUnder, Within: []Digest{manifest, index}, Blob: Descriptor{Digest: d, Size: 5},
		},
		opened: statementAbout(predicateSLSA, about), blob: BlobLoadedOK,
	}
}

// artifact is an unsigned artifact attached to subject.
func artifact(name string, subject Digest, children ...plant) plant {
	d := named(name)
	return plant{node: Node{
		ID: string(d), Kind: KindArtifact, Format: FormatOpaque, Digest: d, Subject: subject,
		Blob: Descriptor{Digest: named(name + " blob"), Size: 5},
	}, blob: BlobLoadedOK, children: children}
}

func with(p plant, change func(*plant)) plant {
	change(&p)
	return p
}

func wantStanding(t *testing.T, tree *Tree, id string, want Verdict, reason string) {
	t.Helper()
	e := tree.Entry(id)
	if e == nil {
		t.Fatalf("no node %s", id)
	}
	if e.Standing.Verdict != want || !strings.Contains(e.Standing.Reason, reason) {
		t.Errorf("standing of %s = %v %q, want %v with %q", id, e.Standing.Verdict, e.Standing.Reason, want, reason)
	}
}

func TestTheVerdictOfAnImageIsTheBestOfWhatVouchesForIt(t *testing.T) {
	slsa := func(v Verdict) plant { return bundle("slsa "+v.String(), amd64, predicateSLSA, said(v)) }
	cases := []struct {
		name     string
		attached []plant
		want     Verdict
		reason   string
	}{
		{"nothing attached is unsigned", nil, Unsigned, ""},
		{"a trusted signature", []plant{signed(amd64, Trusted)}, Trusted, ""},
		{"a valid signature", []plant{signed(amd64, Valid)}, Valid, ""},
		{"an untrusted signature", []plant{signed(amd64, Untrusted)}, Untrusted, "untrusted reason"},
		{"trusted before valid before untrusted", []plant{signed(amd64, Untrusted), signed(amd64, Valid), signed(amd64, Trusted)}, Trusted, ""},
		{"valid before untrusted", []plant{signed(amd64, Untrusted), signed(amd64, Valid)}, Valid, ""},
		{"trusted SLSA provenance vouches too", []plant{slsa(Trusted)}, Trusted, ""},
		{"provenance does better than a signature", []plant{slsa(Trusted), signed(amd64, Untrusted)}, Trusted, ""},
		{"an invalid signature beside a trusted one is ignored", []plant{signed(amd64, Invalid), signed(amd64, Trusted)}, Trusted, ""},
		{"an invalid signature beside an untrusted one does not make it invalid", []plant{signed(amd64, Invalid), signed(amd64, Untrusted)}, Untrusted, ""},
		{"only invalid", []plant{signed(amd64, Invalid)}, Invalid, "invalid reason"},
		{"only unverifiable", []plant{signed(amd64, Unverifiable)}, Unverifiable, "unverifiable reason"},
		{"invalid is said before unverifiable", []plant{signed(amd64, Unverifiable), signed(amd64, Invalid)}, Invalid, ""},
		{"only invalid provenance", []plant{slsa(Invalid)}, Invalid, ""},
		{"a signature that could not be had leaves the question open", []plant{signed(amd64, Unavailable)}, Unavailable, "could not look"},
		{"an unsigned signature vouches for nothing", []plant{signed(amd64, Unsigned)}, Unsigned, ""},
		{"a report cannot say covered", []plant{signed(amd64, Covered)}, Unchecked, ""},
		{"a good SBOM attestation does not raise it", []plant{bundle("sbom", amd64, predicateSPDX, said(Trusted))}, Unsigned, ""},
		{"a bad SBOM attestation does not lower it", []plant{bundle("sbom", amd64, predicateSPDX, said(Invalid)), signed(amd64, Trusted)}, Trusted, ""},
		{"a bad SBOM attestation alone leaves it unsigned", []plant{bundle("sbom", amd64, predicateSPDX, said(Invalid))}, Unsigned, ""},
		{"an SBOM attestation that is not judged yet is not waited for", []plant{bundle("sbom", amd64, predicateSPDX, nil)}, Unsigned, ""},
		{"an unsigned artifact changes nothing", []plant{artifact("readme", amd64)}, Unsigned, ""},
		{"a signature of something attached does not reach it", []plant{artifact("readme", amd64, signed(named("readme"), Trusted))}, Unsigned, ""},
		{"a signature listed here that is about another digest", []plant{signed(arm64, Trusted)}, Unsigned, ""},
		{"a signature that is not judged yet", []plant{bundle("s", amd64, predicateCosignSign, nil)}, Unchecked, ""},
		{"a trusted one does not wait for another", []plant{bundle("s", amd64, predicateCosignSign, nil), signed(amd64, Trusted)}, Trusted, ""},
		{"a valid one does, since better may come", []plant{bundle("s", amd64, predicateCosignSign, nil), signed(amd64, Valid)}, Unchecked, ""},
		{
			"a signature that is judged again",
			[]plant{with(signed(amd64, Trusted), func(p *plant) { p.judging = true })}, Unchecked, "",
		},
		{
			"a manifest that could not be had may have been a signature",
			[]plant{{node: Node{ID: string(named("x")), Kind: KindArtifact, Digest: named("x"), Subject: amd64, Unavailable: "denied (403)"}}},
			Unavailable, "denied (403)",
		},
		{
			"a trusted one is enough where another could not be had",
			[]plant{signed(amd64, Trusted), {node: Node{ID: string(named("x")), Kind: KindArtifact, Digest: named("x"), Subject: amd64, Unavailable: "denied"}}},
			Trusted, "",
		},
		{
			"an artifact whose bytes could not be had was announced as no signature",
			[]plant{with(artifact("readme", amd64), func(p *plant) { p.blob, p.problem = BlobMissing, "404" })}, Unsigned, "",
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			tree := grow(image(amd64, c.attached...), finished...)
			wantStanding(t, tree, string(amd64), c.want, c.reason)
		})
	}
}

func TestNothingIsGreenByAccident(t *testing.T) {
	announced := func(p *plant) {
		p.node.Annotations = map[string]string{annotationBundleType: predicateCosignSign}
		p.node.Kind = KindSignature
	}
	cases := []struct {
		name     string
		attached plant
		want     Verdict
	}{
		{"a good report without a subject check", with(signed(amd64, Trusted), func(p *plant) { p.report.Checks = nil }), Unsigned},
		{"a good report whose subject check was skipped", with(signed(amd64, Trusted), func(p *plant) {
			p.report.Checks[0].Status = CheckSkipped
		}), Unsigned},
		{"a good report on a bundle whose bytes nobody read", with(signed(amd64, Trusted), func(p *plant) {
			announced(p)
			p.opened = nil
		}), Unsigned},
		{"a good report on bytes that are not those of the manifest", with(signed(amd64, Trusted), func(p *plant) { p.blob = BlobTampered }), Invalid},
		{"a good report on bytes that could not be had", with(signed(amd64, Trusted), func(p *plant) { p.blob = BlobMissing }), Unavailable},
		{"a good report on a statement that does not name the image", with(signed(amd64, Trusted), func(p *plant) {
			p.opened = statementAbout(predicateCosignSign, arm64)
		}), Invalid},
		{"a good report on a payload that the reader refuses", with(signed(amd64, Trusted), func(p *plant) {
			announced(p)
			p.opened = &Attestation{Envelope: EnvelopeBundle, Problem: `the key "subject" is there twice`}
		}), Unverifiable},
		{"a good report on a payload of an unknown type, announced as a signature", with(signed(amd64, Trusted), func(p *plant) {
			announced(p)
			p.opened = &Attestation{Envelope: EnvelopeBundle, Problem: "payloadType text/plain", Unsupported: true}
		}), Unsigned},
		{"a good report on a bare statement", with(signed(amd64, Trusted), func(p *plant) {
			p.node.Format = FormatStatement
			p.opened.Envelope = EnvelopeNone
		}), Unsigned},
		{"a good report on an opaque artifact", with(artifact("x", amd64), func(p *plant) { p.report = said(Trusted) }), Unsigned},
		{"an SBOM attestation announced as a signature", with(bundle("sbom", amd64, predicateSPDX, said(Trusted)), announced), Unsigned},
		{"a signature predicate nested in another attestation", with(bundle("x", amd64, "https://example.com/x/v1", said(Trusted)), func(p *plant) {
			p.opened.Nested = &Statement{PredicateType: predicateCosignSign}
			p.opened.PredicateType = predicateCosignSign
		}), Unsigned},
		{"provenance nested in another attestation", with(bundle("x", amd64, "https://example.com/x/v1", said(Trusted)), func(p *plant) {
			p.opened.Nested = &Statement{PredicateType: predicateSLSA}
			p.opened.PredicateType = predicateSLSA
		}), Unsigned},
		{"a predicate type that only looks like provenance", bundle("x", amd64, "https://slsa.dev.example/provenance/v1", said(Trusted)), Unsigned},
		{"a simple-signing payload about another image", plant{
			node: Node{
				ID: string(named("sig")) + "#0", Kind: KindSignature, Format: FormatSimpleSigning, Digest: named("payload"),
				Manifest: named("sig"), Subject: amd64, Blob: Descriptor{Digest: named("payload"), Size: 5},
			},
			blob: BlobLoadedOK, opened: &Attestation{SimpleSigning: &SimpleSigning{ManifestDigest: string(arm64)}}, report: said(Trusted),
		}, Invalid},
		{"a notation signature about another image", plant{
			node: Node{
				ID: string(named("n")), Kind: KindSignature, Format: FormatNotationJWS, Digest: named("n"), Subject: amd64,
				Blob: Descriptor{Digest: named("jws"), Size: 5},
			},
			blob: BlobLoadedOK, opened: &Attestation{Target: &Descriptor{Digest: arm64}}, report: said(Trusted),
		}, Invalid},
		{"a message signature over other bytes", with(signed(amd64, Trusted), func(p *plant) {
			p.opened = &Attestation{Envelope: EnvelopeBundle, Message: true, MessageDigest: arm64}
		}), Invalid},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			tree := grow(image(amd64, c.attached), finished...)
			wantStanding(t, tree, string(amd64), c.want, "")
		})
	}
}

func TestSignaturesOfOtherFormatsVouch(t *testing.T) {
	layer := Node{
		ID: string(named("sig")) + "#0", Kind: KindSignature, Digest: named("payload"), Manifest: named("sig"), Subject: amd64,
		Blob: Descriptor{Digest: named("payload"), Size: 5},
	}
	for format, claims := range map[Format]*Attestation{
		FormatSimpleSigning: {SimpleSigning: &SimpleSigning{ManifestDigest: string(amd64)}},
		FormatNotationJWS:   {Target: &Descriptor{Digest: amd64}},
		FormatNotationCOSE:  {Target: &Descriptor{Digest: amd64}},
		FormatBundle:        {Envelope: EnvelopeBundle, Message: true, MessageDigest: amd64},
	} {
		t.Run(string(format), func(t *testing.T) {
			n := layer
			n.Format = format
			tree := grow(image(amd64, plant{node: n, opened: claims, blob: BlobLoadedOK, report: said(Valid)}), finished...)
			wantStanding(t, tree, string(amd64), Valid, "")
			wantStanding(t, tree, n.ID, Valid, "")
		})
	}
}

func TestASignatureAboutNothingVouchesForNothing(t *testing.T) {
	root := plant{node: Node{ID: "file", Kind: KindImage}, children: []plant{
		with(signed("", Trusted), func(p *plant) { p.opened = &Attestation{Envelope: EnvelopeBundle, Message: true} }),
	}}
	tree := grow(root, finished...)
	wantStanding(t, tree, "file", Unsigned, "")
}

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

func TestWhatWasNotSeenIsNeverCalledUnsigned(t *testing.T) {
	denied := LookedUp{Lookup: Lookup{Mechanism: MechanismCosignSig, Subject: amd64, Status: LookupDenied, Detail: "403"}}
	lookup := func(subject Digest, status LookupStatus) LookedUp {
		return LookedUp{Lookup: Lookup{Mechanism: MechanismReferrersAPI, Subject: subject, Status: status}}
	}
	cases := []struct {
		name   string
		tree   plant
		events []Event
		want   Verdict
		reason string
	}{
		{"denied", image(amd64), []Event{denied, DiscoveryDone{}}, Unavailable, "could not look: cosign-sig denied: 403"},
		{"failed", image(amd64), []Event{lookup(amd64, LookupFailed), DiscoveryDone{}}, Unavailable, "referrers-api failed"},
		{"truncated", image(amd64), []Event{lookup(amd64, LookupTruncated), DiscoveryDone{}}, Unavailable, "truncated"},
		{"none", image(amd64), []Event{lookup(amd64, LookupNone), DiscoveryDone{}}, Unsigned, ""},
		{"unsupported", image(amd64), []Event{lookup(amd64, LookupUnsupported), DiscoveryDone{}}, Unsigned, ""},
		{"denied for another digest", image(amd64), []Event{lookup(arm64, LookupDenied), DiscoveryDone{}}, Unsigned, ""},
		{"denied, but signed", image(amd64, signed(amd64, Valid)), []Event{denied, DiscoveryDone{}}, Valid, ""},
		{"denied, and invalid", image(amd64, signed(amd64, Invalid)), []Event{denied, DiscoveryDone{}}, Invalid, ""},
		{"denied, but covered", indexOf(signed(index, Trusted), platform(amd64)), []Event{denied, DiscoveryDone{}}, Covered, ""},
		{"denied for the index that may cover it", indexOf(platform(amd64)), []Event{lookup(index, LookupDenied), DiscoveryDone{}}, Unavailable, "denied"},
		{"a signature of the index that could not be had", indexOf(platform(amd64), signed(index, Unavailable)), []Event{DiscoveryDone{}}, Unavailable, "could not be had"},
		{"discovery could not finish", image(amd64), []Event{DiscoveryDone{Err: errors.New("timed out")}}, Unavailable, "could not look: timed out"},
		{"discovery has not ended", image(amd64), []Event{lookup(amd64, LookupNone)}, Unchecked, ""},
		{"discovery has not ended, valid so far", image(amd64, signed(amd64, Valid)), nil, Unchecked, ""},
		{"discovery has not ended, trusted already", image(amd64, signed(amd64, Trusted)), nil, Trusted, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			wantStanding(t, grow(c.tree, c.events...), string(amd64), c.want, c.reason)
		})
	}
}

func TestAFileOfSeveralIsWhatTheWorstOfThemIs(t *testing.T) {
	file := func(verdicts ...Verdict) plant {
		p := plant{node: Node{ID: "file", Kind: KindFile, Name: "all.jsonl"}}
		for i, v := range verdicts {
			p.children = append(p.children, plant{
				node:   Node{ID: fmt.Sprintf("file#%d", i), Kind: KindBundle, Format: FormatBundle},
				report: said(v),
			})
		}
		return p
	}
	cases := []struct {
		name string
		file plant
		want Verdict
	}{
		{"all trusted", file(Trusted, Trusted), Trusted},
		{"one valid", file(Trusted, Valid), Valid},
		{"one untrusted", file(Trusted, Untrusted, Valid), Untrusted},
		{"one unverifiable", file(Trusted, Unverifiable), Unverifiable},
		{"one unavailable", file(Unavailable, Unverifiable), Unavailable},
		{"one invalid", file(Trusted, Invalid, Unavailable), Invalid},
		{"one not judged yet", file(Invalid, Unchecked), Unchecked},
		{"nothing in it", file(), Unsigned},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			wantStanding(t, grow(c.file, finished...), "file", c.want, "")
		})
	}
}

func TestASignedNodeIsWhatItsOwnReportSays(t *testing.T) {
	for _, v := range []Verdict{Trusted, Valid, Untrusted, Unsigned, Invalid, Unverifiable, Unavailable} {
		t.Run(v.String(), func(t *testing.T) {
			s := bundle("x", amd64, predicateSPDX, said(v))
			tree := grow(image(amd64, s), finished...)
			wantStanding(t, tree, s.node.ID, v, v.String()+" reason")
		})
	}
}

func TestCountsCountEveryNodeOnce(t *testing.T) {
	tree := grow(indexOf(signed(index, Trusted), platform(amd64, buildKitStatement(amd64, amd64)), platform(arm64), artifact("readme", index)), finished...)
	want := map[Verdict]int{Trusted: 2, Covered: 3, Unsigned: 1}
	got := tree.Counts()
	for _, v := range Verdicts {
		if got[v] != want[v] {
			t.Errorf("%v: %d, want %d", v, got[v], want[v])
		}
	}
}

func TestJudgeChangesTheVersionOnlyWhereSomethingChanged(t *testing.T) {
	tree := grow(image(amd64, signed(amd64, Trusted)), finished...)
	before := tree.Version()
	tree.Judge()
	if tree.Version() != before {
		t.Error("a second Judge without events changed the version")
	}
	tree.Apply(VerifyStarted{ID: string(named("signature trusted"))})
	applied := tree.Version()
	tree.Judge()
	if tree.Version() == applied {
		t.Error("the image lost its verdict, but the version is the same")
	}
}
