package model

import (
	"errors"
	"fmt"
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
		{"only invalid", []plant{signed(amd64, Invalid)}, Invalid, "nothing that vouches for it holds: invalid reason"},
		{"only unverifiable", []plant{signed(amd64, Unverifiable)}, Unverifiable, "could be checked: unverifiable reason"},
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
			"a notation signature in an envelope that nobody knows",
			[]plant{with(artifact("n", amd64), func(p *plant) { p.node.Kind = KindSignature })}, Unverifiable, "format that is not known",
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

func TestAnImageNamesTheNodeThatVouchesForIt(t *testing.T) {
	provenance := bundle("slsa", amd64, predicateSLSA, said(Trusted))
	cases := []struct {
		name     string
		attached []plant
		want     string
	}{
		{"the only signature", []plant{signed(amd64, Valid)}, signed(amd64, Valid).node.ID},
		{"the best of several", []plant{signed(amd64, Valid), provenance, signed(amd64, Invalid)}, provenance.node.ID},
		{"one whose signer is not trusted", []plant{signed(amd64, Untrusted)}, signed(amd64, Untrusted).node.ID},
		{"nobody where nothing holds", []plant{signed(amd64, Invalid)}, ""},
		{"nobody where nothing is attached", nil, ""},
		{"nobody before it is judged", []plant{bundle("s", amd64, predicateCosignSign, nil), signed(amd64, Valid)}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			tree := grow(image(amd64, c.attached...), finished...)
			if got := tree.Entry(string(amd64)).Standing.VouchedBy; got != c.want {
				t.Errorf("vouched for by %q, want %q", got, c.want)
			}
			for _, p := range c.attached {
				if got := tree.Entry(p.node.ID).Standing.VouchedBy; got != "" {
					t.Errorf("%s, which is signed itself, is vouched for by %q", p.node.ID, got)
				}
			}
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
		{"provenance of a version that nobody knows", bundle("x", amd64, "https://slsa.dev/provenance/v99", said(Trusted)), Unsigned},
		{"provenance without a version", bundle("x", amd64, "https://slsa.dev/provenance", said(Trusted)), Unsigned},
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

func TestAReportCannotMakeAnUnsignedNodeGood(t *testing.T) {
	for _, v := range Verdicts {
		t.Run(v.String(), func(t *testing.T) {
			tree := grow(image(amd64, with(artifact("readme", amd64), func(p *plant) { p.report = said(v) })), finished...)
			want := Unsigned
			if v == Invalid || v == Unverifiable || v == Unavailable {
				want = v
			}
			wantStanding(t, tree, string(named("readme")), want, "")
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
	t.Run("not all of it was found yet", func(t *testing.T) {
		wantStanding(t, grow(file(Trusted, Invalid)), "file", Unchecked, "")
	})
	t.Run("the first of two that are as bad is named", func(t *testing.T) {
		p := file(Trusted, Invalid, Invalid)
		p.children[1].report.Reason = "the first reason"
		wantStanding(t, grow(p, finished...), "file", Invalid, "the first reason")
	})
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
