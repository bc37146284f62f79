package uitest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
)

// Backend plays events that were written down. It is done as soon as they are read.
type Backend struct {
	Events   [][]model.Event
	Verified *[][]string // the ids of each Verify; nil where nobody asks
	Again    [][]model.Event
	Trust    *Trust
	Audits   *Audit
	Doctor   *Doctor
	Bench    *Bench
	Hands    *Hands
}

// Open implements ui.Backend.
func (f Backend) Open(context.Context) <-chan []model.Event { return Played(f.Events) }

// Verify implements ui.Backend.
func (f Backend) Verify(_ context.Context, ids []string) <-chan []model.Event {
	if f.Verified != nil {
		*f.Verified = append(*f.Verified, ids)
	}
	return Played(f.Again)
}

// Played is a stream of batches that are all there at once.
func Played(batches [][]model.Event) <-chan []model.Event {
	out := make(chan []model.Event, len(batches))
	for _, b := range batches {
		out <- b
	}
	close(out)
	return out
}

// Predicate is a decoded predicate without a decoder.
type Predicate struct {
	Of    model.Family
	Name  string
	Shows []model.Field
	Found []model.Finding
}

// Family implements model.Predicate.
func (p Predicate) Family() model.Family { return p.Of }

// Title implements model.Predicate.
func (p Predicate) Title() string { return p.Name }

// Fields implements model.Predicate.
func (p Predicate) Fields() []model.Field { return p.Shows }

// Summary implements model.Predicate.
func (p Predicate) Summary() map[string]any { return nil }

// Findings implements model.Predicate.
func (p Predicate) Findings() []model.Finding { return p.Found }

// Digest is the digest of a node, by the name that stories have for it.
func Digest(name string) model.Digest { return model.DigestOf([]byte(name)) }

// Source is what most trees are of.
const Source = "ghcr.io/stacklok/dockyard/npx/context7:2.1.0"

// Now is when they are looked at.
var Now = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// Who signs in most stories.
const (
	Workflow = "https://github.com/stacklok/dockyard/.github/workflows/build-containers.yml@refs/heads/main"
	Issuer   = "https://token.actions.githubusercontent.com"
)

// Story collects the events of a tree.
type Story struct{ Events []model.Event }

// Add adds events.
func (s *Story) Add(events ...model.Event) { s.Events = append(s.Events, events...) }

// SignedAt is when everything in a story was signed.
var SignedAt = time.Date(2026, 1, 19, 12, 0, 4, 0, time.UTC)

// Attached adds an attestation or signature about the root, with its report.
func (s *Story) Attached(name string, kind model.Kind, p Predicate, r model.Report) {
	format, typ := model.FormatBundle, "https://example.org/"+name
	if kind == model.KindSignature {
		typ = "https://sigstore.dev/cosign/sign/v1"
	}
	blob := []byte(fmt.Sprintf(`{"payload":%q}`, name))
	s.found(name, kind, format, blob)
	payload := []byte(`{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"ghcr.io/stacklok/dockyard/npx/context7",` +
		`"digest":{"sha256":"` + Digest("root").Hex() + `"}}],"predicateType":"` + typ + `",` +
		`"predicate":{"builder":{"id":"https://github.com/actions/runner"},"materials":[{"uri":"a"},{"uri":"b"}],"ok":true,"n":12,"none":null,"empty":{}}}`)
	s.Add(model.Opened{ID: string(Digest(name)), Attestation: &model.Attestation{
		Envelope: model.EnvelopeBundle, PayloadType: "application/vnd.in-toto+json", Payload: payload, PredicateType: typ,
		Statement: &model.Statement{PredicateType: typ, Subjects: []model.Subject{{
			Name:    "ghcr.io/stacklok/dockyard/npx/context7",
			Digests: []model.NamedDigest{{Algorithm: "sha256", Value: Digest("root").Hex()}},
		}}},
		Predicate: p,
	}}, model.VerifyStarted{ID: string(Digest(name))})
	if r.Verdict != model.Unchecked {
		s.Add(model.Judged{ID: string(Digest(name)), Report: r})
	}
}

func (s *Story) found(name string, kind model.Kind, format model.Format, blob []byte) {
	id := string(Digest(name))
	s.Add(model.NodeFound{Node: model.Node{
		ID: id, Parent: string(Digest("root")), Kind: kind, Format: format, Digest: Digest(name), Size: 812,
		MediaType: model.MediaTypeOCIManifest, ArtifactType: "application/vnd.example." + name,
		Subject: Digest("root"), Blob: model.Descriptor{MediaType: "application/json", Digest: model.DigestOf(blob), Size: int64(len(blob))},
		Found: []model.Found{model.FoundReferrersAPI}, Raw: []byte(`{"schemaVersion":2}`),
	}})
	if blob != nil {
		s.Add(model.BlobLoaded{ID: id, Bytes: blob})
	}
}

