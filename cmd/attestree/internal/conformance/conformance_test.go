package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fixtures are the verifier's own, made by real tools.
const fixtures = "../../../../verifier/testdata"

// corpus makes a checkout with the given files under each case.
func corpus(t *testing.T, cases map[string]map[string]string) string {
	t.Helper()
	checkout := t.TempDir()
	folder := filepath.Join(checkout, "test", "assets", "bundle-verify")
	files := map[string]string{"a.txt": "the usual artifact", "README.md": "not a case"}
	for name, content := range cases {
		for file, text := range content {
			files[filepath.Join(name, file)] = text
		}
	}
	for path, text := range files {
		path = filepath.Join(folder, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return checkout
}

func TestCasesAreRunThroughTheCommandLine(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(fixtures, "public-good", "sigstore-js-2.0.0.json"))
	if err != nil {
		t.Fatal(err)
	}
	bundle := string(raw)
	const identity = "https://github.com/sigstore/sigstore-js/.github/workflows/release.yml@refs/heads/main"
	cases, err := readCases(corpus(t, map[string]map[string]string{
		"about-something-else_fail": {"bundle.sigstore.json": bundle, "identity": identity + "\n", "artifact": "other bytes"},
		"wrong-root_fail":           {"bundle.sigstore.json": bundle, "identity": identity, "trusted_root.json": "{}"},
		"not-a-bundle_fail":         {"bundle.sigstore.json": "{", "key.pub": "no key"},
	}))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, o := range runAll(t.Context(), cases) {
		got[o.name+" "+o.way] = o.check
		if o.code == 0 || !o.agrees() {
			t.Errorf("%+v", o)
		}
	}
	for run, want := range map[string]string{
		"about-something-else_fail file": "subject", "about-something-else_fail digest": "subject",
		"wrong-root_fail file": refused, "not-a-bundle_fail digest": refused,
	} {
		if got[run] != want {
			t.Errorf("%s: decided by %q, want %q", run, got[run], want)
		}
	}
}

func TestAnythingButTheWantedAnswerIsCounted(t *testing.T) {
	for name, c := range map[string]struct {
		outcome outcome
		agrees  bool
	}{
		"verified as wanted":                 {outcome{name: "x", code: 0}, true},
		"refused and should not be":          {outcome{name: "x", code: 3}, false},
		"verified and should not be":         {outcome{name: "x_fail", bad: true, code: 0}, false},
		"refused as wanted":                  {outcome{name: "x_fail", bad: true, code: 3, check: "log"}, true},
		"refused by the check that ought to": {outcome{name: "wrong-material_fail", bad: true, code: 3, check: "subject"}, true},
		"refused by another check":           {outcome{name: "wrong-material_fail", bad: true, code: 3, check: "log"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if c.outcome.agrees() != c.agrees {
				t.Errorf("agrees: %v", !c.agrees)
			}
			if wrong := report(io.Discard, []outcome{c.outcome}); (wrong == 0) != c.agrees {
				t.Errorf("%d are wrong", wrong)
			}
		})
	}
}

func TestAFolderWithoutCasesIsAnError(t *testing.T) {
	if _, err := readCases(corpus(t, nil)); err == nil || !strings.Contains(err.Error(), "no cases") {
		t.Errorf("error %v", err)
	}
	if _, err := readCases(t.TempDir()); err == nil {
		t.Error("a folder that is no checkout is read")
	}
}
