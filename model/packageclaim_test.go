package model

import (
	"fmt"
	"strings"
	"testing"
)

func TestTheSigstoreInstanceThatASpecificationNamesIsComparedOrSaidNotToBe(t *testing.T) {
	t.Parallel()
	under := func(roots ...string) (ev packageEvidence) {
		for _, r := range roots {
			ev.proven = append(ev.proven, &Entry{Report: &Report{TrustRoot: r, Signer: &Signer{Kind: SignerCertificate}}})
		}
		return ev
	}
	for name, c := range map[string]struct {
		url  string
		ev   packageEvidence
		want string
	}{
		"none is named":                 {"", under("public-good"), ""},
		"the one that issued":           {"tuf-repo-cdn.sigstore.dev", under("public-good"), ""},
		"the same as a URL":             {"https://TUF-repo-cdn.sigstore.dev/", under("public-good"), ""},
		"another one":                   {"tuf-repo-cdn.sigstore.dev", under("github"), "spec-sigstore-mismatch error"},
		"another one of two":            {"tuf-repo.github.com", under("github", "public-good"), "spec-sigstore-mismatch error"},
		"one that nobody knows":         {"sigstore.example", under("public-good"), "spec-sigstore-unchecked warning"},
		"the reader's root":             {"tuf-repo-cdn.sigstore.dev", under("root.json"), "spec-sigstore-unchecked warning"},
		"a look-alike":                  {"tuf-repo-cdn.sigstore.dev.example", under("public-good"), "spec-sigstore-unchecked warning"},
		"nothing is proven":             {"tuf-repo-cdn.sigstore.dev", under(), "spec-sigstore-unchecked warning"},
		"nothing is proven of any root": {"sigstore.example", under(), "spec-sigstore-unchecked warning"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			claim := &PackageClaim{From: "spec.yaml", Sigstore: c.url}
			claim.instanceFindings(c.ev, func(id string, severity Severity, format string, args ...any) {
				got = append(got, id+" "+string(severity))
				if said := fmt.Sprintf(format, args...); !strings.Contains(said, c.url) || strings.Contains(said, "%!") {
					t.Errorf("said: %s", said)
				}
			})
			if strings.Join(got, ", ") != c.want {
				t.Errorf("%v, want %q", got, c.want)
			}
		})
	}
}
