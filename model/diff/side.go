package diff

import (
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages"
)

// Side is one image as far as it is known.
type Side struct {
	Name     string // as the person named it
	Resolved string // "registry/repository@sha256:…", "" for files
	Digest   model.Digest
	JudgedAt time.Time
	Tool     string // that judged it
	// Trust is what it was judged by: the policy's and the roots' hashes. Sides that were judged by different trust differ
	// in verdicts for that reason alone.
	Trust string
	// Saved says that this is a report that was saved, which holds less than the bytes do.
	Saved bool
	// Judged is false where nodes were only listed.
	Judged  bool
	Verdict string // of the image
	Reason  string
	Policy  string // "satisfied", "not satisfied", "" where no policy was asked
	// Unseen are the look-ups that did not answer, one sentence each. As long as there are any, nothing is known to be lost.
	Unseen []string

	Platforms []string
	Nodes     []Node // in the order of the tree
	Allowed   *Allowances
	// Packages are those of all SBOMs together, nil where they are not known.
	Packages *packages.Table
	// Vulnerabilities are those that reports and VEX documents tell of, nil where no scan could be read.
	Vulnerabilities []Vulnerability
	// ScanTrusted says that somebody trusted stands behind one of the scans.
	ScanTrusted bool
	// ScansUnread are the titles of what may be a scan or VEX document and could not be read, or not to its end, or proves
	// little (exposure.Report.Doubt): what only those tell of is not seen.
	ScansUnread []string
	// Notes are what else limits a comparison with it, one sentence each.
	Notes []string
}

// Vulnerability is one that a report tells of, in one package.
type Vulnerability struct {
	ID       string
	Package  string // name
	Version  string // "" where it is not known
	Severity string
	// Excuse says why a trusted VEX says that it does not matter here, "" where none does.
	Excuse string
}

// Node is one attached thing.
type Node struct {
	ID            string
	Title         string
	Kind          string
	Family        model.Family
	PredicateType string
	Platform      string // that it is about, "" for the image itself
	Verdict       string // with the coverage, where it is covered: "covered (trusted)"
	Reason        string
	Signer        Signer
	SignedAt      time.Time
	Level         int // SLSA build level, -1 where there is none
	Facts         []Fact
	Findings      []string // ids of those that are more than a remark
}

// Signer is who signed a node.
type Signer struct {
	Issuer, Subject, Fingerprint string
	Proven                       bool
}

// text names a signer on one line.
func (s Signer) text() string {
	who := s.Subject
	if who == "" {
		who = s.Fingerprint
	}
	who += model.ScriptMark(who)
	switch {
	case who == "":
		return ""
	case !s.Proven:
		return who + " (claimed)"
	}
	return who
}

// issued is text with who issued the certificate; a key has nobody who did.
func (s Signer) issued() string {
	if s.Issuer == "" {
		return s.text()
	}
	return s.text() + " by " + s.Issuer + model.ScriptMark(s.Issuer)
}

// Fact is one thing that a node says, or that its certificate proves.
type Fact struct {
	Key    string // stable, e.g. "sourceCommit"
	Value  string
	Proven bool
}

// Allowances are the findings that a scan was told to overlook.
type Allowances struct {
	Issues []Allowed
	// Reasons is false where what the reasons are could not be seen.
	Reasons bool
}

// Allowed is one of them.
type Allowed struct {
	Key      string // code and where it was found
	Severity string
	Reason   string // "" where it is not known
}
