package signers

import (
	"cmp"
	"slices"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/survey"
)

// signerGroup is everything that one signer has signed, or is said to have.
type signerGroup struct {
	model.SignedBy
	signer *model.Signer // nil where there is none
	rows   []int32       // of the survey's outline
	counts [len(phrase.Verdicts)]int
}

// groupSigners sorts the nodes of a survey by who signed them: proven, claimed, not checked yet, and nobody; those with the
// most nodes first.
func groupSigners(of *survey.Survey) []signerGroup {
	var groups []signerGroup
	known := map[model.SignedBy]int{}
	for i := range of.Facts {
		f := &of.Facts[i]
		k, who := model.WhoSigned(f.By, f.Says, f.Checked)
		at, is := known[k]
		if !is {
			at = len(groups)
			known[k] = at
			groups = append(groups, signerGroup{SignedBy: k, signer: who})
		}
		g := &groups[at]
		g.rows = append(g.rows, int32(i))
		if v := slices.Index(phrase.Verdicts[:], f.Verdict); v >= 0 {
			g.counts[v]++
		}
	}
	slices.SortStableFunc(groups, func(a, b signerGroup) int {
		return cmp.Or(cmp.Compare(a.Known, b.Known), cmp.Compare(len(b.rows), len(a.rows)), cmp.Compare(a.Subject, b.Subject))
	})
	return groups
}
