package audit

import (
	"fmt"
	"slices"

	"github.com/attestree/attestree/model"
)

// FlagID names one thing that a reviewer should look at. The ids are part of the JSON contract.
type FlagID string

// The flags, in the order in which they are listed.
const (
	CountMismatch       FlagID = "count-mismatch"
	NoReason            FlagID = "no-reason"
	BoilerplateReason   FlagID = "boilerplate-reason"
	DeadAllowance       FlagID = "dead-allowance"
	TooBroad            FlagID = "too-broad"
	ToolScopeIgnored    FlagID = "tool-scope-ignored"
	DuplicateCode       FlagID = "duplicate-code"
	HighSeverityAllowed FlagID = "high-severity-allowed"
	StaleReason         FlagID = "stale-reason"
	RefDrift            FlagID = "ref-drift"
	InsecureIgnore      FlagID = "insecure-ignore"
	HollowPass          FlagID = "hollow-pass"
	ScanWarning         FlagID = "scan-warning"
	WeakAnalyzers       FlagID = "weak-analyzers"
	ScannerVersion      FlagID = "scanner-version"
	StaleScan           FlagID = "stale-scan"
	NoSCAI              FlagID = "no-scai"
	SeveralSCAI         FlagID = "several-scai"
	EvidenceProblem     FlagID = "evidence-problem"
	ChainMismatch       FlagID = "chain-mismatch"
	MockEnv             FlagID = "mock-env"
	GlobalAllowance     FlagID = "global-allowance"
	UntrustedSCAI       FlagID = "untrusted-scai"
)

// kind is what is the same for every flag of one id.
type kind struct {
	id       FlagID
	severity model.Severity
	clears   string
}

const (
	minor   = model.SeverityInfo
	notable = model.SeverityWarning
	severe  = model.SeverityError
)

// kinds is the whole table, in order.
var kinds = []kind{
	{CountMismatch, severe, "a scan whose attestation, summary and specification agree on what was allowed"},
	{NoReason, severe, "a reason in the specification that says why this finding is harmless here"},
	{BoilerplateReason, notable, "a reason written for this finding: what was read, in which version, and why it is harmless"},
	{DeadAllowance, notable, "removing the entry: it allows nothing today, and may allow something nobody looked at tomorrow"},
	{TooBroad, notable, "the narrowest code that still matches what was found (AISubtech-X.Y.Z, or a rule_id)"},
	{ToolScopeIgnored, notable, "removing the tool key and giving a reason that holds for every tool, or a scanner that reads the key"},
	{DuplicateCode, notable, "one entry for the code, whose reason covers everything that it allows"},
	{HighSeverityAllowed, notable, "a fix in the server, or a review that accepts the finding (--reviews)"},
	{StaleReason, notable, "reading the finding again in the version that is packaged, and saying so in the reason"},
	{RefDrift, notable, "a repository_ref that is the tag of the packaged version"},
	{InsecureIgnore, notable, "removing insecure_ignore, so that a scan that gives nothing stops the release"},
	{HollowPass, severe, "a scan that reaches at least one tool"},
	{ScanWarning, severe, "a scan that works; see mock_env for servers that do not start without credentials"},
	{WeakAnalyzers, notable, "a scan with a further analyzer (llm), as the reasons assume"},
	{ScannerVersion, notable, "a scan by a scanner whose version is named and recent enough"},
	{StaleScan, notable, "a new scan of this digest"},
	{NoSCAI, severe, "a scan of this digest, attested; a rebuild without a rescan carries none"},
	{SeveralSCAI, minor, "nothing needs to be done: the newest trusted one counts, the others are history"},
	{EvidenceProblem, severe, "the scan-summary.json whose digest is signed: attached to the image, or given with --evidence"},
	{ChainMismatch, severe, "an attestation made by the run, from the commit and about the digest that it names"},
	{MockEnv, minor, "a scan with real credentials, or the knowledge that the mocks change nothing that is scanned"},
	{GlobalAllowance, minor, "an entry of the server's own with a reason that was written for it"},
	{UntrustedSCAI, severe, "a signer whom you trust: see --certificate-identity, --key and --policy"},
}

// FlagIDs lists every flag in order.
func FlagIDs() []FlagID {
	ids := make([]FlagID, 0, len(kinds))
	for _, k := range kinds {
		ids = append(ids, k.id)
	}
	return ids
}

func (id FlagID) kind() kind {
	if i := slices.IndexFunc(kinds, func(k kind) bool { return k.id == id }); i >= 0 {
		return kinds[i]
	}
	return kind{id: id, severity: severe}
}

// Known reports whether there is such a flag.
func (id FlagID) Known() bool { return slices.Contains(FlagIDs(), id) }

// Clears is what would make the flag go away, for a person.
func (id FlagID) Clears() string { return id.kind().clears }

// Flag is one thing that a reviewer should look at. Message is one sentence that explains itself; it may quote attested
// text.
type Flag struct {
	ID       FlagID
	Severity model.Severity
	Message  string
}

// raise is a flag with the severity of its kind.
func raise(id FlagID, format string, args ...any) Flag {
	return Flag{ID: id, Severity: id.kind().severity, Message: fmt.Sprintf(format, args...)}
}

// as is the flag with another severity.
func (f Flag) as(s model.Severity) Flag { f.Severity = s; return f }

// Flags are those of one thing, in the order of their table, each id at most once.
type Flags []Flag

// add keeps one flag of each id: the more severe, else the earlier.
func (f *Flags) add(flag Flag) {
	at := slices.IndexFunc(*f, func(known Flag) bool { return known.ID == flag.ID })
	switch {
	case at < 0:
		*f = append(*f, flag)
		slices.SortStableFunc(*f, func(a, b Flag) int { return order(a.ID) - order(b.ID) })
	case weight(flag.Severity) > weight((*f)[at].Severity):
		(*f)[at] = flag
	}
}

// Has reports whether a flag of that id is among them.
func (f Flags) Has(id FlagID) bool {
	return slices.ContainsFunc(f, func(flag Flag) bool { return flag.ID == id })
}

// IDs are the flags' ids; never nil.
func (f Flags) IDs() []FlagID {
	ids := make([]FlagID, 0, len(f))
	for _, flag := range f {
		ids = append(ids, flag.ID)
	}
	return ids
}

// reach reports whether one of them is at least that severe.
func (f Flags) reach(s model.Severity) bool {
	return slices.ContainsFunc(f, func(flag Flag) bool { return weight(flag.Severity) >= weight(s) })
}

func order(id FlagID) int { return slices.Index(FlagIDs(), id) }

func weight(s model.Severity) int {
	return slices.Index([]model.Severity{minor, notable, severe}, s)
}
