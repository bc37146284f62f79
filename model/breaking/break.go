package breaking

import (
	"time"

	"github.com/attestree/attestree/model"
)

// ID names a way to break evidence. Values may be added, never changed.
type ID string

// The ways, in the order in which they are offered.
const (
	Content     ID = "content"
	Payload     ID = "payload"
	Swap        ID = "swap"
	Signature   ID = "signature"
	Subject     ID = "subject"
	Identity    ID = "identity"
	LogBody     ID = "log-body"
	LogTime     ID = "log-time"
	LogProof    ID = "log-proof"
	NoLog       ID = "no-log"
	Timestamp   ID = "timestamp"
	NoTimestamp ID = "no-timestamp"
	Earlier     ID = "earlier"
	Later       ID = "later"
)

// Break is one way to break a piece of evidence.
type Break struct {
	ID    ID
	Title string // what is changed, in a few words
	Why   string // what somebody would gain by it, in a sentence
	// Variants is how many different places or values there are to choose from, at least 1.
	Variants int
}

// Broken is evidence with one thing changed.
type Broken struct {
	Break    Break
	Evidence model.Evidence
	At       time.Time // judge as of then; zero for now
	// Where, Before and After show the change; they quote attested text.
	Where, Before, After string
}

// way is how one kind of break is made. make reports false where this evidence has nothing to break in that way.
type way struct {
	Break
	variants func(c cast) int
	make     func(c cast, variant int) (Broken, bool)
}

// cast is everything that takes part: the evidence, where it keeps what, and others of the same tree.
type cast struct {
	ev     model.Evidence
	at     material
	others []model.Evidence
	who    string
	signed time.Time
	now    time.Time
}

// Scene is a piece of evidence that is to be broken.
type Scene struct {
	Evidence model.Evidence
	Others   []model.Evidence // of the same tree, to swap payloads with
	Identity string           // that the certificate was issued to, "" for none
	SignedAt time.Time        // as proven; zero where it is not
	Now      time.Time
}

func (s Scene) cast() cast {
	return cast{ev: s.Evidence, at: materialOf(s.Evidence), others: s.Others, who: s.Identity, signed: s.SignedAt, now: s.Now}
}

// Possible lists the ways in which a piece of evidence can be broken, none for what carries no signature.
func Possible(s Scene) []Break {
	c := s.cast()
	if c.at.signature == nil {
		return nil
	}
	var out []Break
	for _, w := range ways {
		if n := w.variants(c); n > 0 {
			b := w.Break
			b.Variants = n
			out = append(out, b)
		}
	}
	return out
}

// Apply breaks a piece of evidence in one way. variant counts from 0 and goes round. It reports false where that way is
// not possible.
func Apply(s Scene, id ID, variant int) (Broken, bool) {
	c := s.cast()
	for _, w := range ways {
		if w.ID != id {
			continue
		}
		n := w.variants(c)
		if c.at.signature == nil || n == 0 {
			return Broken{}, false
		}
		broken, ok := w.make(c, (variant%n+n)%n)
		broken.Break = w.Break
		broken.Break.Variants = n
		return broken, ok
	}
	return Broken{}, false
}