// Ladder is a report whose checks all passed up to the one that did not.
func Ladder(v model.Verdict, bad model.CheckID, status model.CheckStatus, reason string) model.Report {
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

// By makes the signer of a report proven.
func By(r model.Report, name string) model.Report {
	r.SignedAt = SignedAt
	r.Signer = &model.Signer{
		Kind: model.SignerCertificate, Issuer: Issuer, Subject: Workflow, Name: name,
		Fingerprint: string(Digest("certificate")), Algorithm: "ECDSA P-256",
		NotBefore: SignedAt.Add(-2 * time.Second), NotAfter: SignedAt.Add(10 * time.Minute),
		Authority: "CN=sigstore-intermediate,O=sigstore.dev",
		Extensions: []model.Extension{
			{OID: "1.3.6.1.4.1.57264.1.8", Name: "issuerV2", Label: "Issuer", Value: Issuer},
			{OID: "1.3.6.1.4.1.57264.1.12", Name: "sourceRepositoryURI", Label: "Source repository", Value: "https://github.com/stacklok/dockyard"},
			{OID: "1.3.6.1.4.1.57264.1.13", Name: "sourceRepositoryDigest", Label: "Source repository digest", Value: "90715a5a3a2c1b"},
			{OID: "1.3.6.1.4.1.57264.1.20", Name: "buildTrigger", Label: "Build trigger", Value: "push"},
		},
	}
	r.Log = []model.LogEntry{{Log: "rekor.sigstore.dev", Index: 123456789, Kind: "dsse 0.0.1", Time: SignedAt, Included: true, Verified: true}}
	r.Timestamps = []model.Timestamp{{Authority: "rekor.sigstore.dev", Time: SignedAt, Verified: true, Kind: "log", Over: "signature"}}
	return r
}

// claimed makes the signer of a report a claim.
func claimed(r model.Report) model.Report {
	r = By(r, "")
	r.Claimed, r.Signer = r.Signer, nil
	return r
}

// Hostile is text that tries whatever a terminal might obey.
const Hostile = "evil\x1b[2J\x1b]52;c;ZXZpbA==\x07\u009b31m\u202egnp.exe\u2066\u200b\x00\x7f\r\nnext\tline \xff 中文 👩‍👩‍👧 e\u0301\u0301\u0301\u0301\u0301\u0301"

// Rich is a tree with every verdict, as it would come from a registry.
func Rich() [][]model.Event {
	s := &Story{}
	root := Digest("root")
	s.Add(model.Resolved{Reference: "ghcr.io/stacklok/dockyard/npx/context7@" + string(root), Digest: root, Notes: []model.Finding{
		{ID: "credential-helper", Severity: model.SeverityWarning, Message: "the credential helper did not answer: asked anonymously"},
	}})
	s.Add(model.NodeFound{Node: model.Node{
		ID: string(root), Kind: model.KindIndex, Digest: root, Size: 2204, MediaType: model.MediaTypeOCIIndex,
		Found: []model.Found{model.FoundRoot}, Raw: []byte("{\n  \"schemaVersion\": 2,\n  \"manifests\": []\n}\n"), Tag: "2.1.0",
	}})
	s.platforms()
	s.lookups()
	s.Attached("signature", model.KindSignature, Predicate{}, By(Ladder(model.Trusted, "", "", ""), "dockyard"))
	s.Attached("provenance", model.KindAttestation, provenance, By(Ladder(model.Trusted, "", "", ""), "dockyard"))
	s.Attached("scai", model.KindAttestation, Predicate{Of: model.FamilySCAI, Name: "SCAI · MCP scan PASSED · 1 allowed",
		Shows: []model.Field{{Label: "Scan", Value: "passed", Note: "1 finding allowed"}},
		Found: []model.Finding{
			{ID: "nested-statement", Severity: model.SeverityWarning, Message: "the payload is a statement inside a statement"},
			{ID: "weak-reason", Severity: model.SeverityWarning, Message: "an allowed issue gives no reason"},
		}}, By(Ladder(model.Trusted, "", "", ""), "dockyard"))
	s.Attached("valid", model.KindAttestation, Predicate{Name: "VSA PASSED"}, By(Ladder(model.Valid, "", "", ""), ""))
	s.Attached("vuln", model.KindAttestation, Predicate{Of: model.FamilyVuln, Name: "Vulnerabilities · 3 high"},
		By(Ladder(model.Untrusted, model.CheckSigner, model.CheckFailed, "the signer is not one of the pinned ones"), ""))
	s.Attached("other", model.KindAttestation, Predicate{Of: model.FamilySBOM, Name: "SBOM CycloneDX 1.6 · 88 packages"},
		By(Ladder(model.Invalid, model.CheckSubject, model.CheckFailed, "the statement is about another image"), ""))
	s.Attached("keyed", model.KindSignature, Predicate{},
		claimed(Ladder(model.Unverifiable, model.CheckSignature, model.CheckSkipped, "signed with another key, or altered")))
	s.artifacts()
	s.Add(model.DiscoveryDone{}, model.Done{})
	return [][]model.Event{s.Events[:6], s.Events[6:20], s.Events[20:]}
}

var provenance = Predicate{Of: model.FamilyProvenance, Name: "SLSA provenance v1 · build L2", Shows: []model.Field{
	{Label: "Builder", Value: "https://github.com/actions/runner/github-hosted"},
	{Label: "Source", Value: "github.com/stacklok/dockyard @ refs/heads/main", Note: "same as the certificate"},
	{Label: "Commit", Value: "90715a5a3a2c1b0d8e7f"},
	{Label: "Trigger", Value: "push"},
	{Label: "Started", Value: "2026-01-19 12:00:04Z", Note: "took 3m 12s"},
	{Label: "Depends on", Value: "37 resolved dependencies"},
	{Label: "Level", Value: "Build L2: signed by the hosted platform", Note: "L3 needs an isolated builder"},
}}

func (s *Story) platforms() {
	root := string(Digest("root"))
	for _, platform := range []string{"linux/amd64", "linux/arm64"} {
		d := Digest(platform)
		s.Add(model.NodeFound{Node: model.Node{
			ID: string(d), Parent: root, Kind: model.KindImage, Digest: d, Size: 1404, MediaType: model.MediaTypeOCIManifest,
			Platform: platform, Within: []model.Digest{Digest("root")}, Found: []model.Found{model.FoundIndexChild},
			Raw: []byte(`{"schemaVersion":2,"layers":[]}`),
		}})
		for i, p := range []Predicate{
			{Of: model.FamilySBOM, Name: "SBOM SPDX 2.3 · 412 packages"},
			{Of: model.FamilyProvenance, Name: "SLSA provenance v0.2 · BuildKit"},
		} {
			manifest := Digest("buildkit " + platform)
			id := fmt.Sprintf("%s#%d", manifest, i)
			blob := []byte(`{"predicateType":"` + p.Name + `","n":[1,2,3]}`)
			s.Add(model.NodeFound{Node: model.Node{
				ID: id, Parent: string(d), Kind: model.KindAttestation, Format: model.FormatStatement, Digest: model.DigestOf(blob),
				Manifest: manifest, Size: int64(len(blob)), Subject: d, Within: []model.Digest{manifest, Digest("root")},
				Blob:  model.Descriptor{MediaType: "application/vnd.in-toto+json", Digest: model.DigestOf(blob), Size: int64(len(blob))},
				Found: []model.Found{model.FoundBuildKit},
			}}, model.BlobLoaded{ID: id, Bytes: blob}, model.Opened{ID: id, Attestation: &model.Attestation{
				Payload: blob, PredicateType: p.Name, Predicate: p,
				Statement: &model.Statement{PredicateType: p.Name, Subjects: []model.Subject{{
					Name: "pkg:docker/context7", Digests: []model.NamedDigest{{Algorithm: "sha256", Value: d.Hex()}},
				}}},
			}}, model.Judged{ID: id, Report: model.Report{Verdict: model.Unsigned}})
		}
	}
}

func (s *Story) lookups() {
	root := Digest("root")
	for _, l := range []model.Lookup{
		{Mechanism: model.MechanismIndexChildren, Status: model.LookupFound, Count: 4},
		{Mechanism: model.MechanismCosignSig, Status: model.LookupFound, Count: 1},
		{Mechanism: model.MechanismCosignAtt, Status: model.LookupDenied, Detail: "403 from the registry: the token does not allow to read this tag"},
		{Mechanism: model.MechanismCosignSBOM, Status: model.LookupNone},
		{Mechanism: model.MechanismReferrersAPI, Status: model.LookupUnsupported, Detail: "404: the registry has no referrers API"},
		{Mechanism: model.MechanismReferrersTag, Status: model.LookupTruncated, Count: 3, Detail: "the list ends after 4 MB"},
	} {
		l.Subject = root
		s.Add(model.LookedUp{Lookup: l})
	}
}

func (s *Story) artifacts() {
	s.found("coverage.html", model.KindArtifact, model.FormatOpaque, []byte("<html>\x00\x01\x02</html>"))
	s.Add(model.Judged{ID: string(Digest("coverage.html")), Report: model.Report{Verdict: model.Unsigned}})
	s.found("gone", model.KindArtifact, model.FormatOpaque, nil)
	s.Add(model.BlobLoaded{ID: string(Digest("gone")), Problem: "429 from the registry: too many requests"},
		model.Judged{ID: string(Digest("gone")), Report: model.Report{Verdict: model.Unavailable, Reason: "429 from the registry: too many requests"}})
}

// Evil is a tree in which every text tries to break out.
func Evil() [][]model.Event {
	s := &Story{}
	root := Digest("root")
	s.Add(model.Resolved{Reference: Hostile, Notes: []model.Finding{{ID: "x", Severity: model.SeverityWarning, Message: Hostile}}})
	s.Add(model.NodeFound{Node: model.Node{
		ID: string(root), Kind: model.KindIndex, Digest: root, MediaType: Hostile, ArtifactType: Hostile, Tag: Hostile, Name: Hostile,
		Annotations: map[string]string{Hostile: Hostile, "b": strings.Repeat(Hostile, 50)}, Raw: []byte(Hostile),
	}}, model.LookedUp{Lookup: model.Lookup{
		Mechanism: model.Mechanism(Hostile), Subject: root, Status: model.LookupStatus(Hostile), Detail: Hostile, Repository: Hostile,
	}})
	r := Ladder(model.Invalid, model.CheckSubject, model.CheckFailed, Hostile)
	for i := range r.Checks {
		r.Checks[i].Expected, r.Checks[i].Actual, r.Checks[i].Detail, r.Checks[i].Spec = Hostile, Hostile, Hostile, Hostile
		r.Checks[i].ID += model.CheckID(Hostile)
	}
	who := &model.Signer{Kind: Hostile, Issuer: Hostile, Subject: Hostile, Fingerprint: Hostile, Name: Hostile, Hint: Hostile, Authority: Hostile,
		Extensions: []model.Extension{{OID: Hostile, Name: Hostile, Label: Hostile, Value: Hostile}}}
	r.Signer, r.Claimed, r.VerifiedBy, r.TrustRoot = who, who, Hostile, Hostile
	r.Log = []model.LogEntry{{Log: Hostile, Kind: Hostile}}
	r.Timestamps = []model.Timestamp{{Authority: Hostile, Kind: Hostile}}
	r.Findings = []model.Finding{{ID: Hostile, Severity: Hostile, Message: Hostile}}
	s.Attached("evil", model.KindAttestation, Predicate{Name: Hostile, Shows: []model.Field{{Label: Hostile, Value: Hostile, Note: Hostile}}}, r)
	s.Add(model.BlobLoaded{ID: string(Digest("evil")), Bytes: []byte(Hostile + strings.Repeat(Hostile, 200))})
	s.Add(model.Opened{ID: string(Digest("evil")), Attestation: &model.Attestation{
		Payload:       []byte("{\"\u009bkey\u202e\":\"\u009b2J\u200b" + strings.Repeat("中", 500) + "\",\"b\":[\"\u2066\"]}"),
		PredicateType: Hostile, Problem: Hostile, Statement: &model.Statement{Subjects: []model.Subject{{Name: Hostile, Digests: []model.NamedDigest{{Algorithm: Hostile, Value: Hostile}}, Annotations: map[string]string{Hostile: Hostile}}}},
		Predicate:     Predicate{Name: Hostile, Shows: []model.Field{{Label: Hostile, Value: Hostile, Note: Hostile}}},
		SimpleSigning: &model.SimpleSigning{DockerReference: Hostile, ManifestDigest: Hostile, Type: Hostile, Optional: []byte("{\"\u009bkey\u202e\":\"\u009b2J\u200b\"}")},
	}})
	s.Add(model.DiscoveryDone{Err: errors.New("list referrers: " + Hostile)}, model.Done{})
	return [][]model.Event{s.Events}
}

// Many is an index with that many attestations.
func Many(n int) [][]model.Event {
	s := &Story{}
	root := Digest("root")
	s.Add(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindIndex, Digest: root, MediaType: model.MediaTypeOCIIndex}})
	for i := range n {
		d := Digest(fmt.Sprint("node ", i))
		parent := root
		if i >= 100 { // a hundred platforms, and everything else below them
			parent = Digest(fmt.Sprint("node ", i%100))
		}
		s.Add(model.NodeFound{Node: model.Node{
			ID: string(d), Parent: string(parent), Kind: model.KindArtifact, Digest: d, Name: fmt.Sprint("artifact ", i),
		}})
	}
	s.Add(model.DiscoveryDone{}, model.Done{})
	return [][]model.Event{s.Events}
}

// Good is a tree with one attestation that is valid.
func Good() [][]model.Event {
	s := &Story{}
	root := Digest("root")
	s.Add(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindIndex, Digest: root, MediaType: model.MediaTypeOCIIndex}})
	s.Attached("valid", model.KindAttestation, Predicate{Name: "VSA PASSED"}, By(Ladder(model.Valid, "", "", ""), ""))
	s.Add(model.DiscoveryDone{}, model.Done{})
	return [][]model.Event{s.Events}
}
