package model

import (
	"strings"
	"testing"
)

func TestALevelIsNoBetterThanTheStandingOfItsNode(t *testing.T) {
	t.Parallel()
	most := map[Verdict]int{
		Trusted: 3, Valid: 3, Untrusted: 1, Covered: 1, Unsigned: 1, Unverifiable: 1, Unchecked: 1, Invalid: 0, Unavailable: 0,
	}
	for _, v := range Verdicts {
		for level := range 4 {
			e := &Entry{Report: &Report{SLSA: &SLSA{Level: level, Reason: "why"}}, Standing: Standing{Verdict: v}}
			got := EntrySLSA(e)
			if want := min(level, most[v]); got.Level != want {
				t.Errorf("%s at level %d: got %d, want %d", v, level, got.Level, want)
			}
			if got.Reason == "" || got.Level < level && got.Reason == "why" {
				t.Errorf("%s at level %d: the reason %q does not say so", v, level, got.Reason)
			}
			if e.Report.SLSA.Level != level {
				t.Errorf("%s: reading the level changed it", v)
			}
		}
	}
	if got := EntrySLSA(&Entry{Report: &Report{SLSA: &SLSA{Level: 2}}, Verifying: true, Standing: Standing{Verdict: Valid}}); got != nil {
		t.Errorf("level %d while it is being judged again", got.Level)
	}
	if got := EntrySLSA(&Entry{}); got != nil || got.Title() != "" {
		t.Errorf("a node that nobody assessed has level %+v", got)
	}
}

func TestATitleNamesTheLevel(t *testing.T) {
	t.Parallel()
	p := from("build", predicateSLSA, Valid, buildOrigin, buildOrigin)
	p.report.SLSA = &SLSA{Level: 2}
	tree := grow(image(amd64, p), finished...)
	if got := EntryTitle(tree.Entry(string(named("build")))); !strings.HasSuffix(got, "· build L2") {
		t.Errorf("title = %q", got)
	}
	p.report.SLSA = &SLSA{}
	tree = grow(image(amd64, p), finished...)
	if got := EntryTitle(tree.Entry(string(named("build")))); strings.Contains(got, "build L") {
		t.Errorf("title = %q, and it has no level", got)
	}
}
