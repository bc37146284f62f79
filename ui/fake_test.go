package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
)

// fakeBackend plays events that were written down. It is done as soon as they are read.
type fakeBackend struct {
	open     [][]model.Event
	verified *[][]string // the ids of each Verify; nil where nobody asks
	verify   [][]model.Event
	trust    *fakeTrust
	audit    *fakeAudit
	doctor   *fakeDoctor
	breaks   *fakeBreaks
	hands    *fakeHands
}

func (f fakeBackend) Open(context.Context) <-chan []model.Event { return played(f.open) }

func (f fakeBackend) Verify(_ context.Context, ids []string) <-chan []model.Event {
	if f.verified != nil {
		*f.verified = append(*f.verified, ids)
	}
	return played(f.verify)
}

func played(batches [][]model.Event) <-chan []model.Event {
	out := make(chan []model.Event, len(batches))
	for _, b := range batches {
		out <- b
	}
	close(out)
	return out
}

// fakePredicate is a decoded predicate without a decoder.
type fakePredicate struct {
	family   model.Family
	title    string
	fields   []model.Field
	findings []model.Finding
}

func (p fakePredicate) Family() model.Family      { return p.family }
func (p fakePredicate) Title() string             { return p.title }
func (p fakePredicate) Fields() []model.Field     { return p.fields }
func (p fakePredicate) Summary() map[string]any   { return nil }
func (p fakePredicate) Findings() []model.Finding { return p.findings }

func digest(name string) model.Digest { return model.DigestOf([]byte(name)) }

// The header of most scenes.
var fakeInfo = Info{
	Tool: "attestree 0.1.0", Source: "ghcr.io/stacklok/dockyard/npx/context7:2.1.0",
	Now: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC),
}

const (
	workflow = "https://github.com/stacklok/dockyard/.github/workflows/build-containers.yml@refs/heads/main"
	issuer   = "https://token.actions.githubusercontent.com"
)

// story collects the events of a tree.
type story struct{ events []model.Event }

func (s *story) add(events ...model.Event) { s.events = append(s.events, events...) }

var signedAt = time.Date(2026, 1, 19, 12, 0, 4, 0, time.UTC)

// attached adds an attestation or signature about the root, with its report.
func (s *story) attached(name string, kind model.Kind, p fakePredicate, r model.Report) {
	format, typ := model.FormatBundle, "https://example.org/"+name
	if kind == model.KindSignature {
		typ = "https://sigstore.dev/cosign/sign/v1"
	}
	blob := []byte(fmt.Sprintf(`{"payload":%q}`, name))
	s.found(name, kind, format, blob)
	payload := []byte(`{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"ghcr.io/stacklok/dockyard/npx/context7",` +
		`"digest":{"sha256":"` + digest("root").Hex() + `"}}],"predicateType":"` + typ + `",` +
		`"predicate":{"builder":{"id":"https://github.com/actions/runner"},"materials":[{"uri":"a"},{"uri":"b"}],"ok":true,"n":12,"none":null,"empty":{}}}`)
	s.add(model.Opened{ID: string(digest(name)), Attestation: &model.Attestation{
		Envelope: model.EnvelopeBundle, PayloadType: "application/vnd.in-toto+json", Payload: payload, PredicateType: typ,
		Statement: &model.Statement{PredicateType: typ, Subjects: []model.Subject{{
			Name:    "ghcr.io/stacklok/dockyard/npx/context7",
			Digests: []model.NamedDigest{{Algorithm: "sha256", Value: digest("root").Hex()}},
		}}},
		Predicate: p,
	}}, model.VerifyStarted{ID: string(digest(name))})
	if r.Verdict != model.Unchecked {
		s.add(model.Judged{ID: string(digest(name)), Report: r})
	}
}

