package trust

import (
	"crypto/elliptic"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
)

const (
	actions  = "https://token.actions.githubusercontent.com"
	source   = "https://github.com/acme/app"
	workflow = source + "/.github/workflows/release.yml@refs/heads/main"
	image    = "ghcr.io/acme/app"
	slsa     = "https://slsa.dev/provenance/v1"
)

var today = time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)

// acme is an identity as its certificate proves it.
func acme(change map[string]string) model.Signer {
	values := map[string]string{
		"buildSignerURI": workflow, "sourceRepositoryURI": source, "sourceRepositoryIdentifier": "42", "buildTrigger": "push",
		"subject": workflow, "issuer": actions,
	}
	for k, v := range change {
		values[k] = v
	}
	s := model.Signer{Kind: model.SignerCertificate, Issuer: values["issuer"], Subject: values["subject"]}
	for _, name := range []string{"githubWorkflowRepository", "buildSignerURI", "sourceRepositoryURI", "sourceRepositoryIdentifier", "buildTrigger"} {
		s.Extensions = append(s.Extensions, model.Extension{Name: name, Value: values[name]})
	}
	return s
}

func here(change func(*Use)) Use {
	u := Use{Root: "public-good", DefaultRoot: true, PredicateType: slsa, Repository: image, SignedAt: today.Add(-time.Hour), Now: today}
	if change != nil {
		change(&u)
	}
	return u
}

func entry(change func(*Signer)) Signer {
	s := Signer{Name: "acme", Enabled: true, Keyless: true, Issuer: actions, Subject: workflow}
	if change != nil {
		change(&s)
	}
	return s
}

