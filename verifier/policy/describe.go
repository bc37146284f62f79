package policy

import (
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// Describe is an entry as it is shown: what it says, and in its findings what a reader ought to notice. origin is where
// it comes from: one of the model's Origin constants. Entry is the way back.
func Describe(s trust.Signer, origin string, now time.Time) model.TrustedSigner {
	out := model.TrustedSigner{
		Name: s.Name, Kind: model.SignerKey, KeyRef: s.KeyRef, NoLog: s.NoLog,
		SourceRepository: s.SourceRepository, SourceRepositoryID: s.SourceRepositoryID, Triggers: slices.Clone(s.Triggers),
		Root: s.Root, For: slices.Clone(s.For), Images: slices.Clone(s.Images), Mirrors: slices.Clone(s.Mirrors),
		RequireName: s.RequireName, ValidFrom: s.ValidFrom, ValidUntil: s.ValidUntil, Expires: s.Expires, Enabled: s.Enabled,
		Origin: origin, Findings: remarks(s, now),
	}
	if s.Key != nil {
		out.Fingerprint, out.Algorithm, out.KeyPEM = s.Key.Fingerprint, s.Key.Algorithm, publicPEM(*s.Key)
	}
	if !s.Keyless {
		return out
	}
	out.Kind, out.Issuer, out.Subject = model.SignerCertificate, s.Issuer, s.Subject
	switch {
	case s.SubjectRegexp != "" && s.IssuerPattern == "":
		out.Pattern, out.Subject = true, s.SubjectRegexp
	case s.IssuerPattern != "" || s.SubjectPattern != "":
		// With one pattern both are shown as such, so that nothing exact is mistaken for one.
		out.Pattern, out.Anywhere = true, true
		out.Issuer = pattern(s.IssuerPattern, s.Issuer)
		out.Subject = pattern(s.SubjectPattern, s.Subject)
		if s.SubjectRegexp != "" {
			out.Subject = `\A(?:` + s.SubjectRegexp + `)\z`
		}
	}
	return out
}

func pattern(pattern, exact string) string {
	if pattern != "" {
		return pattern
	}
	return `\A` + regexp.QuoteMeta(exact) + `\z`
}

// remarks are what a reader ought to notice about an entry.
func remarks(s trust.Signer, now time.Time) []model.Finding {
	var out []model.Finding
	add := func(id string, severity model.Severity, format string, args ...any) {
		out = append(out, model.Finding{ID: id, Severity: severity, Message: fmt.Sprintf(format, args...)})
	}
	if !s.Enabled {
		add("signer-disabled", model.SeverityInfo, "it is disabled and trusted for nothing")
	}
	if !s.Expires.IsZero() && !now.Before(s.Expires) {
		add("signer-expired", model.SeverityWarning, "it expired on %s and is trusted for nothing", s.Expires.UTC().Format(time.DateOnly))
	}
	if len(s.For) == 0 {
		add("signer-for-everything", model.SeverityInfo, "it is trusted for everything that it signs; narrow it with for, like [signature, sbom]")
	}
	if len(s.Images) == 0 {
		add("signer-of-every-image", model.SeverityInfo, "it is trusted for every image; narrow it with images, like [ghcr.io/org/**]")
	}
	if s.NoLog {
		add("signer-without-log", model.SeverityInfo, "its signatures need no transparency log entry, so that nobody else can notice a misuse of the key")
	}
	for _, p := range []struct{ what, value string }{{"issuer", s.IssuerPattern}, {"subject", s.SubjectPattern}} {
		if p.value != "" && !trust.Anchored(p.value) {
			add("unanchored-pattern", model.SeverityWarning,
				"the %s pattern %s matches anywhere in the text, so that others may match it too; put ^ and $ around it", p.what, p.value)
		}
	}
	return out
}

// Entry makes an entry of what is shown of one, checked like one from a file. The error names the entry and what is wrong
// with it.
func Entry(t model.TrustedSigner) (trust.Signer, error) {
	s := trust.Signer{
		Name: t.Name, Enabled: t.Enabled, KeyRef: t.KeyRef, NoLog: t.NoLog,
		SourceRepository: t.SourceRepository, SourceRepositoryID: t.SourceRepositoryID, Triggers: slices.Clone(t.Triggers),
		Root: t.Root, For: slices.Clone(t.For), Images: slices.Clone(t.Images), Mirrors: slices.Clone(t.Mirrors),
		RequireName: t.RequireName, ValidFrom: t.ValidFrom, ValidUntil: t.ValidUntil, Expires: t.Expires,
	}
	switch t.Kind {
	case model.SignerCertificate:
		s.Keyless = true
		switch {
		case t.Pattern && t.Anywhere:
			s.IssuerPattern, s.SubjectPattern = t.Issuer, t.Subject
		case t.Pattern:
			s.Issuer, s.SubjectRegexp = t.Issuer, t.Subject
		default:
			s.Issuer, s.Subject = t.Issuer, t.Subject
		}
	case model.SignerKey:
		key, err := trust.ParseKey(t.Name, []byte(t.KeyPEM))
		if err != nil {
			return trust.Signer{}, fmt.Errorf("trusted key %q: %w", t.Name, err)
		}
		if t.Fingerprint != "" && t.Fingerprint != key.Fingerprint {
			return trust.Signer{}, fmt.Errorf("trusted key %q: the key is another one than its fingerprint says", t.Name)
		}
		s.Key = &key
	case model.SignerX509:
		return trust.Signer{}, fmt.Errorf("trusted key %q: certificates of notation are trusted through a trust store", t.Name)
	default:
		return trust.Signer{}, fmt.Errorf("trusted key %q: it is neither an identity nor a key", t.Name)
	}
	signers, err := trust.NewSigners(s)
	if err != nil {
		return trust.Signer{}, err
	}
	return signers[0], nil
}
