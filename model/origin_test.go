package model

import "testing"

func TestRepositoriesAreTheSameHoweverToolsSpellThem(t *testing.T) {
	t.Parallel()
	const want = "https://github.com/acme/app"
	for _, same := range []string{
		want, "git+" + want, want + ".git", want + "/", "https://GitHub.com/Acme/App", "git@github.com:acme/app.git",
		"ssh://git@github.com/acme/app.git", "git://github.com/acme/app", "https://user@github.com/acme/app",
	} {
		if !SameRepository(want, same) {
			t.Errorf("%s is another repository than %s", same, want)
		}
	}
	for _, other := range []string{
		"", "https://github.com/acme/app2", "https://github.com/acme", "https://github.com.evil.example/acme/app",
		"https://evil.example/github.com/acme/app", "https://evil.example/@github.com/acme/app", "https://gitlab.com/acme/app",
	} {
		if SameRepository(want, other) {
			t.Errorf("%s is the same repository as %s", other, want)
		}
	}
}

func TestRunsAreComparedByNumber(t *testing.T) {
	t.Parallel()
	const first, second = "https://github.com/acme/app/actions/runs/7/attempts/1", "https://github.com/acme/app/actions/runs/7/attempts/2"
	for _, c := range []struct {
		name, a, b               string
		same, attempts, anything bool // the same run; the same attempt; known to be the one or the other
	}{
		{"the same address", first, first, true, true, true},
		{"two attempts of one run", first, second, true, false, true},
		{"a run without its attempt", first, "https://github.com/acme/app/actions/runs/7", true, true, true},
		{"the short form", first, "7-1", true, true, true},
		{"the short form of another attempt", first, "7-2", true, false, true},
		{"another run", first, "https://github.com/acme/app/actions/runs/77", false, false, true},
		{"a run of another repository with the same number", first, "https://github.com/mallory/app/actions/runs/7/attempts/1", false, false, true},
		{"a run with something behind it", first, "https://github.com/acme/app/actions/runs/7/job/9", true, true, true},
		{"a number that goes on", first, "https://github.com/acme/app/actions/runs/7x", false, false, false},
		{"an id of another kind", first, "6b1f0c1e", false, false, false},
		{"nothing", first, "", false, false, false},
		{"nothing twice", "", "", true, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, pair := range [][2]string{{c.a, c.b}, {c.b, c.a}} {
				if same, known := SameRun(pair[0], pair[1], false); same != c.same || known != c.anything {
					t.Errorf("SameRun(%q, %q) = %v, %v", pair[0], pair[1], same, known)
				}
				if same, _ := SameRun(pair[0], pair[1], true); same != c.attempts {
					t.Errorf("SameRun(%q, %q) with attempts = %v", pair[0], pair[1], same)
				}
			}
		})
	}
}

func TestOldCertificatesNameTheirOriginToo(t *testing.T) {
	t.Parallel()
	old := &Signer{Kind: SignerCertificate, Extensions: []Extension{
		{Name: "githubWorkflowSHA", Value: "11"}, {Name: "githubWorkflowRepository", Value: "acme/app"}, {Name: "githubWorkflowRef", Value: "refs/heads/main"},
	}}
	want := Origin{Repository: "https://github.com/acme/app", Commit: "11", Ref: "refs/heads/main"}
	if got := CertificateOrigin(old); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	old.Kind = SignerKey
	if got := CertificateOrigin(old); got != (Origin{}) {
		t.Errorf("a key says %+v", got)
	}
	if got := CertificateOrigin(nil); got != (Origin{}) {
		t.Errorf("nobody says %+v", got)
	}
}