func TestTheAttackTable(t *testing.T) {
	foreign := map[string]string{"sourceRepositoryURI": "https://github.com/mallory/fork"}
	old := func(repository string) model.Signer { // of before 2023
		return acme(map[string]string{"sourceRepositoryURI": "", "buildSignerURI": "", "githubWorkflowRepository": repository})
	}
	for name, c := range map[string]struct {
		entry  Signer
		signer model.Signer
		use    Use
		why    string // "" if trusted; "-" if the entry is about somebody else
	}{
		"the very signer":                        {entry(nil), acme(nil), here(nil), ""},
		"another workflow":                       {entry(nil), acme(map[string]string{"subject": source + "/other"}), here(nil), "-"},
		"another workflow of the repository":     {entry(nil), acme(map[string]string{"subject": source + "/.github/workflows/test.yml@refs/heads/main"}), here(nil), "another workflow of the same repository"},
		"the same workflow on another branch":    {entry(nil), acme(map[string]string{"subject": source + "/.github/workflows/release.yml@refs/heads/dev"}), here(nil), "at another ref: refs/heads/main is trusted, and this was signed at refs/heads/dev"},
		"a workflow of another owner":            {entry(nil), acme(map[string]string{"subject": "https://github.com/mallory/app/.github/workflows/release.yml@refs/heads/main"}), here(nil), "-"},
		"the same name in other letters":         {entry(nil), acme(map[string]string{"subject": strings.ToUpper(workflow)}), here(nil), "letters' case"},
		"a disabled entry that comes close":      {entry(func(s *Signer) { s.Enabled = false }), acme(map[string]string{"subject": source + "/.github/workflows/release.yml@refs/heads/dev"}), here(nil), "-"},
		"the same name by another issuer":        {entry(nil), acme(map[string]string{"issuer": "https://evil.example"}), here(nil), "from the issuer"},
		"a disabled entry":                       {entry(func(s *Signer) { s.Enabled = false }), acme(nil), here(nil), "disabled"},
		"an expired entry":                       {entry(func(s *Signer) { s.Expires = today }), acme(nil), here(nil), "expired"},
		"another image":                          {entry(func(s *Signer) { s.Images = []string{"ghcr.io/acme/other"} }), acme(nil), here(nil), "scope"},
		"a scope of one level":                   {entry(func(s *Signer) { s.Images = []string{"ghcr.io/*"} }), acme(nil), here(nil), "scope"},
		"a scope of every level":                 {entry(func(s *Signer) { s.Images = []string{"ghcr.io/acme/**"} }), acme(nil), here(nil), ""},
		"a file and a scope":                     {entry(func(s *Signer) { s.Images = []string{"ghcr.io/**"} }), acme(nil), here(func(u *Use) { u.Repository = "" }), "scope"},
		"another purpose":                        {entry(func(s *Signer) { s.For = []string{"sbom"} }), acme(nil), here(nil), "trusted for sbom and not for slsa-provenance"},
		"its family":                             {entry(func(s *Signer) { s.For = []string{"slsa-provenance"} }), acme(nil), here(nil), ""},
		"its exact type":                         {entry(func(s *Signer) { s.For = []string{slsa} }), acme(nil), here(nil), ""},
		"the type in another version":            {entry(func(s *Signer) { s.For = []string{"https://slsa.dev/provenance/v0.2"} }), acme(nil), here(nil), "trusted for"},
		"a plain signature":                      {entry(func(s *Signer) { s.For = []string{"signature"} }), acme(nil), here(func(u *Use) { u.PredicateType = "" }), ""},
		"an unknown type for the family other":   {entry(func(s *Signer) { s.For = []string{"other"} }), acme(nil), here(func(u *Use) { u.PredicateType = "https://x.example" }), "trusted for"},
		"signed before it was trusted":           {entry(func(s *Signer) { s.ValidFrom = today }), acme(nil), here(nil), "signed earlier"},
		"signed after it was trusted":            {entry(func(s *Signer) { s.ValidUntil = today.Add(-2 * time.Hour) }), acme(nil), here(nil), "signed later"},
		"no attested time":                       {entry(func(s *Signer) { s.ValidFrom = today }), acme(nil), here(func(u *Use) { u.SignedAt = time.Time{} }), "no attested time"},
		"another root":                           {entry(nil), acme(nil), here(func(u *Use) { u.DefaultRoot = false }), "another trusted root"},
		"its own root":                           {entry(func(s *Signer) { s.Root = "corp" }), acme(nil), here(func(u *Use) { u.Root, u.DefaultRoot = "corp", false }), ""},
		"a root that only shares its signers":    {entry(func(s *Signer) { s.Root = "corp" }), acme(nil), here(nil), "another trusted root"},
		"a reusable workflow called by anybody":  {entry(nil), acme(foreign), here(nil), "anybody can call"},
		"a reusable workflow for a known source": {entry(func(s *Signer) { s.SourceRepository = foreign["sourceRepositoryURI"] }), acme(foreign), here(nil), ""},
		"a reusable workflow by repository id":   {entry(func(s *Signer) { s.SourceRepositoryID = "42" }), acme(foreign), here(nil), ""},
		"an old certificate":                     {entry(nil), old("acme/app"), here(nil), ""},
		"an old one, called by anybody":          {entry(nil), old("mallory/fork"), here(nil), "anybody can call"},
		"an old one, for a known source":         {entry(func(s *Signer) { s.SourceRepository = foreign["sourceRepositoryURI"] }), old("mallory/fork"), here(nil), ""},
		"an old one, for another source":         {entry(func(s *Signer) { s.SourceRepository = source }), old("mallory/fork"), here(nil), "source repository is"},
		"another source repository":              {entry(func(s *Signer) { s.SourceRepository = source }), acme(foreign), here(nil), "source repository is"},
		"another repository id":                  {entry(func(s *Signer) { s.SourceRepositoryID = "43" }), acme(nil), here(nil), "id is"},
		"a repository whose name begins alike":   {entry(nil), acme(map[string]string{"sourceRepositoryURI": "https://github.com/acme/ap"}), here(nil), "anybody can call"},
		"pull_request_target":                    {entry(nil), acme(map[string]string{"buildTrigger": "pull_request_target"}), here(nil), "pull_request_target"},
		"pull_request_target on purpose":         {entry(func(s *Signer) { s.Triggers = []string{"pull_request_target"} }), acme(map[string]string{"buildTrigger": "pull_request_target"}), here(nil), ""},
		"a trigger that is not listed":           {entry(func(s *Signer) { s.Triggers = []string{"release"} }), acme(nil), here(nil), "triggers"},
		"a whole-matching pattern":               {entry(func(s *Signer) { s.Subject, s.SubjectRegexp = "", ".*release.yml@.*" }), acme(nil), here(nil), ""},
		"a pattern that matches a part only":     {entry(func(s *Signer) { s.Subject, s.SubjectRegexp = "", "release.yml" }), acme(nil), here(nil), "only a part"},
		"alternatives, one of which is a prefix": {entry(func(s *Signer) { s.Subject, s.SubjectRegexp = "", "nothing|https://github.com/" }), acme(nil), here(nil), "only a part"},
		"another name than the image's":          {entry(func(s *Signer) { s.RequireName = true }), acme(nil), here(func(u *Use) { u.SignedName = "docker.io/acme/app" }), "signed name"},
		"no name at all":                         {entry(func(s *Signer) { s.RequireName = true }), acme(nil), here(nil), "signed name"},
		"a mirror's name":                        {entry(func(s *Signer) { s.RequireName, s.Mirrors = true, []string{"docker.io/acme/*"} }), acme(nil), here(func(u *Use) { u.SignedName = "docker.io/acme/app" }), ""},
	} {
		t.Run(name, func(t *testing.T) {
			list := must[Signers](t)(NewSigners(c.entry))
			answer := list.Match(c.signer, c.use)
			if answer.Trusted != (c.why == "") {
				t.Fatalf("trusted: %v, near: %q", answer.Trusted, answer.Near)
			}
			switch {
			case c.why == "-" && len(answer.Near) > 0:
				t.Errorf("near: %q", answer.Near)
			case c.why != "" && c.why != "-" && (len(answer.Near) != 1 || !strings.Contains(answer.Near[0], c.why)):
				t.Errorf("near: %q, want %q", answer.Near, c.why)
			}
		})
	}
}

