// Package output writes a judged tree for readers without a screen: text for people, JSON for scripts. The JSON is a
// contract, described in docs/json.md; fields and enum values may be added, never changed.
//
// It knows model and ui/safe. It must not discover or judge anything.
package output

import (
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/pkg"
)

// Facts are what a report says beside the tree: by what, when and how it was judged.
type Facts struct {
	Tool     string // "attestree 0.1.0"
	Source   string // as the person named it
	JudgedAt time.Time
	Offline  bool
	Roots    []model.TrustRoot
	Policy   model.PolicyAnswer
	Notes    []string // what a person should know of how it was judged, one sentence each
	Platform string   // that was asked for alone, "" for all
	Verified bool     // false where nodes were listed only
	Sender   *Sender  // of an evidence pack, nil for any other source
	Packages []pkg.Summary
}

type document struct {
	SchemaVersion string      `json:"schemaVersion"`
	Tool          string      `json:"tool"`
	JudgedAt      string      `json:"judgedAt"`
	Offline       bool        `json:"offline"`
	AsOf          string      `json:"asOf"`
	Source        string      `json:"source"`
	Resolved      string      `json:"resolved"`
	Digest        string      `json:"digest"`
	Verdict       string      `json:"verdict"`
	Policy        policy      `json:"policy"`
	TrustRoots    []trustRoot `json:"trustRoots"`
	Notes         []Finding   `json:"notes"`
	Discovery     []lookup    `json:"discovery"`
	Complete      bool        `json:"complete"`
	// Sender is what the sender of an evidence pack said, null for any other source. Nothing of it is believed.
	Sender *senderDocument `json:"sender"`
	// Card is null for what is no image, and where nothing was verified.
	Card *cardDocument `json:"card"`
	// PlatformCards are those of an index's platforms.
	PlatformCards []platformCard `json:"platformCards"`
	// Packages sums up what is inside, where it was asked about.
	Packages []packageSummary `json:"packages,omitempty"`
	Root     *node            `json:"root"`
}

type policy struct {
	Path      string   `json:"path"`
	SHA256    string   `json:"sha256"`
	Satisfied bool     `json:"satisfied"`
	Reasons   []string `json:"reasons"`
	// Requirements is what the policy asks, one by one.
	Requirements []requirement `json:"requirements"`
}

type requirement struct {
	ID      string `json:"id"`
	Wants   string `json:"wants"`
	Status  string `json:"status"`
	On      string `json:"on"`
	Node    string `json:"node"`
	Message string `json:"message"`
}

type trustRoot struct {
	Name   string `json:"name"`
	Source string `json:"source"`
	Date   string `json:"date"`
	SHA256 string `json:"sha256"`
}

type lookup struct {
	Mechanism  string `json:"mechanism"`
	Subject    string `json:"subject"`
	Repository string `json:"repository,omitempty"`
	Status     string `json:"status"`
	Count      int    `json:"count"`
	Detail     string `json:"detail"`
}

type node struct {
	ID            string         `json:"id"`
	Kind          string         `json:"kind"`
	Title         string         `json:"title"`
	Digest        string         `json:"digest"`
	Size          int64          `json:"size"`
	MediaType     string         `json:"mediaType"`
	ArtifactType  string         `json:"artifactType"`
	Platform      string         `json:"platform"`
	Found         []model.Found  `json:"found"`
	Manifest      string         `json:"manifest"`
	PredicateType string         `json:"predicateType"`
	Subjects      []subject      `json:"subjects"`
	VerifiedBy    string         `json:"verifiedBy"`
	TrustRoot     string         `json:"trustRoot"`
	Claimed       *Signer        `json:"claimedSigner"`
	Signer        *Signer        `json:"signer"`
	SignedAt      string         `json:"signedAt"`
	Verdict       string         `json:"verdict"`
	Reason        string         `json:"reason"`
	VouchedBy     string         `json:"vouchedBy"`
	CoveredBy     string         `json:"coveredBy"`
	Coverage      string         `json:"coverage"`
	Checks        []check        `json:"checks"`
	Summary       map[string]any `json:"summary"`
	SLSA          *slsaLevel     `json:"slsa"`
	Findings      []Finding      `json:"findings"`
	DuplicateOf   string         `json:"duplicateOf"`
	Children      []*node        `json:"children"`
}

type subject struct {
	Name   string `json:"name"`
	Digest string `json:"digest"`
}

// Signer is who signed, as docs/json.md describes it.
type Signer struct {
	Kind        string            `json:"kind"`
	Issuer      string            `json:"issuer"`
	Subject     string            `json:"subject"`
	Fingerprint string            `json:"fingerprint"`
	Name        string            `json:"name,omitempty"`
	Extensions  map[string]string `json:"extensions"`
}

type check struct {
	ID       string `json:"id"`
	Status   string `json:"status"`
	Required bool   `json:"required"`
	Expected string `json:"expected"`
	Actual   string `json:"actual"`
	Detail   string `json:"detail"`
}

