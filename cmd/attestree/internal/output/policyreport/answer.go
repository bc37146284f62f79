package policyreport

import (
	"slices"

	"github.com/attestree/attestree/model/diagnosis"
)

// answer is what became of one rule on all nodes on which it is word for word the same.
type answer struct {
	diagnosis.Rule
	nodes []string
}

// answersIn are those of one file, in the order in which they first come.
func answersIn(file string, rules []diagnosis.Rule) []answer {
	var list []answer
	for _, r := range rules {
		if r.File != file {
			continue
		}
		i := slices.IndexFunc(list, func(a answer) bool { return sameAnswer(a.Rule, r) })
		if i < 0 {
			list = append(list, answer{r, []string{r.Node}})
			continue
		}
		list[i].nodes = append(list[i].nodes, r.Node)
		for _, d := range r.Diagnosis {
			if !slices.ContainsFunc(list[i].Diagnosis, func(o diagnosis.Finding) bool { return o.Finding == d.Finding }) {
				list[i].Diagnosis = append(slices.Clip(list[i].Diagnosis), d)
			}
		}
	}
	return list
}

// sameAnswer reports whether two rules differ at most in their nodes, and in what is said of the first one for all.
func sameAnswer(a, b diagnosis.Rule) bool {
	return a.Rule == b.Rule && a.Line == b.Line && a.Result == b.Result && a.WouldBe == b.WouldBe &&
		a.Expression == b.Expression && a.Message == b.Message && slices.Equal(a.Reads, b.Reads) && (a.Node == "") == (b.Node == "")
}
