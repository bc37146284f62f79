package verifier

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// TestNobodyIsTrustedByATrick judges signatures whose every cryptographic step holds. What is wrong is who signed, for
// what, when or in whose name; none may be trusted.
func TestNobodyIsTrustedByATrick(t *testing.T) {
	i := newInstance(t)
	key := i.key(elliptic.P256())
	plain := i.leaf(key.Public(), false)
	const workflow = "https://github.com/shared/workflows/.github/workflows/build.yml@refs/tags/v1"
	reused := i.leaf(key.Public(), false, derText(t, 9, workflow), derText(t, 12, "https://github.com/mallory/fork"))
	risky := i.leaf(key.Public(), false, derText(t, 20, "pull_request_target"))
	signed := func(leaf *x509.Certificate) model.Evidence {
		ev := i.simple(key, leaf, signedOn)
		ev.Repository = "ghcr.io/acme/app"
		return ev
	}
	at := func(when time.Time) func(*Options) { return func(o *Options) { o.At = when } }
	for name, c := range map[string]struct {
		leaf   *x509.Certificate
		entry  func(*trust.Signer)
		option func(*Options)
		want   model.Verdict
		reason string
	}{
		"the very signer": {plain, nil, nil, model.Trusted, ""},
		"a reusable workflow that a stranger called":          {reused, nil, nil, model.Untrusted, "called by https://github.com/mallory/fork"},
		"a reusable workflow for another source":              {reused, func(s *trust.Signer) { s.SourceRepository = "https://github.com/acme/app" }, nil, model.Untrusted, "source repository is"},
		"a run that a stranger's pull request started":        {risky, nil, nil, model.Untrusted, "pull_request_target"},
		"a disabled signer":                                   {plain, func(s *trust.Signer) { s.Enabled = false }, alsoPin(t), model.Untrusted, "disabled"},
		"an expired signer":                                   {plain, func(s *trust.Signer) { s.Expires = judgedOn.Add(-time.Minute) }, nil, model.Untrusted, "expired"},
		"an expired signer, as of when it had not":            {plain, func(s *trust.Signer) { s.Expires = judgedOn.Add(-time.Minute) }, at(judgedOn.Add(-10 * time.Minute)), model.Untrusted, "expired"},
		"a disabled signer, as of another time":               {plain, func(s *trust.Signer) { s.Enabled = false }, inTurn(alsoPin(t), at(judgedOn.Add(-10*time.Minute))), model.Untrusted, "disabled"},
		"a signer who will have expired by then":              {plain, func(s *trust.Signer) { s.Expires = judgedOn.Add(time.Hour) }, at(judgedOn.Add(2 * time.Hour)), model.Untrusted, "expired"},
		"a signature later than the time to judge by":         {plain, nil, at(signedOn.Add(-time.Minute)), model.Invalid, "1m0s later than the time to judge by"},
		"another purpose's signer":                            {plain, func(s *trust.Signer) { s.For = []string{"sbom", "scai"} }, nil, model.Untrusted, "trusted for sbom, scai and not for signature"},
		"another image's signer":                              {plain, func(s *trust.Signer) { s.Images = []string{"ghcr.io/acme/other"} }, nil, model.Untrusted, "outside of its scope"},
		"an image whose name begins alike":                    {plain, func(s *trust.Signer) { s.Images = []string{"ghcr.io/acme/ap"} }, nil, model.Untrusted, "outside of its scope"},
		"a signature of before the signer was trusted":        {plain, func(s *trust.Signer) { s.ValidFrom = signedOn.Add(time.Minute) }, nil, model.Untrusted, "signed earlier"},
		"a signature of after the signer was trusted":         {plain, func(s *trust.Signer) { s.ValidUntil = signedOn.Add(-time.Minute) }, nil, model.Untrusted, "signed later"},
		"the same name from another issuer":                   {plain, func(s *trust.Signer) { s.Issuer = "https://other.example" }, nil, model.Untrusted, "from the issuer https://other.example and not https://issuer.example"},
		"a signer of another root":                            {plain, func(s *trust.Signer) { s.Root = trust.PublicGoodName }, nil, model.Untrusted, "another trusted root"},
		"a pattern that matches a part of the name":           {plain, func(s *trust.Signer) { s.Subject, s.SubjectRegexp = "", "ci.example" }, nil, model.Untrusted, "only a part"},
		"a signed name that is required, and none was signed": {plain, func(s *trust.Signer) { s.RequireName = true }, nil, model.Untrusted, "signed name"},
	} {
		t.Run(name, func(t *testing.T) {
			v := i.verifier(func(o *Options) {
				entry := trust.Signer{Name: "ci", Enabled: true, Keyless: true, Issuer: "https://issuer.example", Subject: "https://ci.example/run"}
				if c.entry != nil {
					c.entry(&entry)
				}
				o.Signers = signers(t, entry)
				if c.option != nil {
					c.option(o)
				}
			})
			r := v.Verify(t.Context(), signed(c.leaf))
			if r.Verdict != c.want || !strings.Contains(r.Reason, c.reason) {
				t.Errorf("%s: %q, want %s: %q", r.Verdict, r.Reason, c.want, c.reason)
			}
		})
	}
}

