package policy

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// attempt is a proven signature that somebody hopes to get past a policy with.
type attempt struct {
	entry  string // further fields of the one trusted key
	policy string // fields of the policy
	typ    string // predicate type that was signed
	body   string
	change func(*model.Signer, *trust.Use)
}

// answer lets the entry judge the signer as the verifier does, and the policy what comes of it.
func (a attempt) answer(t *testing.T) model.PolicyAnswer {
	t.Helper()
	data := fmt.Sprintf("signing_policy: {%s, trusted_keys: [{name: ci, keyless: true, issuer: %q, %s}]}", a.policy, actions, a.entry)
	f := must[*File](t)(Parse("p", []byte(data), nil))
	who := ci()
	who.Name = ""
	who.Extensions = append(who.Extensions, model.Extension{Name: "buildTrigger", Value: "push"},
		model.Extension{Name: "sourceRepositoryIdentifier", Value: "42"})
	use := trust.Use{
		Root: "public-good", DefaultRoot: true, PredicateType: a.typ, Repository: image, SignedName: image,
		SignedAt: today.Add(-time.Hour), Now: today,
	}
	if a.change != nil {
		a.change(who, &use)
	}
	match := f.Signers().Match(*who, use)
	n := node{name: "n", on: root, kind: model.KindAttestation, typ: a.typ, body: a.body, verdict: model.Untrusted, signer: who, at: use.SignedAt}
	if len(match.Near) > 0 {
		n.reason = match.Near[0]
	}
	if match.Trusted {
		n.verdict, who.Name = model.Trusted, match.Name
	}
	if model.FamilyOf(a.typ) == model.FamilySignature {
		n.kind = model.KindSignature
	}
	return f.Judge(indexOf(n), image+":1", today)
}

func extends(name, value string) func(*model.Signer, *trust.Use) {
	return func(s *model.Signer, _ *trust.Use) {
		for i := range s.Extensions {
			if s.Extensions[i].Name == name {
				s.Extensions[i].Value = value
			}
		}
	}
}

func uses(change func(*trust.Use)) func(*model.Signer, *trust.Use) {
	return func(_ *model.Signer, u *trust.Use) { change(u) }
}

const (
	exact  = `subject: "` + workflow + `"`
	mine   = exact + ", for: [signature]"
	signed = "require_signature: true"
)

