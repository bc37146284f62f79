package pkgsig

import (
	"encoding/base64"
	"time"

	"github.com/attestree/attestree/model"
)

// Problem is why a registry's signature does not hold, or why that cannot be said.
type Problem string

// The problems; NoProblem is a signature that is right, whenever it was made.
const (
	NoProblem  Problem = ""
	UnknownKey Problem = "unknown-key"
	Damaged    Problem = "damaged"
	Mismatch   Problem = "mismatch"
)

// Judge says whether a signature is by the key that it names, over what it says that it is over, and gives the key. The
// time is not judged, see Window.
func (k Keys) Judge(s model.RegistrySignature) (Key, Problem) {
	known := k.Named(s.KeyID, UseSignatures)
	if len(known) == 0 {
		return Key{}, UnknownKey
	}
	sig, err := base64.StdEncoding.DecodeString(s.Signature)
	if err != nil {
		return known[0], Damaged
	}
	for _, key := range known {
		if key.Verifies([]byte(s.Message()), sig) {
			return key, NoProblem
		}
	}
	return known[0], Mismatch
}

// Moment is how a time lies to a key's window.
type Moment int

// The moments.
const (
	InTime  Moment = iota // before the key's end, or the key has none
	TooLate               // after it
	Unknown               // nobody says when, and the key has an end
)

// Window holds the time of publication against the key's end, as npm does. The key's beginning does not count: npm signed
// again, with its new key, what it had published long before.
func (k Key) Window(published time.Time) Moment {
	switch {
	case k.NotAfter.IsZero():
		return InTime
	case published.IsZero():
		return Unknown
	case published.After(k.NotAfter):
		return TooLate
	}
	return InTime
}
