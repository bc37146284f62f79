package model

import "time"

// SignerKind tells how a signer proves itself.
type SignerKind string

// The kinds of signer.
const (
	SignerCertificate SignerKind = "certificate" // short-lived, by Fulcio or a private authority
	SignerKey         SignerKind = "key"
	SignerX509        SignerKind = "x509" // notation
)

// Signer is who made a signature. Whether it is proven depends on where it stands: Report.Signer is, a claim is not.
type Signer struct {
	Kind        SignerKind
	Issuer      string // OIDC issuer of a keyless certificate; distinguished name of the authority for x509
	Subject     string // subject alternative name, or distinguished name for x509
	Fingerprint string // "sha256:<hex>" of the certificate or of the key's PKIX encoding
	Algorithm   string // of the key, e.g. "ECDSA P-256"
	Name        string // the reader's own name for it, from flags or policy
	KeyPEM      string // of a key: the key itself, so that it can be pinned
	Hint        string // a key hint: never proven
	// Registry says that it is a key of the package registry, by the list of those that the run believes.
	Registry  bool
	NotBefore time.Time
	NotAfter  time.Time
	Authority string // distinguished name of the certificate's issuer
	// Extensions are Fulcio's certificate extensions in the order of their numbers.
	Extensions []Extension
}

// Extension is one Fulcio certificate extension (1.3.6.1.4.1.57264.1.x; fulcio docs/oid-info.md).
type Extension struct {
	OID   string
	Name  string // e.g. "sourceRepositoryURI"
	Label string // e.g. "Source repository"
	Value string
}

// Severity ranks a finding.
type Severity string

// The severities.
const (
	SeverityInfo    Severity = "info"
	SeverityWarning Severity = "warning"
	SeverityError   Severity = "error"
)

// Finding is something that a reader ought to know and that decides no verdict. Message may quote attested text.
type Finding struct {
	ID       string // stable, kebab-case
	Severity Severity
	Message  string // one sentence
}

// Findings that other rooms look for, to say them in a place of their own or to decide by them.
const (
	FindingNameMismatch      = "name-mismatch"      // it was signed for another name
	FindingPublisherMismatch = "publisher-mismatch" // the registry names another publisher than the certificate
	FindingDuplicateKey      = "duplicate-key"      // programs disagree about what the content says; no policy is met by it
	FindingUnexpectedShape   = "unexpected-shape"   // the content is not what its type promises; no policy is met by it
)

// LogEntry is one transparency log entry for display.
type LogEntry struct {
	Log   string // name or URL of the log as the trusted root says, or its key id
	Index int64
	Kind  string // e.g. "hashedrekord 0.0.1"
	// Signed says that the log signed Index and Kind (with a signed entry timestamp). Without it both are mere claims, and
	// are to be shown as such, also where the entry itself was verified.
	Signed   bool
	Time     time.Time // integrated time, zero if there is none
	Promise  bool      // a signed entry timestamp was verified
	Included bool      // an inclusion proof was verified
	Verified bool
}

// Timestamp is one attested time.
type Timestamp struct {
	Authority string
	Time      time.Time
	Verified  bool
	Kind      string // "log", "rfc3161", notation's "authority", or "claimed" by the signer
	Over      string // what the timestamp is over: "signature" or "envelope"
}

// Report is what was proven about one node by itself. Its zero value says that nothing was checked.
type Report struct {
	Verdict    Verdict // Trusted, Valid, Untrusted, Unsigned, Invalid, Unverifiable, Unavailable or Unchecked; never Covered
	Reason     string  // for a verdict that is not good: the first required check that did not pass, in one sentence
	Checks     []Check // in the order of the ladder; empty for a node without a signature of its own but content
	Signer     *Signer // set only when certificate (or key) and signature were proven
	Claimed    *Signer // who the bytes say signed, when that is not proven
	SignedAt   time.Time
	VerifiedBy string // "sigstore-go", or the substitute that judged
	TrustRoot  string // name of the root that the requirements come from
	Log        []LogEntry
	Timestamps []Timestamp
	Findings   []Finding
	SLSA       *SLSA // of a provenance or a verification summary, nil for anything else; see EntrySLSA
}

// Check returns the check with the given id; its zero value if the report has none.
func (r Report) Check(id CheckID) Check {
	for _, c := range r.Checks {
		if c.ID == id {
			return c
		}
	}
	return Check{ID: id}
}

// Decisive is the check that a verdict which is not good rests on: the first required one that failed, else the first
// required one that did not pass, else the signer's for Untrusted. The zero value where there is none.
func (r Report) Decisive() Check {
	var missing Check
	for _, c := range r.Checks {
		switch {
		case !c.Required || c.Status == CheckPassed:
		case c.Status == CheckFailed:
			return c
		case missing.ID == "", c.Detail == r.Reason && missing.Detail != r.Reason:
			missing = c // not a step that was merely not reached: the reason is the cause's
		}
	}
	if missing.ID == "" && r.Verdict == Untrusted {
		return r.Check(CheckSigner)
	}
	return missing
}

// TrustRoot says which trusted root was judged by. The root's contents stay in the verifier.
type TrustRoot struct {
	Name   string // "public-good", "github", or a custom root's file name
	Source string // "embedded", "file", "tuf"
	Date   string // yyyy-mm-dd, when it was last changed as far as is known
	SHA256 string // hex, of the file
}
