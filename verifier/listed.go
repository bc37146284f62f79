package verifier

import (
	"slices"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// byEntry picks, of the entries that hold the key, the one that vouches for this use of it: its bounds are the key's, and
// it alone says whether a log entry is needed. None of them makes up for what another asks. Where none vouches, the
// answer is no, and all that is left is to say why.
func (j *judging) byEntry() {
	proven, use := keySigner(*j.key, j.s.hint), j.purpose()
	var vouching []*trust.Signer
	entry, lax := &j.listed[0], false
	for i := range j.listed {
		s := &j.listed[i]
		if (trust.Signers{*s}).Match(proven, use).Trusted {
			vouching = append(vouching, s)
		}
		lax = lax || s.Enabled && s.NoLog
	}
	if len(vouching) > 0 {
		entry = slices.MaxFunc(vouching, func(a, b *trust.Signer) int { return j.metBy(a) - j.metBy(b) })
		j.by, lax = entry, entry.NoLog
	}
	j.use(*entry.Key)
	j.at(model.CheckSignature).Actual = entry.Key.Name + ", " + entry.Key.Fingerprint
	if lax {
		j.at(model.CheckLog).Required = false
	}
}

// metBy is how much of what an entry asks of a signature is there: that its key was valid, then that it is logged.
func (j *judging) metBy(s *trust.Signer) (n int) {
	if signed := j.signedAt(); s.Key.NotBefore.IsZero() && s.Key.NotAfter.IsZero() ||
		!signed.IsZero() && !outside(signed, s.Key.NotBefore, s.Key.NotAfter) {
		n += 2
	}
	if s.NoLog || j.v.noLog || j.passed(model.CheckLog) {
		n++
	}
	return n
}
