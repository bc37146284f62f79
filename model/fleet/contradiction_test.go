package fleet

import (
	"strings"
	"testing"
)

func TestARowThatAHandChangedContradictsItself(t *testing.T) {
	good := func() Row {
		return Row{
			Reference: "r.example/a:1", Resolved: "r.example/a@sha256:aa", Digest: "sha256:aa", Verdict: "trusted", Complete: true,
			Policy: Answer{Satisfied: true}, Cells: []Cell{{Column: ColumnSBOM, State: "covered", Coverage: "valid"}, {Column: ColumnVEX, State: StateNone}},
		}
	}
	byFile := Header{Judging: Judging{Policy: PolicyFile{SHA256: "aa"}}}
	for name, c := range map[string]struct {
		header Header
		change func(*Row)
		want   string
	}{
		"as it was written": {Header{}, func(*Row) {}, ""},
		"a failed one":      {Header{}, func(r *Row) { *r = Failed(Image{}, 0, Columns(nil), "denied", "401", "") }, ""},
		"unsigned, by a policy that permits that": {byFile, func(r *Row) { r.Verdict = "unsigned" }, ""},
		"the policy's answer alone":               {Header{}, func(r *Row) { r.Verdict = "unsigned" }, "default policy"},
		"the policy's answer, not its reasons":    {byFile, func(r *Row) { r.Policy.NotMet = []string{"sbom"} }, "does not meet sbom"},
		"the policy's answer on a problem":        {byFile, func(r *Row) { r.Problem, r.Complete = "denied", false }, "could not be looked at"},
		"the verdict's word":                      {byFile, func(r *Row) { r.Verdict = "very good" }, "no verdict"},
		"a cell's word":                           {byFile, func(r *Row) { r.Cells[0].State = "yes" }, "sbom: \"yes\" is no state"},
		"a cell's coverage":                       {byFile, func(r *Row) { r.Cells[0].Coverage = "all" }, "no verdict"},
		"a level that does not exist":             {byFile, func(r *Row) { r.Cells[0].Level = 9 }, "no level 9"},
		"the digest":                              {byFile, func(r *Row) { r.Digest = "sha256:bb" }, "does not name the digest"},
		"that everywhere was looked":              {byFile, func(r *Row) { r.Missed = []string{"denied"} }, "everywhere was looked"},
	} {
		r := good()
		c.change(&r)
		if got := c.header.Contradiction(r); c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
