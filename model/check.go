package model

// CheckID names one step of the ladder.
type CheckID string

// The checks, in the order in which they run and are shown.
const (
	CheckContent     CheckID = "content"
	CheckEnvelope    CheckID = "envelope"
	CheckSignature   CheckID = "signature"
	CheckSubject     CheckID = "subject"
	CheckCertificate CheckID = "certificate"
	CheckSCT         CheckID = "sct"
	CheckLog         CheckID = "log"
	CheckTimestamp   CheckID = "timestamp"
	CheckExpiry      CheckID = "expiry" // notation only
	CheckSigner      CheckID = "signer"
	CheckPredicate   CheckID = "predicate"
)

// CheckStatus is how a check ended. The zero value is CheckUnchecked.
type CheckStatus string

// The statuses.
const (
	CheckUnchecked CheckStatus = ""
	CheckPassed    CheckStatus = "passed"
	CheckFailed    CheckStatus = "failed"
	CheckSkipped   CheckStatus = "skipped"
)

// String is the status as on screen and in JSON.
func (s CheckStatus) String() string {
	if s == CheckUnchecked {
		return "unchecked"
	}
	return string(s)
}

// Check is one step of the ladder with its evidence. Expected and Actual may quote attested text.
type Check struct {
	ID       CheckID
	Status   CheckStatus
	Required bool // for this material (docs/verification.md)
	Expected string
	Actual   string
	Detail   string // one or two sentences for a person: why it failed or was skipped, the likely cause, what to try
	Proves   string // one sentence: what passing this check proves
	Spec     string // section of the specification that the step comes from
}
