package doctor

import (
	"strings"
	"testing"
)

func TestIssuersThatAreNone(t *testing.T) {
	t.Parallel()
	for issuer, says := range map[string]string{
		"https://github.com/actions":                   issuerActions,
		"https://github.com":                           issuerGitHub,
		"token.actions.githubusercontent.com":          "it is an address",
		"https://token.actions.githubusercontent.com/": "letter by letter",
		"https://oauth2.sigstore.dev":                  issuerDex,
		"https://google.com":                           issuerGoogle,
		"https://fulcio.sigstore.dev":                  "no identity provider",
		"github":                                       "begin with https://",
		issuerActions:                                  "",
		issuerGitHub:                                   "",
		issuerDex:                                      "",
		"https://gitlab.com":                           "",
		"https://token.actions.githubusercontent.com/enterprise": "",
		"https://login.example.com/realms/ci":                    "",
		"":                                                       "",
	} {
		t.Run(issuer, func(t *testing.T) {
			t.Parallel()
			finding, bad := aboutIssuer(issuer)
			if bad != (says != "") || !strings.Contains(finding.Message, says) {
				t.Errorf("%t: %s", bad, finding.Message)
			}
		})
	}
}

func TestIdentitiesThatLetInNobodyOrEverybody(t *testing.T) {
	t.Parallel()
	e := &examiner{tree: image(t, signature(by(skills)))}
	for name, c := range map[string]struct {
		identity identity
		want     string
	}{
		"every subject by a pattern":            {identity{subjectRegexp: ".*"}, "matches-everybody"},
		"every subject by a wildcard":           {identity{subject: "*", wildcard: true}, "matches-everybody"},
		"every repository on GitHub":            {identity{subjectRegexp: "^https://github\\.com/.*$"}, "matches-everybody"},
		"every repository by a wildcard":        {identity{subject: "https://github.com/*", wildcard: true}, "matches-everybody"},
		"a workflow of any owner":               {identity{subjectRegexp: "^https://github\\.com/[^/]+/app/\\.github/workflows/skills\\.yml@.*$"}, "matches-everybody"},
		"an owner whose name goes on":           {identity{subjectRegexp: "^https://github.com/acme.*/app/.*$"}, "matches-everybody"},
		"an owner":                              {identity{subjectRegexp: "^https://github\\.com/acme/.*$"}, ""},
		"an owner, open on purpose":             {identity{subjectRegexp: "^https://github\\.com/acme/.*"}, ""},
		"no subject":                            {identity{}, "matches-everybody"},
		"a workflow without a ref":              {identity{subject: "https://github.com/acme/other/.github/workflows/x.yml"}, "matches-nobody"},
		"a wildcard where none is read":         {identity{subject: "https://github.com/acme/*"}, "matches-nobody"},
		"a pattern with open ends":              {identity{subjectRegexp: "github.com/other/.*"}, "unanchored-pattern"},
		"another workflow of the repository":    {identity{subject: release}, "other-workflow"},
		"an exact identity of another":          {identity{subject: "https://github.com/x/y/.github/workflows/z.yml@refs/heads/main"}, ""},
		"a pattern with both ends":              {identity{subjectRegexp: "^https://github\\.com/x/.*$"}, ""},
		"the workflow that the image is by too": {identity{subject: skills}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := ""
			if list := e.aboutIdentity(c.identity); len(list) > 0 {
				got = list[0].ID
			}
			if got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
