package verifier

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/notaryproject/notation-core-go/signature"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/notation"
)

// real are the two signatures that notation made, with a store that has their self-signed certificate.
const (
	realJWS  = "notation jws (default: force referrers tag)"
	realCOSE = "notation cose"
)

func realTrust(tb testing.TB, identities string) notation.Trust {
	tb.Helper()
	store, err := notation.ReadStore(os.DirFS("testdata/notation"))
	if err != nil {
		tb.Fatal(err)
	}
	policy, err := notation.ParsePolicy([]byte(trustPolicy(`"ca:fixtures"`, identities, `"level":"strict"`)))
	if err != nil {
		tb.Fatal(err)
	}
	return notation.Trust{Store: store, Policy: policy}
}

func TestSignaturesByNotationItselfAreTrustedUnderItsTrustStore(t *testing.T) {
	for _, name := range []string{realJWS, realCOSE} {
		for _, identities := range []string{`"*"`, `"x509.subject:C=US,ST=WA,O=Notary,CN=attest-explorer.test"`} {
			r := notationVerifier(t, realTrust(t, identities)).Verify(t.Context(), named(t, name))
			if r.Verdict != model.Trusted || r.Signer == nil || r.Signer.Name == "" || r.Claimed != nil {
				t.Errorf("%s, %s: %s (%s)", name, identities, r.Verdict, r.Reason)
			}
			if r.VerifiedBy != notationStore || !r.SignedAt.IsZero() {
				t.Errorf("%s: verified by %q, signed at %s", name, r.VerifiedBy, r.SignedAt)
			}
		}
		r := notationVerifier(t, realTrust(t, `"x509.subject:C=US,ST=WA,O=Notary,CN=somebody"`)).Verify(t.Context(), named(t, name))
		if r.Verdict != model.Untrusted || deciding(r) != model.CheckSigner {
			t.Errorf("%s, by nobody who is named: %s by %s", name, r.Verdict, deciding(r))
		}
		later := notationVerifier(t, realTrust(t, `"*"`), func(o *Options) { o.Now = func() time.Time { return judgedOn.AddDate(0, 0, 7) } })
		r = later.Verify(t.Context(), named(t, name))
		if r.Verdict != model.Unverifiable || deciding(r) != model.CheckCertificate || !strings.Contains(r.Reason, "expired") {
			t.Errorf("%s, when its certificate has expired: %s (%s)", name, r.Verdict, r.Reason)
		}
	}
}

// inBothFormats judges a signature of each format.
func inBothFormats(t *testing.T, n *notary, v *Verifier, verdict model.Verdict, check model.CheckID, change ...func(*signature.SignRequest)) map[model.Format]model.Report {
	t.Helper()
	reports := map[model.Format]model.Report{}
	for format := range notationFormats {
		r := v.Verify(t.Context(), n.sign(format, change...))
		reports[format] = r
		if r.Verdict != verdict || deciding(r) != check {
			t.Errorf("%s: %s by %q (%s), want %s by %q", format, r.Verdict, deciding(r), r.Reason, verdict, check)
		}
		if good := r.Verdict == model.Trusted || r.Verdict == model.Valid; good != (r.Reason == "") {
			t.Errorf("%s: verdict %s with reason %q", format, r.Verdict, r.Reason)
		}
		for _, c := range r.Checks {
			if c.Status == model.CheckUnchecked || c.Proves == "" || c.Spec == "" {
				t.Errorf("%s: check %s is incomplete: %+v", format, c.ID, c)
			}
		}
	}
	return reports
}