// alsoPin adds somebody else who is enabled, so that there is a list at all.
func alsoPin(t *testing.T) func(*Options) {
	return func(o *Options) {
		o.Signers = append(o.Signers, signers(t, trust.Signer{
			Name: "release", Enabled: true, Keyless: true, Issuer: "https://issuer.example", Subject: "https://release.example",
		})...)
	}
}

func inTurn(first, second func(*Options)) func(*Options) {
	return func(o *Options) { first(o); second(o) }
}

func TestAnUnanchoredPatternIsBelievedAsCosignDoesAndTold(t *testing.T) {
	i := newInstance(t)
	key := i.key(elliptic.P256())
	v := i.verifier(func(o *Options) {
		o.Signers = signers(t, trust.Signer{
			Name: "--certificate-identity", Enabled: true, Keyless: true, IssuerPattern: "^https://issuer.example$", SubjectPattern: "https://ci.example/",
		})
	})
	r := v.Verify(t.Context(), i.simple(key, i.leaf(key.Public(), false), signedOn))
	if r.Verdict != model.Trusted || !hasFinding(r, "unanchored-pattern") {
		t.Errorf("%s: %s; findings %v", r.Verdict, r.Reason, r.Findings)
	}
}

func TestHintsMakeNobodyTrusted(t *testing.T) {
	i := newInstance(t)
	s := i.stamper()
	listed, stranger := i.key(elliptic.P256()), i.key(elliptic.P256())
	pinned, err := trust.NewKey("release", listed.Public())
	if err != nil {
		t.Fatal(err)
	}
	v := s.verifier(func(o *Options) {
		o.Signers = signers(t, trust.Signer{Name: "release", Enabled: true, Key: &pinned, NoLog: true})
	})
	sign := func(k *ecdsa.PrivateKey) string {
		content, _ := s.enveloped(func(message []byte) []byte { return sign(t, k, message) })
		return string(s.bundle(nil, content).Blob)
	}
	for name, c := range map[string]struct {
		document string
		want     model.Verdict
	}{
		"the key's own hint on a stranger's signature": {strings.Replace(sign(stranger), `"hint":""`, `"hint":"`+pinned.Fingerprint+`"`, 1), model.Invalid},
		"no hint on a stranger's signature":            {sign(stranger), model.Unverifiable},
		"a hostile hint on the key's own signature":    {strings.Replace(sign(listed), `"hint":""`, `"hint":"../../\u001b[2J"`, 1), model.Trusted},
		"the key's keyid in a stranger's envelope":     {strings.Replace(sign(stranger), `"sig"`, `"keyid":"`+pinned.Fingerprint+`","sig"`, 1), model.Unverifiable},
	} {
		t.Run(name, func(t *testing.T) {
			r := v.Verify(t.Context(), i.layer(model.FormatBundle, c.document, nil))
			if r.Verdict != c.want {
				t.Errorf("%s: %s", r.Verdict, r.Reason)
			}
			if r.Verdict != model.Trusted && r.Signer != nil {
				t.Errorf("signer %+v", r.Signer)
			}
		})
	}
}

func TestWithAnotherTimeNothingUnprovenIsAccepted(t *testing.T) {
	i := newInstance(t)
	s := i.stamper()
	k, pinned := i.pinned()
	content, sig := s.enveloped(func(message []byte) []byte { return sign(t, k, message) })
	judge := func(ev model.Evidence, at time.Time) model.Report {
		return s.verifier(func(o *Options) {
			o.At, o.Signers = at, signers(t, trust.Signer{Name: "release", Enabled: true, Key: &pinned, NoLog: true})
		}).Verify(t.Context(), ev)
	}
	bare, stamped := s.bundle(nil, content), s.bundle(nil, content, s.stamp(sig, signedOn))
	for name, c := range map[string]struct {
		ev   model.Evidence
		at   time.Time
		want model.Verdict
	}{
		"now, without a time":                    {bare, time.Time{}, model.Trusted},
		"as of a time, without one":              {bare, judgedOn.Add(-time.Minute), model.Unverifiable},
		"as of a time after the attested one":    {stamped, signedOn.Add(time.Minute), model.Trusted},
		"as of a time before the attested one":   {stamped, signedOn.Add(-time.Minute), model.Invalid},
		"as of the very moment of the timestamp": {stamped, signedOn, model.Trusted},
	} {
		t.Run(name, func(t *testing.T) {
			r := judge(c.ev, c.at)
			if r.Verdict != c.want || c.want != model.Trusted && deciding(r) != model.CheckTimestamp {
				t.Errorf("%s at %s: %s", r.Verdict, deciding(r), r.Reason)
			}
		})
	}
}

func TestAClockThatIsBehindIsTold(t *testing.T) {
	i := newInstance(t)
	key := i.key(elliptic.P256())
	v := i.verifier(func(o *Options) { o.Now = func() time.Time { return signedOn.Add(-72 * time.Hour) } })
	r := v.Verify(t.Context(), i.simple(key, i.leaf(key.Public(), false), signedOn))
	if r.Verdict != model.Trusted || !hasFinding(r, "clock-skew") {
		t.Errorf("%s: %s; findings %v", r.Verdict, r.Reason, r.Findings)
	}
	for _, f := range r.Findings {
		if f.ID == "clock-skew" && !strings.Contains(f.Message, "3 days in the future") {
			t.Errorf("finding %q", f.Message)
		}
	}
}