// Finding is something worth knowing in the JSON contract (docs/json.md).
type Finding struct {
	ID       string `json:"id"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	Check    string `json:"check"`
}

func newDocument(t *model.Tree, f Facts) document {
	d := document{
		SchemaVersion: "1", Tool: f.Tool, JudgedAt: Instant(f.JudgedAt), Offline: f.Offline, AsOf: Instant(t.AsOf), Source: f.Source,
		Resolved: t.Reference, Verdict: model.Unchecked.String(), Complete: t.Found && t.Err == nil,
		Policy: policy{
			Path: f.Policy.Path, SHA256: f.Policy.SHA256, Satisfied: f.Policy.Satisfied,
			Reasons: append([]string{}, f.Policy.Reasons...), Requirements: requirements(f.Policy.Requirements),
		},
		Packages: packageSummaries(f.Packages), TrustRoots: []trustRoot{}, Discovery: []lookup{}, Notes: Findings(t.Notes),
	}
	for _, note := range f.Notes {
		d.Notes = append(d.Notes, Findings([]model.Finding{{ID: "judging", Severity: model.SeverityWarning, Message: note}})...)
	}
	for _, r := range f.Roots {
		d.TrustRoots = append(d.TrustRoots, trustRoot(r))
	}
	for _, l := range t.Lookups {
		d.Discovery = append(d.Discovery, lookup{
			Mechanism: string(l.Mechanism), Subject: string(l.Subject), Repository: l.Repository,
			Status: string(l.Status), Count: l.Count, Detail: l.Detail,
		})
	}
	d.Card, d.PlatformCards, d.Sender = newCard(t, f), newPlatformCards(t, f), newSender(f.Sender)
	if root := t.Root(); root != nil {
		d.Digest, d.Root = string(root.Node.Digest), newNode(t, root, f.Verified)
		d.Verdict = d.Root.Verdict
	}
	return d
}

func requirements(in []model.Requirement) []requirement {
	out := make([]requirement, 0, len(in))
	for _, r := range in {
		out = append(out, requirement{
			ID: r.ID, Wants: r.Wants, Status: r.Status.String(), On: string(r.On), Node: r.Node, Message: r.Message,
		})
	}
	return out
}

func newNode(t *model.Tree, e *model.Entry, verified bool) *node {
	n := &node{
		ID: e.Node.ID, Kind: string(e.Node.Kind), Title: model.EntryTitle(e), Digest: string(e.Node.Digest),
		Size: e.Node.Size, MediaType: e.Node.MediaType, ArtifactType: e.Node.ArtifactType, Platform: e.Node.Platform,
		Found: e.Node.Found, Manifest: string(e.Node.Manifest), PredicateType: e.PredicateType(),
		Subjects: []subject{}, Verdict: model.Unchecked.String(), Checks: []check{}, Summary: map[string]any{},
		Findings: Findings(model.EntryFindings(e)), DuplicateOf: e.DuplicateOf, Children: []*node{},
	}
	n.claim(e.Attestation)
	if verified {
		n.judge(e)
	}
	for _, id := range e.Children {
		if child := t.Entry(id); child != nil {
			n.Children = append(n.Children, newNode(t, child, verified))
		}
	}
	return n
}

func (n *node) claim(a *model.Attestation) {
	if a == nil {
		return
	}
	if a.Statement != nil {
		for _, s := range a.Statement.Subjects {
			n.Subjects = append(n.Subjects, subjects(s)...)
		}
	}
	if a.Predicate != nil {
		if summary := a.Predicate.Summary(); summary != nil {
			n.Summary = summary
		}
	}
}

func subjects(s model.Subject) []subject {
	out := make([]subject, 0, len(s.Digests))
	for _, d := range s.Digests {
		out = append(out, subject{Name: s.Name, Digest: d.Algorithm + ":" + d.Value})
	}
	return out
}

func (n *node) judge(e *model.Entry) {
	n.Verdict, n.Reason = e.Standing.Verdict.String(), e.Standing.Reason
	n.VouchedBy, n.CoveredBy = e.Standing.VouchedBy, e.Standing.CoveredBy
	if e.Standing.Verdict == model.Covered {
		n.Coverage = e.Standing.Coverage.String()
	}
	if e.Report == nil {
		return
	}
	r := e.Report
	n.SLSA = newSLSA(model.EntrySLSA(e))
	n.VerifiedBy, n.TrustRoot, n.SignedAt = r.VerifiedBy, r.TrustRoot, Instant(r.SignedAt)
	n.Signer, n.Claimed = NewSigner(r.Signer), NewSigner(r.Claimed)
	for _, c := range r.Checks {
		n.Checks = append(n.Checks, check{
			ID: string(c.ID), Status: c.Status.String(), Required: c.Required,
			Expected: c.Expected, Actual: c.Actual, Detail: c.Detail,
		})
	}
}

// NewSigner is a signer as documents have it, nil for nobody.
func NewSigner(s *model.Signer) *Signer {
	if s == nil {
		return nil
	}
	out := &Signer{
		Kind: string(s.Kind), Issuer: s.Issuer, Subject: s.Subject, Fingerprint: s.Fingerprint, Name: s.Name,
		Extensions: map[string]string{},
	}
	for _, x := range s.Extensions {
		out.Extensions[x.Name] = x.Value
	}
	return out
}

// Findings are findings as they are written; there is always a list.
func Findings(in []model.Finding) []Finding {
	out := make([]Finding, 0, len(in))
	for _, f := range in {
		out = append(out, Finding{ID: f.ID, Severity: string(f.Severity), Message: f.Message, Check: f.Check()})
	}
	return out
}

// Instant is a time as documents have it, "" for none.
func Instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
