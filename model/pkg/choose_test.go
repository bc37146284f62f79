package pkg

import (
	"testing"

	"github.com/attestree/attestree/model"
)

func TestTheDocumentWhoseWordCountsMostChoosesThePackage(t *testing.T) {
	t.Parallel()
	by := func(node string, kind model.ChooserKind, purl string, v model.Verdict) Candidate {
		return Candidate{By: kind, Node: node, PURL: purl, Standing: model.Standing{Verdict: v}}
	}
	const a, b = "pkg:npm/%40x/a@1.0.0", "pkg:npm/b@1.0.0"
	inside := Candidate{By: model.ChosenBySBOM, Node: "inside", PURL: a, Standing: model.Standing{Verdict: model.Covered, Coverage: model.Trusted}}
	for what, c := range map[string]struct {
		of       []Candidate
		chosen   string
		rivals   int
		disagree bool
	}{
		"none":                      {},
		"one that nobody signed":    {[]Candidate{by("x", model.ChosenBySBOM, a, model.Unsigned)}, "x", 0, false},
		"one that is wrong":         {[]Candidate{by("x", model.ChosenBySBOM, a, model.Invalid)}, "", 0, false},
		"a trusted one and a lie":   {[]Candidate{by("x", model.ChosenBySBOM, b, model.Unsigned), by("y", model.ChosenBySBOM, a, model.Trusted)}, "y", 1, false},
		"inside of what is trusted": {[]Candidate{by("x", model.ChosenBySpec, b, model.Valid), inside}, "inside", 1, false},
		"two lies":                  {[]Candidate{by("x", model.ChosenBySBOM, b, model.Unsigned), by("y", model.ChosenBySBOM, a, model.Unsigned)}, "", 0, true},
		"two trusted ones":          {[]Candidate{by("x", model.ChosenBySBOM, b, model.Trusted), by("y", model.ChosenBySBOM, a, model.Trusted)}, "", 0, true},
		"two spellings":             {[]Candidate{by("x", model.ChosenBySBOM, "pkg:npm/@x/a@1.0.0", model.Valid), by("y", model.ChosenBySBOM, a, model.Valid)}, "x", 0, false},
		"two packages of npm whose names differ in case": {
			[]Candidate{by("x", model.ChosenBySBOM, "pkg:npm/JSONStream@1.0.0", model.Valid), by("y", model.ChosenBySBOM, "pkg:npm/jsonstream@1.0.0", model.Valid)}, "", 0, true,
		},
		"two spellings of a Python version": {
			[]Candidate{by("x", model.ChosenBySBOM, "pkg:pypi/demo-notes@1.4.0", model.Valid), by("y", model.ChosenBySpec, "pkg:pypi/Demo_Notes@1.4", model.Valid)}, "y", 0, false,
		},
		"two versions":                {[]Candidate{by("x", model.ChosenBySBOM, "pkg:npm/@x/a@1.0.1", model.Valid), by("y", model.ChosenBySBOM, a, model.Valid)}, "", 0, true},
		"a specification and an SBOM": {[]Candidate{by("x", model.ChosenBySBOM, b, model.Unsigned), by("y", model.ChosenBySpec, a, model.Unsigned)}, "y", 1, false},
		"a good one and a wrong one":  {[]Candidate{by("x", model.ChosenBySBOM, b, model.Invalid), by("y", model.ChosenBySBOM, a, model.Unsigned)}, "y", 1, false},
		"one that could not be had":   {[]Candidate{by("x", model.ChosenBySBOM, a, model.Unavailable)}, "", 0, false},
		"where nobody judges":         {[]Candidate{by("x", model.ChosenBySBOM, a, model.Unchecked)}, "x", 0, false},
	} {
		chosen, rivals, disagree := Choose(c.of)
		got := ""
		if chosen != nil {
			got = chosen.Node
		}
		if got != c.chosen || len(rivals) != c.rivals || (len(disagree) == 2) != c.disagree {
			t.Errorf("%s: %q chooses, %v rivals, %v disagree", what, got, rivals, disagree)
		}
	}
	if rivals := Rivals([]Candidate{inside, by("x", model.ChosenBySpec, b, model.Valid)}, a); len(rivals) != 1 || rivals[0].Node != "x" {
		t.Errorf("against what the reader named: %v", rivals)
	}
}
