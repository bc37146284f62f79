package policy

import (
	"strings"

	"github.com/attestree/attestree/model"
)

// distrust says why a node that is there is not enough, as the rest of a sentence about it. signed is the word for what
// a signer did: "signed" or "made".
func distrust(signed string, e *model.Entry) string {
	s := e.Standing
	who := ""
	if e.Report != nil {
		who = bySigner(e.Report.Signer)
	}
	switch s.Verdict {
	case model.Untrusted:
		return "is " + signed + who + ", who is not trusted" + because(s.Reason) + "."
	case model.Valid:
		if e.Report != nil && e.Report.Check(model.CheckSubject).Status == model.CheckSkipped {
			return "is " + signed + who + ", but there was nothing to compare its subject with. Say what it should be about with --artifact or --digest."
		}
		return "is " + signed + who + ", but nobody was named as trusted."
	case model.Trusted:
		return "is " + signed + who + ", but was not compared with what it should be about."
	case model.Covered:
		if s.Coverage == model.Trusted {
			return "carries no signature of its own. That a trusted signature covers its bytes is not enough here."
		}
		return "carries no signature of its own, and what contains it is signed by nobody who is trusted."
	case model.Unsigned:
		return "is there, but nobody signed it."
	case model.Invalid:
		return "has no valid signature" + because(s.Reason) + "."
	case model.Unverifiable:
		return "has a signature that cannot be verified" + because(s.Reason) + "."
	case model.Unavailable:
		return "could not be had" + because(s.Reason) + "."
	case model.Unchecked:
	}
	return "was not verified."
}

// bySigner names a proven signer, by the reader's own name for them first.
func bySigner(s *model.Signer) string {
	switch {
	case s == nil:
		return ""
	case s.Name != "" && s.Kind == model.SignerKey:
		return " by the key " + s.Name
	case s.Name != "":
		return " by " + s.Name + " (" + s.Subject + ")"
	case s.Subject != "":
		return " by " + s.Subject
	}
	return " by the key " + s.Fingerprint
}

// sentence starts with a capital letter.
func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
