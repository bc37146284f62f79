package model

// SignedBy is who signed something, and how far that is known. Values can be compared: what is equal was signed by one, by
// what they are, and not by the certificate that each signature has of its own.
type SignedBy struct {
	Known                              SignerKnown
	Kind                               SignerKind
	Issuer, Subject, Fingerprint, Hint string // the last two only where nothing else tells signers apart
}

// SignerKnown is how far a signer is known.
type SignerKnown int

// In this order they are shown.
const (
	SignerProven SignerKnown = iota
	SignerClaimed
	SignerUnchecked // there is a signature, and nobody looked at it yet
	SignerNone      // no signature of its own, or one that names nobody
)

// WhoSigned tells signers apart: who signed, proven, or else who the bytes say did. The one it is of comes back with it, nil
// for nobody. Checked says that a signature, if there is one, was judged.
func WhoSigned(proven, claimed *Signer, checked bool) (SignedBy, *Signer) {
	by, who := SignedBy{Known: SignerProven}, proven
	switch {
	case proven != nil:
	case claimed != nil:
		by.Known, who = SignerClaimed, claimed
	case !checked:
		return SignedBy{Known: SignerUnchecked}, nil
	default:
		return SignedBy{Known: SignerNone}, nil
	}
	by.Kind, by.Issuer, by.Subject = who.Kind, who.Issuer, who.Subject
	if who.Kind == SignerKey || who.Subject == "" {
		by.Fingerprint = who.Fingerprint
	}
	if by.Subject == "" && by.Fingerprint == "" {
		by.Hint = who.Hint
	}
	return by, who
}
