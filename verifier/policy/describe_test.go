package policy

import (
	"slices"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

func TestADescribedEntryIsTheSameEntryAgain(t *testing.T) {
	key := newKey(t, "k")
	read := must[*File](t)(Parse("p", []byte(full(key)), nil)).Signers()
	list := must[trust.Signers](t)(trust.NewSigners(read[0], read[1],
		trust.Signer{Name: "regexp", Keyless: true, Issuer: actions, SubjectRegexp: "https://github.com/acme/.*"},
		trust.Signer{Name: "flags", Enabled: true, Keyless: true, IssuerPattern: "githubusercontent", SubjectPattern: "acme"},
	))
	for _, s := range list {
		back := must[trust.Signer](t)(Entry(Describe(s, "policy", today)))
		if inline(back) != inline(s) || back.IssuerPattern != s.IssuerPattern || back.SubjectPattern != s.SubjectPattern {
			t.Errorf("%s became\n%s, was\n%s", s.Name, inline(back), inline(s))
		}
	}
}

func TestAMixtureOfExactAndPatternStaysAsNarrow(t *testing.T) {
	for _, s := range []trust.Signer{
		{Name: "a", Enabled: true, Keyless: true, Issuer: actions, SubjectPattern: "acme/app"},
		{Name: "a", Enabled: true, Keyless: true, IssuerPattern: "^" + actions + "$", Subject: workflow},
		{Name: "a", Enabled: true, Keyless: true, IssuerPattern: "^" + actions + "$", SubjectRegexp: "https://github.com/acme/.*"},
	} {
		back := must[trust.Signers](t)(trust.NewSigners(must[trust.Signer](t)(Entry(Describe(s, "flag", today)))))
		use := trust.Use{Root: "r", DefaultRoot: true, Now: today}
		if !back.Match(*ci(), use).Trusted {
			t.Errorf("%+v trusts its signer no more", s)
		}
		for _, stranger := range []model.Signer{
			{Kind: model.SignerCertificate, Issuer: actions + ".evil.example", Subject: workflow},
			{Kind: model.SignerCertificate, Issuer: actions, Subject: "https://evil.example/x"},
		} {
			if back.Match(stranger, use).Trusted {
				t.Errorf("%+v trusts %+v", s, stranger)
			}
		}
	}
}

func TestWhatAReaderOughtToNotice(t *testing.T) {
	narrow := trust.Signer{
		Name: "a", Enabled: true, Keyless: true, Issuer: actions, Subject: workflow, For: []string{"scai"}, Images: []string{"ghcr.io/acme/**"},
	}
	for name, c := range map[string]struct {
		change func(*trust.Signer)
		want   string
	}{
		"a narrow entry":                    {func(*trust.Signer) {}, ""},
		"an entry for everything":           {func(s *trust.Signer) { s.For = nil }, "signer-for-everything"},
		"an entry for every image":          {func(s *trust.Signer) { s.Images = nil }, "signer-of-every-image"},
		"a disabled entry":                  {func(s *trust.Signer) { s.Enabled = false }, "signer-disabled"},
		"an expired entry":                  {func(s *trust.Signer) { s.Expires = today }, "signer-expired"},
		"an entry that expires later":       {func(s *trust.Signer) { s.Expires = today.Add(1) }, ""},
		"a key without a log":               {func(s *trust.Signer) { s.NoLog = true }, "signer-without-log"},
		"an unanchored pattern":             {func(s *trust.Signer) { s.SubjectPattern = "acme" }, "unanchored-pattern"},
		"a pattern with one anchor":         {func(s *trust.Signer) { s.SubjectPattern = "^acme" }, "unanchored-pattern"},
		"a dollar sign that is no anchor":   {func(s *trust.Signer) { s.SubjectPattern = `^acme\$` }, "unanchored-pattern"},
		"alternatives with one anchor each": {func(s *trust.Signer) { s.SubjectPattern = "^a|b$" }, "unanchored-pattern"},
		"an anchored pattern":               {func(s *trust.Signer) { s.SubjectPattern = "^acme$" }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := narrow
			c.change(&s)
			var ids []string
			for _, f := range Describe(s, "policy", today).Findings {
				ids = append(ids, f.ID)
			}
			if want := slices.DeleteFunc([]string{c.want}, func(s string) bool { return s == "" }); !slices.Equal(ids, want) {
				t.Errorf("findings %q, want %q", ids, want)
			}
		})
	}
}

func TestWhatIsNoEntryIsRefused(t *testing.T) {
	key := newKey(t, "k")
	shown := Describe(trust.Signer{Name: "k", Enabled: true, Key: &key}, "policy", today)
	for name, c := range map[string]struct {
		change func(*model.TrustedSigner)
		want   string
	}{
		"another key than the fingerprint's": {func(s *model.TrustedSigner) { s.Fingerprint = "sha256:0" }, "another one than its fingerprint"},
		"no key":                             {func(s *model.TrustedSigner) { s.KeyPEM = "" }, "read public key"},
		"a certificate of notation":          {func(s *model.TrustedSigner) { s.Kind = model.SignerX509 }, "trust store"},
		"nothing":                            {func(s *model.TrustedSigner) { s.Kind = "" }, "neither an identity nor a key"},
		"an identity of nobody":              {func(s *model.TrustedSigner) { s.Kind = model.SignerCertificate; s.NoLog = false }, "needs an issuer"},
	} {
		t.Run(name, func(t *testing.T) {
			s := shown
			c.change(&s)
			if _, err := Entry(s); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}
