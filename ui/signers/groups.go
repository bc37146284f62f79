package signers

import (
	"cmp"
	"slices"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/survey"
)

// standingOf is how far it is known who signed the nodes of a group. The groups stand in this order.
type standingOf int

const (
	signedProven standingOf = iota
	signedClaimed
	signedUnchecked
	signedByNobody
)

// identityKey tells signers apart: by what they are, and not by the certificate that each signature has of its own.
type identityKey struct {
	standing                          standingOf
	kind                              model.SignerKind
	issuer, subject, fingerprint, key string
}

// signerGroup is everything that one signer has signed, or is said to have.
type signerGroup struct {
	identityKey
	signer *model.Signer // nil where there is none
	rows   []int32       // of the survey's outline
	counts [len(phrase.Verdicts)]int
}

// groupSigners sorts the nodes of a survey by who signed them: proven, claimed, not checked yet, and nobody; those with the
// most nodes first.
func groupSigners(of *survey.Survey) []signerGroup {
	var groups []signerGroup
	known := map[identityKey]int{}
	for i := range of.Facts {
		f := &of.Facts[i]
		k, who := keyOf(f.By, f.Says, f.Checked)
		at, is := known[k]
		if !is {
			at = len(groups)
			known[k] = at
			groups = append(groups, signerGroup{identityKey: k, signer: who})
		}
		g := &groups[at]
		g.rows = append(g.rows, int32(i))
		if v := slices.Index(phrase.Verdicts[:], f.Verdict); v >= 0 {
			g.counts[v]++
		}
	}
	slices.SortStableFunc(groups, func(a, b signerGroup) int {
		return cmp.Or(cmp.Compare(a.standing, b.standing), cmp.Compare(len(b.rows), len(a.rows)), cmp.Compare(a.subject, b.subject))
	})
	return groups
}

func keyOf(by, says *model.Signer, checked bool) (identityKey, *model.Signer) {
	k, who := identityKey{standing: signedProven}, by
	switch {
	case by != nil:
	case says != nil:
		k.standing, who = signedClaimed, says
	case !checked:
		return identityKey{standing: signedUnchecked}, nil
	default:
		return identityKey{standing: signedByNobody}, nil
	}
	k.kind, k.issuer, k.subject = who.Kind, who.Issuer, who.Subject
	if who.Kind == model.SignerKey || who.Subject == "" {
		k.fingerprint = who.Fingerprint
	}
	if k.subject == "" && k.fingerprint == "" {
		k.key = who.Hint // nothing else tells them apart
	}
	return k, who
}