func (s *story) found(name string, kind model.Kind, format model.Format, blob []byte) {
	id := string(digest(name))
	s.add(model.NodeFound{Node: model.Node{
		ID: id, Parent: string(digest("root")), Kind: kind, Format: format, Digest: digest(name), Size: 812,
		MediaType: model.MediaTypeOCIManifest, ArtifactType: "application/vnd.example." + name,
		Subject: digest("root"), Blob: model.Descriptor{MediaType: "application/json", Digest: model.DigestOf(blob), Size: int64(len(blob))},
		Found: []model.Found{model.FoundReferrersAPI}, Raw: []byte(`{"schemaVersion":2}`),
	}})
	if blob != nil {
		s.add(model.BlobLoaded{ID: id, Bytes: blob})
	}
}

// ladder is a report whose checks all passed up to the one that did not.
func ladder(v model.Verdict, bad model.CheckID, status model.CheckStatus, reason string) model.Report {
	r := model.Report{Verdict: v, Reason: reason, VerifiedBy: "sigstore-go", TrustRoot: "public-good"}
	reached := true
	for _, c := range []struct {
		id     model.CheckID
		proves string
	}{
		{model.CheckContent, "the bytes are those that the manifest names"},
		{model.CheckEnvelope, "the envelope parses and its payload type is known"},
		{model.CheckSignature, "the signature is by the certificate's key over exactly these bytes"},
		{model.CheckSubject, "the signed statement is about this very digest, not another image"},
		{model.CheckCertificate, "the leaf chains to an authority of the trusted root, at the time of signing"},
		{model.CheckSCT, "the certificate was logged in a certificate transparency log"},
		{model.CheckLog, "the signature is in the transparency log"},
		{model.CheckTimestamp, "the signing time is attested and falls in the certificate's validity"},
		{model.CheckSigner, "the identity is one of the trusted signers"},
	} {
		check := model.Check{
			ID: c.id, Status: model.CheckPassed, Required: c.id != model.CheckSigner, Proves: c.proves,
			Expected: "what " + string(c.id) + " ought to be", Actual: "what " + string(c.id) + " is",
			Spec: "in-toto attestation spec, validation.md",
		}
		switch {
		case c.id == bad:
			check.Status, check.Detail = status, reason
			reached = status != model.CheckFailed
		case !reached:
			check.Status, check.Detail = model.CheckSkipped, "not reached because "+string(bad)+" failed"
		}
		r.Checks = append(r.Checks, check)
	}
	r.Checks = append(r.Checks, model.Check{ID: model.CheckPredicate, Status: model.CheckPassed, Proves: "the payload has the shape that its type promises"})
	return r
}

// by makes the signer of a report proven.
func by(r model.Report, name string) model.Report {
	r.SignedAt = signedAt
	r.Signer = &model.Signer{
		Kind: model.SignerCertificate, Issuer: issuer, Subject: workflow, Name: name,
		Fingerprint: string(digest("certificate")), Algorithm: "ECDSA P-256",
		NotBefore: signedAt.Add(-2 * time.Second), NotAfter: signedAt.Add(10 * time.Minute),
		Authority: "CN=sigstore-intermediate,O=sigstore.dev",
		Extensions: []model.Extension{
			{OID: "1.3.6.1.4.1.57264.1.8", Name: "issuerV2", Label: "Issuer", Value: issuer},
			{OID: "1.3.6.1.4.1.57264.1.12", Name: "sourceRepositoryURI", Label: "Source repository", Value: "https://github.com/stacklok/dockyard"},
			{OID: "1.3.6.1.4.1.57264.1.13", Name: "sourceRepositoryDigest", Label: "Source repository digest", Value: "90715a5a3a2c1b"},
			{OID: "1.3.6.1.4.1.57264.1.20", Name: "buildTrigger", Label: "Build trigger", Value: "push"},
		},
	}
	r.Log = []model.LogEntry{{Log: "rekor.sigstore.dev", Index: 123456789, Kind: "dsse 0.0.1", Time: signedAt, Included: true, Verified: true}}
	r.Timestamps = []model.Timestamp{{Authority: "rekor.sigstore.dev", Time: signedAt, Verified: true, Kind: "log", Over: "signature"}}
	return r
}

// claimed makes the signer of a report a claim.
func claimed(r model.Report) model.Report {
	r = by(r, "")
	r.Claimed, r.Signer = r.Signer, nil
	return r
}