func TestWhomTheTrustStoreKnowsDecides(t *testing.T) {
	n := newNotary(t, long)
	stranger := newNotary(t, long)
	stranger.root = stranger.issue("elsewhere", long, nil, true)
	acme := map[string]certified{"ca/acme": n.root}
	strict := `"level":"strict"`
	pinned := func(o *Options) { o.Signers = testSigners(t) }
	for name, c := range map[string]struct {
		trust   notation.Trust
		verdict model.Verdict
		check   model.CheckID
		options []func(*Options)
	}{
		"no store":                                 {notation.Trust{}, model.Unverifiable, model.CheckCertificate, nil},
		"its authority, nobody named":              {n.trust("", acme), model.Valid, "", nil},
		"an intermediate authority":                {n.trust("", map[string]certified{"ca/acme": n.middle}), model.Valid, "", nil},
		"its authority, by name":                   {n.trust(trustPolicy(`"ca:acme"`, namedIdentity("images"), strict), acme), model.Trusted, "", nil},
		"its authority, everybody":                 {n.trust(trustPolicy(`"ca:acme"`, `"*"`, strict), acme), model.Valid, "", nil},
		"its authority, somebody else":             {n.trust(trustPolicy(`"ca:acme"`, namedIdentity("x"), strict), acme), model.Untrusted, model.CheckSigner, nil},
		"its authority, and others pinned":         {n.trust("", acme), model.Untrusted, model.CheckSigner, []func(*Options){pinned}},
		"by name, and others pinned":               {n.trust(trustPolicy(`"ca:acme"`, namedIdentity("images"), strict), acme), model.Trusted, "", []func(*Options){pinned}},
		"somebody else's store":                    {n.trust("", map[string]certified{"ca/other": stranger.root}), model.Unverifiable, model.CheckCertificate, nil},
		"an authority of the same name":            {n.trust("", map[string]certified{"ca/acme": newNotary(t, long).root}), model.Unverifiable, model.CheckCertificate, nil},
		"a store for another scheme":               {n.trust("", map[string]certified{"signingAuthority/acme": n.root}), model.Unverifiable, model.CheckCertificate, nil},
		"a store for timestamps":                   {n.trust("", map[string]certified{"tsa/acme": n.root}), model.Unverifiable, model.CheckCertificate, nil},
		"a store that the policy does not name":    {n.trust(trustPolicy(`"ca:other"`, `"*"`, strict), map[string]certified{"ca/acme": n.root, "ca/other": stranger.root}), model.Unverifiable, model.CheckCertificate, nil},
		"a policy about another image":             {n.trust(strings.Replace(trustPolicy(`"ca:acme"`, `"*"`, strict), `"*"`, `"registry.example/other"`, 1), acme), model.Unverifiable, model.CheckCertificate, nil},
		"a policy that skips":                      {n.trust(strings.NewReplacer(`"ca:acme"`, "", `"*"]}]`, `]}]`).Replace(trustPolicy(`"ca:acme"`, `"*"`, `"level":"skip"`)), acme), model.Unverifiable, model.CheckCertificate, nil},
		"a policy that only audits, somebody else": {n.trust(trustPolicy(`"ca:acme"`, namedIdentity("x"), `"level":"audit"`), acme), model.Untrusted, model.CheckSigner, nil},
		"a timestamp is demanded and absent":       {n.trust(trustPolicy(`"ca:acme","tsa:clock"`, `"*"`, strict), map[string]certified{"ca/acme": n.root, "tsa/clock": n.clockRoot}), model.Unverifiable, model.CheckTimestamp, nil},
	} {
		t.Run(name, func(t *testing.T) {
			inBothFormats(t, n, notationVerifier(t, c.trust, c.options...), c.verdict, c.check)
		})
	}
}

func TestAnAuthorityOfTheSameNameWithoutKeyIdentifiersIsAnImpostor(t *testing.T) {
	ev := named(t, realJWS)
	n := newNotary(t, long)
	// The certificate that notation made has no key identifiers, so its name alone says whose it is.
	real := realTrust(t, `"*"`)
	rule, _, _ := real.For("")
	impostor := n.issueAs(rule.CA[0].Certificate)
	v := notationVerifier(t, n.trust("", map[string]certified{"ca/fixtures": impostor}), func(o *Options) { o.Now = func() time.Time { return judgedOn } })
	r := v.Verify(t.Context(), ev)
	if r.Verdict != model.Invalid || deciding(r) != model.CheckCertificate {
		t.Errorf("%s by %s (%s)", r.Verdict, deciding(r), r.Reason)
	}
}

