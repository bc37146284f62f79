package ui

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/uitest"
)

func TestWideningsAreChosenOneByOne(t *testing.T) {
	for _, c := range []struct {
		name, keys string
		change     func(*model.TrustedSigner)
	}{
		{"none", "", func(*model.TrustedSigner) {}},
		{"any predicate", "space", func(s *model.TrustedSigner) { s.For = nil }},
		{"and taken back", "space space", func(*model.TrustedSigner) {}},
		{"any image of the namespace", "j space", func(s *model.TrustedSigner) { s.Images = []string{"ghcr.io/stacklok/dockyard/npx/**"} }},
		{"any ref of the workflow", "j j space", func(s *model.TrustedSigner) {
			s.Pattern, s.Subject = true, `https://github\.com/stacklok/dockyard/\.github/workflows/build-containers\.yml@.+`
		}},
		{"any workflow of the source, and any predicate", "space G space", func(s *model.TrustedSigner) {
			s.For, s.Pattern, s.Subject = nil, true, `https://github\.com/stacklok/dockyard/.+`
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := uitest.Trusting()
			drive(t, fakeApp(b, fakeInfo, Options{}), "80x24", "/ V S A enter t "+c.keys+" enter")
			want := uitest.Narrowest
			c.change(&want)
			want.Enabled, want.Origin = true, "this run"
			if diff := cmp.Diff([]model.TrustedSigner{want}, b.Trust.Pinned); diff != "" {
				t.Errorf("pinned (-want +got):\n%s", diff)
			}
		})
	}
}

// A step is only offered where it has a boundary that its owner alone can write.
func TestNoWideningWithoutABoundary(t *testing.T) {
	for _, c := range []struct {
		name  string
		entry model.TrustedSigner
		want  []string
	}{
		{"an email address has no workflow", model.TrustedSigner{Kind: model.SignerCertificate, Subject: "a@example.org", SourceRepository: "example.org"}, nil},
		{"a reusable workflow of somebody else", model.TrustedSigner{Kind: model.SignerCertificate,
			Subject: "https://github.com/other/shared/.github/workflows/b.yml@main", SourceRepository: "https://github.com/me/app"},
			[]string{"any branch or tag of this workflow"}},
		{"a source that the subject only begins like", model.TrustedSigner{Kind: model.SignerCertificate,
			Subject: "https://github.com/me/app-evil/w.yml", SourceRepository: "https://github.com/me/app"}, nil},
		{"no host", model.TrustedSigner{Kind: model.SignerCertificate, Subject: "https:///x@y", SourceRepository: "https://"}, nil},
		{"a registry is no namespace", model.TrustedSigner{Kind: model.SignerKey, Images: []string{"docker.io/alpine"}}, nil},
		{"a pattern of images", model.TrustedSigner{Kind: model.SignerKey, Images: []string{"ghcr.io/a/*/b"}}, nil},
		{"several images", model.TrustedSigner{Kind: model.SignerKey, Images: []string{"ghcr.io/a/b", "ghcr.io/a/c"}}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, w := range widenings(c.entry) {
				got = append(got, w.says)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("offered (-want +got):\n%s", diff)
			}
		})
	}
}

// A wider subject still takes in the one that it was made from, and nothing outside its boundary.
func FuzzAWiderSubjectKeepsItsBoundary(f *testing.F) {
	f.Add(uitest.Workflow, "https://github.com/stacklok/dockyard", "https://github.com/stacklok/dockyard-evil/w.yml@main")
	f.Add("https://h/a.b/w@r", "https://h/a.b", "https://h/aXb/w@r")
	f.Fuzz(func(t *testing.T, subject, source, other string) {
		if strings.Contains(subject, "\n") {
			return // no certificate's identity has one, and a pattern would only match less
		}
		narrow := model.TrustedSigner{Kind: model.SignerCertificate, Subject: subject, SourceRepository: source}
		steps := widenings(narrow)
		for i, step := range steps {
			taken := make([]bool, len(steps))
			taken[i] = true
			wide := widened(narrow, steps, taken)
			whole, err := regexp.Compile("^(?:" + wide.Subject + ")$")
			if err != nil {
				t.Fatalf("%s: %v", step.says, err)
			}
			workflow, ref, _ := strings.Cut(subject, "@")
			if ref != "" && utf8.ValidString(subject) && !whole.MatchString(subject) {
				t.Errorf("%q does not match %q, from which it was made", wide.Subject, subject)
			}
			within := strings.HasPrefix(other, workflow+"@") || strings.HasPrefix(other, strings.TrimSuffix(source, "/")+"/")
			if whole.MatchString(other) && !within {
				t.Errorf("%q matches %q, which is neither of the workflow nor of the source", wide.Subject, other)
			}
		}
	})
}
