package sourcehost

import (
	"net/url"
	"path"
	"strings"
	"testing"
)

// What is asked for is below the commit of the repository, whatever a certificate and a claim say.
func FuzzAFileIsBelowItsCommit(f *testing.F) {
	const commit = "0123456789abcdef0123456789abcdef01234567"
	f.Add("https://github.com/org/repo", "npx/server/spec.yaml", false)
	f.Add("https://gitlab.com/group/sub/repo.git", "a b/%2e%2e/c?x#y", false)
	f.Add("https://x.example/../../o/r", "../../secret", true)
	f.Add("https://github.com:443/o/r", "a/..;/b", true)
	f.Fuzz(func(t *testing.T, repository, name string, based bool) {
		var base *url.URL
		if based {
			base = &url.URL{Scheme: "https", Host: "raw.example", Path: "/below/"}
		}
		at, err := File{Repository: repository, Commit: commit, Path: name}.raw(base)
		if err != nil {
			return
		}
		_, below, found := strings.Cut(at.Path, "/"+commit+"/")
		if !found || below != name || path.Clean(at.Path) != at.Path && path.Clean(name) == name {
			t.Errorf("%q of %q is %s", name, repository, at)
		}
		known := map[string]bool{"raw.githubusercontent.com": true, "gitlab.com": true}
		if at.Scheme != "https" || at.User != nil || at.RawQuery != "" || at.Fragment != "" || based && at.Host != "raw.example" || !based && !known[at.Host] {
			t.Errorf("%q of %q is asked at %s", name, repository, at)
		}
	})
}