func TestTheAttackTableStaysRed(t *testing.T) {
	for name, c := range map[string]struct {
		attempt
		want string // "" for what is meant to pass
	}{
		"the signer itself":                            {attempt{mine, signed, typeSign, "{}", nil}, ""},
		"another purpose's signer":                     {attempt{mine, "require: [sbom]", typeSPDX, spdx, nil}, "trusted for signature and not for sbom"},
		"a scanner's signer for the signature":         {attempt{exact + ", for: [scai]", signed, typeSign, "{}", nil}, "trusted for scai and not for signature"},
		"another version than the exact type":          {attempt{exact + ", for: ['https://slsa.dev/provenance/v0.2']", "require: [slsa-provenance]", typeSLSA, provenance, nil}, "not for slsa-provenance"},
		"a scope that does not match":                  {attempt{mine + ", images: ['ghcr.io/acme/other']", signed, typeSign, "{}", nil}, "outside of its scope"},
		"a scope of one level":                         {attempt{mine + ", images: ['ghcr.io/*']", signed, typeSign, "{}", nil}, "outside of its scope"},
		"a scope that begins alike":                    {attempt{mine + ", images: ['ghcr.io/acme/ap']", signed, typeSign, "{}", nil}, "outside of its scope"},
		"a scope that matches":                         {attempt{mine + ", images: ['ghcr.io/acme/**']", signed, typeSign, "{}", nil}, ""},
		"a file, and a scope":                          {attempt{mine + ", images: ['ghcr.io/acme/**']", signed, typeSign, "{}", uses(func(u *trust.Use) { u.Repository = "" })}, "outside of its scope"},
		"an entry that expires today":                  {attempt{mine + ", expires: 2026-11-21", signed, typeSign, "{}", nil}, "expired on 2026-11-21"},
		"an entry that expires tomorrow":               {attempt{mine + ", expires: 2026-11-22", signed, typeSign, "{}", nil}, ""},
		"a disabled entry":                             {attempt{mine + ", enabled: false", signed, typeSign, "{}", nil}, "the entry is disabled"},
		"a signature after the period":                 {attempt{mine + ", valid_until: 2026-11-21", signed, typeSign, "{}", nil}, "signed later"},
		"a signature before the period":                {attempt{mine + ", valid_from: 2026-11-22", signed, typeSign, "{}", nil}, "signed earlier"},
		"a signature of unknown time":                  {attempt{mine + ", valid_from: 2026-01-01", signed, typeSign, "{}", uses(func(u *trust.Use) { u.SignedAt = time.Time{} })}, "no attested time"},
		"another name, and the name is required":       {attempt{mine + ", require_name: true", signed, typeSign, "{}", uses(func(u *trust.Use) { u.SignedName = "ghcr.io/acme/other" })}, `the signed name is "ghcr.io/acme/other"`},
		"no name, and the name is required":            {attempt{mine + ", require_name: true", signed, typeSign, "{}", uses(func(u *trust.Use) { u.SignedName = "" })}, "the signed name"},
		"the name of a mirror":                         {attempt{mine + ", require_name: true, mirrors: ['docker.io/acme/*']", signed, typeSign, "{}", uses(func(u *trust.Use) { u.SignedName = "docker.io/acme/app" })}, ""},
		"a name beside the mirrors":                    {attempt{mine + ", require_name: true, mirrors: ['docker.io/acme/*']", signed, typeSign, "{}", uses(func(u *trust.Use) { u.SignedName = "docker.io/evil/app" })}, "the signed name"},
		"a reusable workflow that a stranger called":   {attempt{mine, signed, typeSign, "{}", extends("sourceRepositoryURI", "https://github.com/mallory/app")}, "anybody can call it"},
		"a reusable workflow for another source":       {attempt{mine + ", source_repository: 'https://github.com/acme/other'", signed, typeSign, "{}", nil}, "the source repository is"},
		"a repository of that name made anew":          {attempt{mine + ", source_repository_id: '42'", signed, typeSign, "{}", extends("sourceRepositoryIdentifier", "43")}, `id is "43" and not "42"`},
		"a pull request of a stranger":                 {attempt{mine, signed, typeSign, "{}", extends("buildTrigger", "pull_request_target")}, "pull_request_target"},
		"a trigger that is not listed":                 {attempt{mine + ", triggers: [release]", signed, typeSign, "{}", nil}, "not among its triggers"},
		"the same name under another root":             {attempt{mine, signed, typeSign, "{}", uses(func(u *trust.Use) { u.Root, u.DefaultRoot = "corp", false })}, "another trusted root"},
		"the same name by another issuer":              {attempt{mine, signed, typeSign, "{}", func(s *model.Signer, _ *trust.Use) { s.Issuer = "https://evil.example" }}, "who is not trusted"},
		"a pattern that is found within":               {attempt{"subject_regexp: 'https://github.com/acme/app/.*', for: [signature]", signed, typeSign, "{}", func(s *model.Signer, _ *trust.Use) { s.Subject = "https://evil.example/?" + workflow }}, "who is not trusted"},
		"a pattern whose alternative is a prefix":      {attempt{"subject_regexp: 'nothing|https://github.com/acme/', for: [signature]", signed, typeSign, "{}", nil}, "who is not trusted"},
		"a workflow whose name begins alike":           {attempt{mine, signed, typeSign, "{}", func(s *model.Signer, _ *trust.Use) { s.Subject += "-2" }}, "who is not trusted"},
		"an untrusted scan":                            {attempt{mine, scaiRules1, typeSCAI, scan(passed, clean), nil}, "trusted for signature and not for scai"},
		"a hollow scan by the right signer":            {attempt{exact + ", for: [scai]", scaiRules1, typeSCAI, scan(passed, `"blockingIssues":0,"toolsScanned":0`), nil}, "looked at 0 tools"},
		"a stale scan by the right signer":             {attempt{exact + ", for: [scai]", "max_age: {scai: 30d}", typeSCAI, scan(passed, `"scanDate":"2026-01-01T00:00:00Z"`), nil}, "at most 30d allowed"},
		"a scan under a type that nobody asked for":    {attempt{exact + ", for: ['https://example.com/scan']", scaiRules1, "https://example.com/scan", scan(passed, clean), nil}, "has no SCAI attestation"},
		"provenance for whoever asked for a signature": {attempt{exact + ", for: [slsa-provenance]", signed, typeSLSA, provenance, nil}, "is not signed"},
	} {
		t.Run(name, func(t *testing.T) {
			answer := c.answer(t)
			if answer.Satisfied != (c.want == "") {
				t.Fatalf("satisfied: %v, reasons %q", answer.Satisfied, answer.Reasons)
			}
			if !strings.Contains(strings.Join(answer.Reasons, "\n"), c.want) {
				t.Errorf("reasons %q, want %q", answer.Reasons, c.want)
			}
		})
	}
}