func TestATimestampProvesWhenAnExpiredCertificateSigned(t *testing.T) {
	n := newNotary(t, brief)
	v := notationVerifier(t, n.whole())
	inBothFormats(t, n, v, model.Unverifiable, model.CheckCertificate)
	n.stamped = true
	for format, r := range inBothFormats(t, n, v, model.Trusted, "") {
		if !r.SignedAt.Equal(n.stampedOn.Add(-time.Second)) || !r.Timestamps[len(r.Timestamps)-1].Verified {
			t.Errorf("%s: signed at %s, timestamps %+v", format, r.SignedAt, r.Timestamps)
		}
	}
	inBothFormats(t, n, notationVerifier(t, n.whole(), func(o *Options) { o.At = n.stampedOn.AddDate(0, 0, -1) }), model.Invalid, model.CheckTimestamp)

	unknown := newNotary(t, brief)
	unknown.clockRoot = unknown.issue("another clock", long, nil, true)
	other := n.trust(trustPolicy(`"ca:acme","tsa:clock"`, namedIdentity("images"), `"level":"strict"`),
		map[string]certified{"ca/acme": n.root, "tsa/clock": unknown.clockRoot})
	inBothFormats(t, n, notationVerifier(t, other), model.Unverifiable, model.CheckCertificate)

	n.stampedOn = brief[1].Add(time.Hour)
	inBothFormats(t, n, v, model.Invalid, model.CheckCertificate)
}

func TestASigningAuthoritySaysWhenItSigned(t *testing.T) {
	n := newNotary(t, brief)
	n.scheme = signature.SigningSchemeX509SigningAuthority
	policy := trustPolicy(`"signingAuthority:big"`, namedIdentity("images"), `"level":"strict"`)
	v := notationVerifier(t, n.trust(policy, map[string]certified{"signingAuthority/big": n.root}))
	for format, r := range inBothFormats(t, n, v, model.Trusted, "") {
		if !r.SignedAt.Equal(n.signedOn) {
			t.Errorf("%s: signed at %s", format, r.SignedAt)
		}
	}
	for format, r := range inBothFormats(t, n, notationVerifier(t, n.trust("", map[string]certified{"ca/big": n.root})), model.Unverifiable, model.CheckCertificate) {
		if !r.SignedAt.IsZero() || r.Timestamps[0].Verified || r.Check(model.CheckTimestamp).Status == model.CheckPassed {
			t.Errorf("%s: an authority that nobody trusts says %s, and is believed", format, r.SignedAt)
		}
	}
	inBothFormats(t, n, notationVerifier(t, n.trust(policy, map[string]certified{"signingAuthority/big": n.root}), func(o *Options) {
		o.At = n.signedOn.Add(-time.Hour)
	}), model.Invalid, model.CheckTimestamp)
}

func TestWhatASignatureDemandsAndLimitsIsHeld(t *testing.T) {
	n := newNotary(t, long)
	v := notationVerifier(t, n.trust("", map[string]certified{"ca/acme": n.root}))
	n.until = judgedOn.Add(time.Minute)
	inBothFormats(t, n, v, model.Valid, "")
	n.until = judgedOn
	inBothFormats(t, n, v, model.Invalid, model.CheckExpiry)
	n.until = time.Time{}
	critical := func(key string) func(*signature.SignRequest) {
		return func(r *signature.SignRequest) {
			r.ExtendedSignedAttributes = []signature.Attribute{{Key: key, Critical: true, Value: "x"}}
		}
	}
	inBothFormats(t, n, v, model.Unverifiable, model.CheckEnvelope, critical("io.cncf.notary.verificationPlugin"))
	inBothFormats(t, n, v, model.Unverifiable, model.CheckEnvelope, critical("com.example.unheard-of"))
	inBothFormats(t, n, v, model.Unverifiable, model.CheckEnvelope, func(r *signature.SignRequest) { r.Payload.ContentType = "application/json" })
}

func TestACertificateThatTheLibraryTakesAndRFC5280DoesNotIsRefused(t *testing.T) {
	usage, err := asn1.Marshal([]asn1.ObjectIdentifier{{1, 2, 3}})
	if err != nil {
		t.Fatal(err)
	}
	for name, extension := range map[string]pkix.Extension{
		"a critical extension that nobody knows": {Id: asn1.ObjectIdentifier{1, 2, 3}, Critical: true, Value: usage},
		"a usage other than signing code":        {Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Value: usage},
	} {
		t.Run(name, func(t *testing.T) {
			n := newNotary(t, long)
			v := notationVerifier(t, n.trust("", map[string]certified{"ca/acme": n.root}))
			inBothFormats(t, n, v, model.Valid, "")
			n.leaf = n.issue("images", long, &n.middle, false, extension)
			inBothFormats(t, n, v, model.Invalid, model.CheckCertificate)
		})
	}
}
