package card

import "github.com/attestree/attestree/model"

// GuaranteeID names one of the guarantees. The ids are part of the JSON contract.
type GuaranteeID string

// The guarantees that Dockyard's documentation gives (docs/security.md there), in its order.
const (
	SourceIntegrity      GuaranteeID = "source-integrity"
	BuildTransparency    GuaranteeID = "build-transparency"
	SecurityScan         GuaranteeID = "security-scan"
	ContainerScan        GuaranteeID = "container-scan"
	DependencyTracking   GuaranteeID = "dependency-tracking"
	NonRepudiation       GuaranteeID = "non-repudiation"
	ContinuousMonitoring GuaranteeID = "continuous-monitoring"
)

// Title is the guarantee's name for a person.
func (id GuaranteeID) Title() string {
	switch id {
	case SourceIntegrity:
		return "Source integrity"
	case BuildTransparency:
		return "Build transparency"
	case SecurityScan:
		return "MCP or skill scan"
	case ContainerScan:
		return "Container vulnerability scan"
	case DependencyTracking:
		return "Dependency tracking"
	case NonRepudiation:
		return "Non-repudiation"
	case ContinuousMonitoring:
		return "Continuous monitoring"
	}
	return string(id)
}

// Support is what the evidence on an image makes of a guarantee. Its zero value is not one.
type Support string

// The kinds of support. They are part of the JSON contract.
const (
	Held         Support = "held"         // evidence that is trusted or valid, or covered by such, carries it
	Partly       Support = "partly"       // such evidence carries it in part: for some platforms, or once
	ClaimedOnly  Support = "claimed-only" // evidence says so, for which nobody vouches
	Contradicted Support = "contradicted" // evidence says otherwise
	NoEvidence   Support = "no-evidence"  // no attestation carries this
	NotKnown     Support = "not-known"    // none that was found, and not everything could be looked at
)

// Guarantee is one guarantee with the evidence on this image.
type Guarantee struct {
	ID      GuaranteeID
	Support Support
	Text    string // one sentence: the evidence, or its absence; may quote attested text
	Nodes   []string
	// Verdict is the standing of the evidence (for what is covered, that of what covers it), Unchecked where there is none.
	// What is held by what is only valid is held by a signer of whom nobody has said that they are trusted: a reader
	// is to see the difference.
	Verdict model.Verdict
	Check   string // how to see for oneself: what to look at, or what to run
}