// hostile is text that tries whatever a terminal might obey.
const hostile = "evil\x1b[2J\x1b]52;c;ZXZpbA==\x07\u009b31m\u202egnp.exe\u2066\u200b\x00\x7f\r\nnext\tline \xff 中文 👩‍👩‍👧 e\u0301\u0301\u0301\u0301\u0301\u0301"

// rich is a tree with every verdict, as it would come from a registry.
func rich() [][]model.Event {
	s := &story{}
	root := digest("root")
	s.add(model.Resolved{Reference: "ghcr.io/stacklok/dockyard/npx/context7@" + string(root), Digest: root, Notes: []model.Finding{
		{ID: "credential-helper", Severity: model.SeverityWarning, Message: "the credential helper did not answer: asked anonymously"},
	}})
	s.add(model.NodeFound{Node: model.Node{
		ID: string(root), Kind: model.KindIndex, Digest: root, Size: 2204, MediaType: model.MediaTypeOCIIndex,
		Found: []model.Found{model.FoundRoot}, Raw: []byte("{\n  \"schemaVersion\": 2,\n  \"manifests\": []\n}\n"), Tag: "2.1.0",
	}})
	s.platforms()
	s.lookups()
	s.attached("signature", model.KindSignature, fakePredicate{}, by(ladder(model.Trusted, "", "", ""), "dockyard"))
	s.attached("provenance", model.KindAttestation, provenance, by(ladder(model.Trusted, "", "", ""), "dockyard"))
	s.attached("scai", model.KindAttestation, fakePredicate{family: model.FamilySCAI, title: "SCAI · MCP scan PASSED · 1 allowed",
		fields: []model.Field{{Label: "Scan", Value: "passed", Note: "1 finding allowed"}},
		findings: []model.Finding{
			{ID: "nested-statement", Severity: model.SeverityWarning, Message: "the payload is a statement inside a statement"},
			{ID: "weak-reason", Severity: model.SeverityWarning, Message: "an allowed issue gives no reason"},
		}}, by(ladder(model.Trusted, "", "", ""), "dockyard"))
	s.attached("valid", model.KindAttestation, fakePredicate{title: "VSA PASSED"}, by(ladder(model.Valid, "", "", ""), ""))
	s.attached("vuln", model.KindAttestation, fakePredicate{family: model.FamilyVuln, title: "Vulnerabilities · 3 high"},
		by(ladder(model.Untrusted, model.CheckSigner, model.CheckFailed, "the signer is not one of the pinned ones"), ""))
	s.attached("other", model.KindAttestation, fakePredicate{family: model.FamilySBOM, title: "SBOM CycloneDX 1.6 · 88 packages"},
		by(ladder(model.Invalid, model.CheckSubject, model.CheckFailed, "the statement is about another image"), ""))
	s.attached("keyed", model.KindSignature, fakePredicate{},
		claimed(ladder(model.Unverifiable, model.CheckSignature, model.CheckSkipped, "signed with another key, or altered")))
	s.artifacts()
	s.add(model.DiscoveryDone{}, model.Done{})
	return [][]model.Event{s.events[:6], s.events[6:20], s.events[20:]}
}

var provenance = fakePredicate{family: model.FamilyProvenance, title: "SLSA provenance v1 · build L2", fields: []model.Field{
	{Label: "Builder", Value: "https://github.com/actions/runner/github-hosted"},
	{Label: "Source", Value: "github.com/stacklok/dockyard @ refs/heads/main", Note: "same as the certificate"},
	{Label: "Commit", Value: "90715a5a3a2c1b0d8e7f"},
	{Label: "Trigger", Value: "push"},
	{Label: "Started", Value: "2026-01-19 12:00:04Z", Note: "took 3m 12s"},
	{Label: "Depends on", Value: "37 resolved dependencies"},
	{Label: "Level", Value: "Build L2: signed by the hosted platform", Note: "L3 needs an isolated builder"},
}}