func TestCosignsPatternsMatchAnywhereAndSaySo(t *testing.T) {
	loose := entry(func(s *Signer) {
		s.Subject, s.SubjectPattern, s.Issuer, s.IssuerPattern = "", "github.com/acme/", "", "^"+actions+"$"
	})
	answer := must[Signers](t)(NewSigners(loose)).Match(acme(nil), here(nil))
	if !answer.Trusted || len(answer.Findings) != 1 || answer.Findings[0].ID != "unanchored-pattern" ||
		!strings.Contains(answer.Findings[0].Message, "evil.example") {
		t.Errorf("%+v", answer)
	}
	tight := entry(func(s *Signer) {
		s.Subject, s.SubjectPattern = "", "^https://github.com/acme/app/[^@]*@refs/heads/main$"
	})
	answer = must[Signers](t)(NewSigners(tight)).Match(acme(nil), here(nil))
	if !answer.Trusted || len(answer.Findings) != 0 {
		t.Errorf("%+v", answer)
	}
}

func TestAKeyIsMatchedByItsFingerprint(t *testing.T) {
	mine, other := keyOf(t, newECDSA(t, elliptic.P256()).Public()), keyOf(t, newECDSA(t, elliptic.P256()).Public())
	list := must[Signers](t)(NewSigners(Signer{Name: "mine", Enabled: true, Key: &mine}))
	proven := func(k Key) model.Signer { return model.Signer{Kind: model.SignerKey, Fingerprint: k.Fingerprint} }
	if !list.Match(proven(mine), here(nil)).Trusted {
		t.Error("the key is not trusted")
	}
	if list.Match(proven(other), here(nil)).Trusted || list.Match(model.Signer{Kind: model.SignerKey}, here(nil)).Trusted {
		t.Error("another key is trusted")
	}
	if len(list.Keys()) != 1 || len(list.ForKey(mine)) != 1 || len(list.ForKey(other)) != 0 || !list.Pinned() {
		t.Error("the list is wrong")
	}
}

func TestEntriesThatMakeNoSenseAreRefused(t *testing.T) {
	key := keyOf(t, newECDSA(t, elliptic.P256()).Public())
	for name, s := range map[string]Signer{
		"nobody":                      {},
		"a key that was not fetched":  {Enabled: true, KeyRef: "kms://x"},
		"both":                        entry(func(s *Signer) { s.Key = &key }),
		"a key with an issuer":        {Key: &key, Issuer: "x"},
		"no issuer":                   {Keyless: true, Subject: "x"},
		"no subject":                  {Keyless: true, Issuer: "x"},
		"two subjects":                entry(func(s *Signer) { s.SubjectRegexp = "x" }),
		"two issuers":                 entry(func(s *Signer) { s.IssuerPattern = "x" }),
		"a broken pattern":            entry(func(s *Signer) { s.Subject, s.SubjectRegexp = "", "(" }),
		"a pattern that closes ours":  entry(func(s *Signer) { s.Subject, s.SubjectRegexp = "", "a)|(?:b" }),
		"an identity without log":     entry(func(s *Signer) { s.NoLog = true }),
		"a key with a trigger":        {Key: &key, Triggers: []string{"push"}},
		"a time that ends too early":  entry(func(s *Signer) { s.ValidFrom, s.ValidUntil = today, today.Add(-1) }),
		"a scope that is everything":  entry(func(s *Signer) { s.Images = []string{"**"} }),
		"a scope with a tag's digest": entry(func(s *Signer) { s.Images = []string{"ghcr.io/a@sha256:1"} }),
		"a broken scope":              entry(func(s *Signer) { s.Images = []string{"ghcr.io/[a"} }),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := NewSigners(s); err == nil {
				t.Error("it is accepted")
			}
		})
	}
}

func TestNobodyIsPinnedByDisabledEntries(t *testing.T) {
	list := must[Signers](t)(NewSigners(entry(func(s *Signer) { s.Enabled = false })))
	list = append(list, must[Signers](t)(NewSigners(Signer{KeyRef: "kms://never-fetched"}))...)
	if list.Match(model.Signer{Kind: model.SignerKey}, here(nil)).Trusted || len(list.Keys()) != 0 {
		t.Error("a key that was never fetched is trusted")
	}
	if list.Pinned() || Signers(nil).Pinned() {
		t.Error("somebody is pinned")
	}
}
