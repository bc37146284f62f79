package model

import "testing"

func TestWhatIsAboutSomethingElseIsSaidToBe(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		about Digest
		want  bool
	}{
		{"about the image", amd64, false},
		{"about another one", arm64, true},
	} {
		p := bundle("a", amd64, predicateSPDX, said(Invalid))
		p.opened = statementAbout(predicateSPDX, c.about)
		tree := grow(image(amd64, p), finished...)
		found := false
		for _, f := range EntryFindings(tree.Entry(string(named("a")))) {
			found = found || f.ID == "other-subject" && f.Severity == SeverityError && f.Check() != ""
		}
		if found != c.want {
			t.Errorf("%s: found %v, want %v", c.name, found, c.want)
		}
	}
}