func (s *story) platforms() {
	root := string(digest("root"))
	for _, platform := range []string{"linux/amd64", "linux/arm64"} {
		d := digest(platform)
		s.add(model.NodeFound{Node: model.Node{
			ID: string(d), Parent: root, Kind: model.KindImage, Digest: d, Size: 1404, MediaType: model.MediaTypeOCIManifest,
			Platform: platform, Within: []model.Digest{digest("root")}, Found: []model.Found{model.FoundIndexChild},
			Raw: []byte(`{"schemaVersion":2,"layers":[]}`),
		}})
		for i, p := range []fakePredicate{
			{family: model.FamilySBOM, title: "SBOM SPDX 2.3 · 412 packages"},
			{family: model.FamilyProvenance, title: "SLSA provenance v0.2 · BuildKit"},
		} {
			manifest := digest("buildkit " + platform)
			id := fmt.Sprintf("%s#%d", manifest, i)
			blob := []byte(`{"predicateType":"` + p.title + `","n":[1,2,3]}`)
			s.add(model.NodeFound{Node: model.Node{
				ID: id, Parent: string(d), Kind: model.KindAttestation, Format: model.FormatStatement, Digest: model.DigestOf(blob),
				Manifest: manifest, Size: int64(len(blob)), Subject: d, Within: []model.Digest{manifest, digest("root")},
				Blob:  model.Descriptor{MediaType: "application/vnd.in-toto+json", Digest: model.DigestOf(blob), Size: int64(len(blob))},
				Found: []model.Found{model.FoundBuildKit},
			}}, model.BlobLoaded{ID: id, Bytes: blob}, model.Opened{ID: id, Attestation: &model.Attestation{
				Payload: blob, PredicateType: p.title, Predicate: p,
				Statement: &model.Statement{PredicateType: p.title, Subjects: []model.Subject{{
					Name: "pkg:docker/context7", Digests: []model.NamedDigest{{Algorithm: "sha256", Value: d.Hex()}},
				}}},
			}}, model.Judged{ID: id, Report: model.Report{Verdict: model.Unsigned}})
		}
	}
}

func (s *story) lookups() {
	root := digest("root")
	for _, l := range []model.Lookup{
		{Mechanism: model.MechanismIndexChildren, Status: model.LookupFound, Count: 4},
		{Mechanism: model.MechanismCosignSig, Status: model.LookupFound, Count: 1},
		{Mechanism: model.MechanismCosignAtt, Status: model.LookupDenied, Detail: "403 from the registry: the token does not allow to read this tag"},
		{Mechanism: model.MechanismCosignSBOM, Status: model.LookupNone},
		{Mechanism: model.MechanismReferrersAPI, Status: model.LookupUnsupported, Detail: "404: the registry has no referrers API"},
		{Mechanism: model.MechanismReferrersTag, Status: model.LookupTruncated, Count: 3, Detail: "the list ends after 4 MB"},
	} {
		l.Subject = root
		s.add(model.LookedUp{Lookup: l})
	}
}

func (s *story) artifacts() {
	s.found("coverage.html", model.KindArtifact, model.FormatOpaque, []byte("<html>\x00\x01\x02</html>"))
	s.add(model.Judged{ID: string(digest("coverage.html")), Report: model.Report{Verdict: model.Unsigned}})
	s.found("gone", model.KindArtifact, model.FormatOpaque, nil)
	s.add(model.BlobLoaded{ID: string(digest("gone")), Problem: "429 from the registry: too many requests"},
		model.Judged{ID: string(digest("gone")), Report: model.Report{Verdict: model.Unavailable, Reason: "429 from the registry: too many requests"}})
}

