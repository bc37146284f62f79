package fleet

import (
	"slices"

	"github.com/attestree/attestree/model"
)

// State is the word of a cell: a verdict's, or one of the three that only cells have. Values may be added, never
// changed.
type State string

// The states that are no verdicts.
const (
	StateNone    State = "none"    // everywhere was looked, and nothing of the kind is there
	StateUnknown State = "unknown" // nothing was seen, and not everywhere could be looked
	StatePartial State = "partial" // some platforms of an index have it, and others do not
)

// stateOf is the word of a verdict.
func stateOf(v model.Verdict) State { return State(v.String()) }

// Present reports whether something of the kind was seen.
func (s State) Present() bool { return s != StateNone && s != StateUnknown && s != "" }

// verified reports whether it is proven who signed it, or the bytes around it.
func (s State) verified() bool {
	return slices.Contains([]State{stateOf(model.Trusted), stateOf(model.Valid), stateOf(model.Untrusted), stateOf(model.Covered)}, s)
}

// Cell is what one image has of one kind of evidence. Its best node is shown: the best verdict that any of them has, for
// an index without one of its own that of the worst platform.
type Cell struct {
	Column   ColumnID `json:"column"`
	State    State    `json:"state"`
	Coverage string   `json:"coverage,omitempty"` // where State is "covered": trusted, valid or untrusted
	// Value says the most important thing in it: "412 packages", "L2", "PASSED, 1 allowed".
	Value   string   `json:"value"`
	Level   int      `json:"level,omitempty"` // of SLSA provenance, as far as it is proven
	Count   int      `json:"count"`           // nodes of the kind
	On      string   `json:"on"`              // "image", "index", "2 of 3 platforms"; "" where nothing is there
	Signers []string `json:"signers"`         // proven, sorted: "subject (issuer)", or a key's fingerprint
	Node    string   `json:"node"`            // ID of the best one
	Reason  string   `json:"reason"`          // of a state that is not good
}

// rank orders states, the best highest.
func (c Cell) rank() int {
	switch c.State {
	case stateOf(model.Trusted):
		return 9
	case stateOf(model.Covered):
		switch c.Coverage {
		case model.Trusted.String():
			return 8
		case model.Valid.String():
			return 6
		}
		return 4
	case stateOf(model.Valid):
		return 7
	case stateOf(model.Untrusted):
		return 5
	case StatePartial, stateOf(model.Unsigned):
		return 3
	case stateOf(model.Unverifiable):
		return 2
	case stateOf(model.Invalid), stateOf(model.Unavailable):
		return 1
	case StateNone, StateUnknown:
	}
	return 0
}
