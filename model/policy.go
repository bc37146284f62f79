package model

import "time"

// PolicyAnswer is whether the policy is satisfied, and why not.
type PolicyAnswer struct {
	Path         string // of the policy file, "" for the default policy
	SHA256       string // hex, of the file
	Satisfied    bool
	Reasons      []string      // one sentence each; empty when satisfied
	Requirements []Requirement // one for each thing that the policy asks, in its order
}

// RequirementStatus is how one requirement ended. The zero value says that it was not judged, which is not met.
type RequirementStatus string

// The statuses.
const (
	RequirementUnknown RequirementStatus = ""
	RequirementMet     RequirementStatus = "met"
	RequirementNotMet  RequirementStatus = "not-met"
)

// String is the status as in JSON.
func (s RequirementStatus) String() string {
	if s == RequirementUnknown {
		return "unknown"
	}
	return string(s)
}

// Requirement is one line of the policy's answer.
type Requirement struct {
	ID      string // "signature", "slsa-provenance", "slsa-level", "sbom", "scai", "max-age", … or a predicate type
	Wants   string // what is required, in a few words
	Status  RequirementStatus
	Node    string // ID of the node that meets it, or that comes closest; "" for none
	On      Digest // the digest that it is about: the root or a platform
	Message string // one sentence: by what it is met, or what is missing
}

// Where an entry of the trusted signers comes from, as shown beside it.
const (
	OriginFlag    = "flag"
	OriginPolicy  = "policy"
	OriginDemo    = "demo"
	OriginThisRun = "this run" // it is forgotten with the run
)

// TrustedSigner is one entry of the list of trusted signers, for display and for pinning. The verifier has the rules.
type TrustedSigner struct {
	Name             string
	Kind             SignerKind // certificate or key
	Issuer, Subject  string     // exact, or patterns where Pattern is set
	Pattern          bool
	Anywhere         bool   // the patterns match anywhere in the text, as cosign's flags do, and not the whole of it
	Fingerprint      string // of the key
	Algorithm        string
	KeyPEM           string
	KeyRef           string // of a key management service, "" for none
	NoLog            bool   // signatures need no transparency log entry
	SourceRepository string
	// SourceRepositoryID and Triggers narrow an identity further, Mirrors and RequireName the names that may be signed.
	SourceRepositoryID string
	Triggers           []string
	Mirrors            []string
	RequireName        bool
	Root               string // trusted root under which it is believed, "" for the run's own
	For                []string
	Images             []string
	ValidFrom          time.Time
	ValidUntil         time.Time
	Expires            time.Time
	Enabled            bool
	Origin             string // one of the Origin constants
	Findings           []Finding
}
