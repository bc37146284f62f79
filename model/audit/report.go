package audit

import (
	"time"

	"github.com/attestree/attestree/model"
)

// Case is what is at hand to audit one image, beside its tree.
type Case struct {
	Evidence *File // the scan summary that the person named; nil looks among what is attached
	Beside   *File // one that lies beside a source that is a file or folder; used only if it is the signed one
	Spec     *SpecFile
	Global   []Allowance
	// HasGlobal says that the global list was looked for where it ought to be.
	HasGlobal  bool
	MinScanner string        // the oldest version of the scanner that will do, "" for any
	MaxAge     time.Duration // of a scan, 0 for any
	Now        time.Time
	Reviews    []Review
	Unseen     string // why something may be attached that was not seen, "" if all was
}

// File is a file that the person named.
type File struct {
	Name  string
	Bytes []byte
}

// SpecFile is a specification and how far it can be trusted to be the one that the scan used.
type SpecFile struct {
	Spec   Spec
	From   string // where it was found
	Node   string // that holds it, "" where it is not attached to the image
	Commit string // that the file is known to be of, "" where that is not known
	Trust  string // one sentence: why it may be another than the scan's
	// Vouched is true where the reader named the file or trusts who signed it. What anybody can have attached may raise
	// flags, and settles none.
	Vouched bool
}

// Report is an audit of one image.
type Report struct {
	Digest    model.Digest // that is audited
	Current   *ScanReport  // the scan that counts: the newest trusted one, else the best there is; nil if there is none
	Others    []ScanReport // history, and what strangers attached
	Spec      *SpecReport  // nil if there is no specification
	SpecFile  *SpecFile
	Flags     Flags    // about the image as a whole
	NotJudged []FlagID // not, or not of everything, see Unjudged
	Hidden    int      // attachments that could not be had and may be scans
}

// ScanReport is one scan as an SCAI attestation tells it.
type ScanReport struct {
	ID        string // of the attestation's node
	Digest    model.Digest
	Platform  string // that it is about, "" for the image itself
	Standing  model.Standing
	Signer    *model.Signer // proven; nil if it is not
	SignedAt  time.Time
	Nested    bool // a whole statement stands in the predicate
	Claim     Claim
	Binding   Binding
	Links     []Link
	Issues    []IssueReport
	Flags     Flags
	subject   model.Digest
	statement *model.Statement
	inner     *model.Statement
	passed    bool // the subject check
}

// Trusted reports whether somebody whom the reader trusts answers for the scan.
func (s ScanReport) Trusted() bool { return s.Standing.Verdict == model.Trusted }

// Link is one thing that two places must agree on. Status is CheckSkipped where one of them is not at hand.
type Link struct {
	ID      string
	Claimed string // by the attestation
	Actual  string // proven by the certificate, or computed
	Status  model.CheckStatus
	Detail  string
}

// IssueReport is one finding that was let through.
type IssueReport struct {
	Issue   Issue
	Entry   *Allowance // that let it through, as far as is known
	Written string
	Applied string
	Flags   Flags
	Review  *Reviewed // nil where nobody reviewed it
}

// Satisfied reports whether a trusted scan counts and nothing is flagged at or above s. A finding that a review accepts
// is not counted; one that a review rejects always is.
func (r Report) Satisfied(s model.Severity) bool { return len(r.Unmet(s)) == 0 }

// beyondReview are the flags that no review can accept: those that say that the evidence disagrees with itself.
func (f Flags) beyondReview() (out Flags) {
	for _, flag := range f {
		if flag.ID == CountMismatch {
			out = append(out, flag)
		}
	}
	return out
}

// Key is what a review of the finding is filed under: its entry's code, or its own where the entry is not known.
func (i IssueReport) Key() string {
	switch e := i.Entry; {
	case e != nil && e.RuleID != "" && e.RuleID != i.Issue.Rule && e.Category == i.Issue.Category:
		return e.Category // of an entry with both it was the category that counted
	case e != nil:
		return e.Key()
	}
	if i.Issue.Technique != "" {
		return i.Issue.Technique
	}
	return i.Issue.Code()
}

// ReasonTrust says how far the reasons of the scan's findings can be trusted to be those that the scan was given.
func (s ScanReport) ReasonTrust() string {
	switch {
	case s.Binding.Summary == nil:
		return "not known: the evidence is not at hand"
	case s.Trusted():
		return "bound by the evidence digest that a trusted signer signed"
	}
	return "bound by the evidence digest in an attestation that is " + s.Standing.Verdict.String() + ": nobody whom you trust answers for it"
}
