package model

// Verdict is what to believe of a node. The zero value is Unchecked: a verdict is a value, never the absence of an
// error.
type Verdict int

// The verdicts, see the README for what each means and does not mean.
const (
	Unchecked Verdict = iota
	Trusted
	Valid
	Untrusted
	Covered
	Unsigned
	Invalid
	Unverifiable
	Unavailable
)

// Verdicts lists every verdict, in the order in which a count of them is shown.
var Verdicts = []Verdict{Trusted, Valid, Untrusted, Covered, Unsigned, Invalid, Unverifiable, Unavailable, Unchecked}

// String is the verdict's word, as on screen and in JSON.
func (v Verdict) String() string {
	switch v {
	case Trusted:
		return "trusted"
	case Valid:
		return "valid"
	case Untrusted:
		return "untrusted"
	case Covered:
		return "covered"
	case Unsigned:
		return "unsigned"
	case Invalid:
		return "invalid"
	case Unverifiable:
		return "unverifiable"
	case Unavailable:
		return "unavailable"
	case Unchecked:
	}
	return "unchecked"
}

// MarshalText makes the verdict its word in JSON.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }
