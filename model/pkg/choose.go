package pkg

import (
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// Candidate is a document of an image that names the package inside.
type Candidate struct {
	By       model.ChooserKind
	Node     string // of the document
	PURL     string // of one version
	Standing model.Standing
}

// weight is how much a candidate's word counts: 0 for what is wrong or could not be had.
func (c Candidate) weight() int { return c.Standing.Weight() }

// Choose says which of the candidates is to be followed: the one whose word counts most, a specification before an SBOM,
// which is about the whole image. Where those that count most disagree there is none, and disagree are two of them. The
// rivals are all that name another.
func Choose(candidates []Candidate) (chosen *Candidate, rivals []model.Rival, disagree []Candidate) {
	var best []Candidate
	for _, c := range candidates {
		switch w := c.weight(); {
		case w == 0:
		case len(best) == 0 || w > best[0].weight():
			best = []Candidate{c}
		case w == best[0].weight():
			best = append(best, c)
		}
	}
	if specs := slices.DeleteFunc(slices.Clone(best), func(c Candidate) bool { return c.By != model.ChosenBySpec }); len(specs) > 0 {
		best = specs
	}
	if len(best) == 0 {
		return nil, nil, nil
	}
	for _, c := range best[1:] {
		if !same(c.PURL, best[0].PURL) {
			return nil, nil, []Candidate{best[0], c}
		}
	}
	return &best[0], Rivals(candidates, best[0].PURL), nil
}

// Rivals are the candidates that name another package than that. What is wrong now is among them: by other trust it may
// count.
func Rivals(candidates []Candidate, purl string) (rivals []model.Rival) {
	for _, c := range candidates {
		if !same(c.PURL, purl) {
			rivals = append(rivals, model.Rival{By: c.By, Node: c.Node, PURL: c.PURL})
		}
	}
	return rivals
}

// same reports whether two package URLs name one version of one package.
func same(a, b string) bool {
	nameA, versionA := split(a)
	nameB, versionB := split(b)
	if plain(nameA) != plain(nameB) {
		return false
	}
	return versionA == versionB || strings.HasPrefix(nameA, "pkg:pypi/") && model.SamePythonVersion(versionA, versionB)
}
