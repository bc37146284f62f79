package auditreport

import (
	"io"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
)

// ImageFacts are what an audit of an image says beside the findings.
type ImageFacts struct {
	output.Facts
	Complete  bool // everything that may be attached was seen
	Satisfied bool
	FailOn    model.Severity
}

// auditImage is the contract of "audit SOURCE -o json", see docs/audit.md.
type auditImage struct {
	SchemaVersion string         `json:"schemaVersion"`
	Tool          string         `json:"tool"`
	JudgedAt      string         `json:"judgedAt"`
	Source        string         `json:"source"`
	Resolved      string         `json:"resolved"`
	Digest        string         `json:"digest"`
	Complete      bool           `json:"complete"`
	FailOn        string         `json:"failOn"`
	Satisfied     bool           `json:"satisfied"`
	Reasons       []string       `json:"reasons"` // why it is not satisfied
	Notes         []string       `json:"notes"`
	Scan          *auditScan     `json:"scan"`
	Others        []auditScan    `json:"others"`
	Spec          *auditSpecFile `json:"spec"`
	Flags         []auditFlag    `json:"flags"`
	NotJudged     []audit.FlagID `json:"notJudged"`
	PartlyJudged  []audit.FlagID `json:"partlyJudged,omitempty"`
}

type auditFlag struct {
	ID       string `json:"id"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	Clears   string `json:"clears"`
}

type auditScan struct {
	ID         string           `json:"id"`
	Digest     string           `json:"digest"`
	Platform   string           `json:"platform"`
	Verdict    string           `json:"verdict"`
	Reason     string           `json:"reason"`
	Signer     *output.Signer   `json:"signer"`
	SignedAt   string           `json:"signedAt"`
	Nested     bool             `json:"nested"`
	Attribute  string           `json:"attribute"`
	Status     string           `json:"status"`
	Conditions []auditCondition `json:"conditions"`
	Producer   auditProducer    `json:"producer"`
	Evidence   auditEvidence    `json:"evidence"`
	Links      []auditLink      `json:"links"`
	Issues     []auditIssue     `json:"issues"`
	Flags      []auditFlag      `json:"flags"`
}

type auditCondition struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type auditProducer struct {
	Name   string `json:"name"`
	URI    string `json:"uri"`
	Commit string `json:"commit"`
}

// auditEvidence has status "bound" where the summary is the one whose digest is signed, else "unverifiable".
type auditEvidence struct {
	Status  string `json:"status"`
	Name    string `json:"name"`
	URI     string `json:"uri"`
	Digest  string `json:"digest"`
	From    string `json:"from"`
	Problem string `json:"problem"`
}

type auditLink struct {
	ID      string `json:"id"`
	Claimed string `json:"claimed"`
	Actual  string `json:"actual"`
	Status  string `json:"status"`
	Detail  string `json:"detail"`
}

type auditIssue struct {
	Code          string       `json:"code"`
	Name          string       `json:"name"`
	Technique     string       `json:"technique"`
	Severity      string       `json:"severity"`
	Tool          string       `json:"tool"`
	File          string       `json:"file"`
	Line          int          `json:"line"`
	Analyzer      string       `json:"analyzer"`
	Category      string       `json:"category"`
	Message       string       `json:"message"`
	Reason        string       `json:"reason"`
	ReasonTrust   string       `json:"reasonTrust"`
	ReasonDigest  string       `json:"reasonDigest"`
	AllowedDigest string       `json:"allowedDigest"`
	Entry         *auditSource `json:"entry"`
	Flags         []auditFlag  `json:"flags"`
	Review        *auditReview `json:"review"`
}

// auditSource is the entry that let a finding through.
type auditSource struct {
	Path    string `json:"path"`
	Line    int    `json:"line"`
	Key     string `json:"key"`
	Global  bool   `json:"global"`
	Written string `json:"scopeAsWritten"`
	Applied string `json:"scopeAsApplied"`
}

type auditReview struct {
	Decision string `json:"decision"`
	Note     string `json:"note"`
	Reviewer string `json:"reviewer"`
	Date     string `json:"date"`
	Digest   string `json:"digest"`
	Again    string `json:"needsReviewAgain"`
	Unseen   string `json:"notCompared"`
}

type auditSpecFile struct {
	From   string      `json:"from"`
	Commit string      `json:"commit"`
	Trust  string      `json:"trust"`
	Spec   auditSpec   `json:"spec"`
	Flags  []auditFlag `json:"flags"`
}

// ImageJSON writes the audit of an image as the contract says.
func ImageJSON(w io.Writer, t *model.Tree, r audit.Report, f ImageFacts) error {
	not, partly := r.Unjudged()
	d := auditImage{
		SchemaVersion: "1", Tool: f.Tool, JudgedAt: output.Instant(f.JudgedAt), Source: f.Source, Resolved: t.Reference,
		Digest: string(r.Digest), Complete: f.Complete, FailOn: string(f.FailOn), Satisfied: f.Satisfied,
		Reasons: append([]string{}, r.Unmet(f.FailOn)...),
		Notes:   append([]string{}, f.Notes...), Others: []auditScan{}, Flags: newAuditFlags(r.Flags),
		NotJudged: append([]audit.FlagID{}, not...), PartlyJudged: partly,
	}
	if r.Current != nil {
		scan := newAuditScan(*r.Current)
		d.Scan = &scan
	}
	for _, s := range r.Others {
		d.Others = append(d.Others, newAuditScan(s))
	}
	if r.Spec != nil {
		d.Spec = &auditSpecFile{
			From: r.SpecFile.From, Commit: r.SpecFile.Commit, Trust: r.SpecFile.Trust, Spec: newAuditSpec(*r.Spec),
			Flags: newAuditFlags(r.Spec.Flags),
		}
	}
	return output.Encode(w, d)
}

func newAuditFlags(in audit.Flags) []auditFlag {
	out := make([]auditFlag, 0, len(in))
	for _, f := range in {
		out = append(out, auditFlag{ID: string(f.ID), Severity: string(f.Severity), Message: f.Message, Clears: f.ID.Clears()})
	}
	return out
}

func newAuditScan(s audit.ScanReport) auditScan {
	out := auditScan{
		ID: s.ID, Digest: string(s.Digest), Platform: s.Platform, Verdict: s.Standing.Verdict.String(), Reason: s.Standing.Reason,
		Signer: output.NewSigner(s.Signer), SignedAt: output.Instant(s.SignedAt), Nested: s.Nested, Attribute: s.Claim.Attribute,
		Status: s.Claim.Status, Conditions: []auditCondition{}, Links: []auditLink{}, Issues: []auditIssue{},
		Producer: auditProducer{Name: s.Claim.Producer, URI: s.Claim.ProducerURI, Commit: s.Claim.ProducerCommit},
		Evidence: auditEvidence{
			Status: "unverifiable", Name: s.Claim.EvidenceName, URI: s.Claim.EvidenceURI, Digest: string(s.Binding.Digest),
			From: s.Binding.From, Problem: s.Binding.Problem,
		},
		Flags: newAuditFlags(s.Flags),
	}
	if s.Binding.Summary != nil {
		out.Evidence.Status = "bound"
	}
	for _, c := range s.Claim.Conditions {
		out.Conditions = append(out.Conditions, auditCondition{c.Label, c.Value})
	}
	for _, l := range s.Links {
		out.Links = append(out.Links, auditLink{l.ID, l.Claimed, l.Actual, l.Status.String(), l.Detail})
	}
	lots := audit.NewLots(s.Issues)
	for _, i := range s.Issues {
		out.Issues = append(out.Issues, newAuditIssue(s, i, lots))
	}
	return out
}

func newAuditIssue(s audit.ScanReport, row audit.IssueReport, lots *audit.Lots) auditIssue {
	i, reason := row.Issue, audit.ReasonHash(row.Issue.Reason)
	out := auditIssue{
		Code: i.Code(), Name: i.Name(), Technique: i.Technique, Severity: i.Severity, Tool: i.Tool, File: i.File, Line: i.Line,
		Analyzer: i.Analyzer, Category: i.Category, Message: i.Message, Reason: i.Reason, ReasonTrust: s.ReasonTrust(),
		ReasonDigest:  string(reason),
		AllowedDigest: string(lots.Allowed(row.Key(), reason)),
		Flags:         newAuditFlags(row.Flags),
	}
	if e := row.Entry; e != nil {
		out.Entry = &auditSource{e.Path, e.Line, e.Key(), e.Global, row.Written, row.Applied}
	}
	if r := row.Review; r != nil {
		out.Review = &auditReview{
			string(r.Review.Decision), r.Review.Note, r.Review.Reviewer, output.Instant(r.Review.Date), string(r.Review.Digest), r.Again, r.Unseen,
		}
	}
	return out
}