// evil is a tree in which every text tries to break out.
func evil() [][]model.Event {
	s := &story{}
	root := digest("root")
	s.add(model.Resolved{Reference: hostile, Notes: []model.Finding{{ID: "x", Severity: model.SeverityWarning, Message: hostile}}})
	s.add(model.NodeFound{Node: model.Node{
		ID: string(root), Kind: model.KindIndex, Digest: root, MediaType: hostile, ArtifactType: hostile, Tag: hostile, Name: hostile,
		Annotations: map[string]string{hostile: hostile, "b": strings.Repeat(hostile, 50)}, Raw: []byte(hostile),
	}}, model.LookedUp{Lookup: model.Lookup{
		Mechanism: model.Mechanism(hostile), Subject: root, Status: model.LookupStatus(hostile), Detail: hostile, Repository: hostile,
	}})
	r := ladder(model.Invalid, model.CheckSubject, model.CheckFailed, hostile)
	for i := range r.Checks {
		r.Checks[i].Expected, r.Checks[i].Actual, r.Checks[i].Detail, r.Checks[i].Spec = hostile, hostile, hostile, hostile
		r.Checks[i].ID += model.CheckID(hostile)
	}
	who := &model.Signer{Kind: hostile, Issuer: hostile, Subject: hostile, Fingerprint: hostile, Name: hostile, Hint: hostile, Authority: hostile,
		Extensions: []model.Extension{{OID: hostile, Name: hostile, Label: hostile, Value: hostile}}}
	r.Signer, r.Claimed, r.VerifiedBy, r.TrustRoot = who, who, hostile, hostile
	r.Log = []model.LogEntry{{Log: hostile, Kind: hostile}}
	r.Timestamps = []model.Timestamp{{Authority: hostile, Kind: hostile}}
	r.Findings = []model.Finding{{ID: hostile, Severity: hostile, Message: hostile}}
	s.attached("evil", model.KindAttestation, fakePredicate{title: hostile, fields: []model.Field{{Label: hostile, Value: hostile, Note: hostile}}}, r)
	s.add(model.BlobLoaded{ID: string(digest("evil")), Bytes: []byte(hostile + strings.Repeat(hostile, 200))})
	s.add(model.Opened{ID: string(digest("evil")), Attestation: &model.Attestation{
		Payload:       []byte("{\"\u009bkey\u202e\":\"\u009b2J\u200b" + strings.Repeat("中", 500) + "\",\"b\":[\"\u2066\"]}"),
		PredicateType: hostile, Problem: hostile, Statement: &model.Statement{Subjects: []model.Subject{{Name: hostile, Digests: []model.NamedDigest{{Algorithm: hostile, Value: hostile}}, Annotations: map[string]string{hostile: hostile}}}},
		Predicate:     fakePredicate{title: hostile, fields: []model.Field{{Label: hostile, Value: hostile, Note: hostile}}},
		SimpleSigning: &model.SimpleSigning{DockerReference: hostile, ManifestDigest: hostile, Type: hostile, Optional: []byte("{\"\u009bkey\u202e\":\"\u009b2J\u200b\"}")},
	}})
	s.add(model.DiscoveryDone{Err: errors.New("list referrers: " + hostile)}, model.Done{})
	return [][]model.Event{s.events}
}

// many is an index with that many attestations.
func many(n int) [][]model.Event {
	s := &story{}
	root := digest("root")
	s.add(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindIndex, Digest: root, MediaType: model.MediaTypeOCIIndex}})
	for i := range n {
		d := digest(fmt.Sprint("node ", i))
		parent := root
		if i >= 100 { // a hundred platforms, and everything else below them
			parent = digest(fmt.Sprint("node ", i%100))
		}
		s.add(model.NodeFound{Node: model.Node{
			ID: string(d), Parent: string(parent), Kind: model.KindArtifact, Digest: d, Name: fmt.Sprint("artifact ", i),
		}})
	}
	s.add(model.DiscoveryDone{}, model.Done{})
	return [][]model.Event{s.events}
}

// good is a tree with one attestation that is valid.
func good() [][]model.Event {
	s := &story{}
	root := digest("root")
	s.add(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindIndex, Digest: root, MediaType: model.MediaTypeOCIIndex}})
	s.attached("valid", model.KindAttestation, fakePredicate{title: "VSA PASSED"}, by(ladder(model.Valid, "", "", ""), ""))
	s.add(model.DiscoveryDone{}, model.Done{})
	return [][]model.Event{s.events}
}
