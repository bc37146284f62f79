package verifier

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// keyed is a .sig layer that is signed with a key; its log entry names that key. Without a log it has none.
func (i *instance) keyed(k *ecdsa.PrivateKey, logged bool) model.Evidence {
	i.tb.Helper()
	payload := fmt.Sprintf(`{"critical":{"identity":{"docker-reference":""},"image":{"docker-manifest-digest":%q},"type":"cosign container image signature"},"optional":null}`, image)
	sig := base64.StdEncoding.EncodeToString(sign(i.tb, k, []byte(payload)))
	annotations := map[string]string{annotationSignature: sig}
	if logged {
		der, err := x509.MarshalPKIXPublicKey(k.Public())
		if err != nil {
			i.tb.Fatal(err)
		}
		public := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
		annotations[annotationBundle] = i.set(fmt.Sprintf(`{"apiVersion":"0.0.1","kind":"hashedrekord","spec":{"data":{"hash":{"algorithm":"sha256","value":%q}},"signature":{"content":%q,"publicKey":{"content":%q}}}}`,
			hexSum([]byte(payload)), sig, base64.StdEncoding.EncodeToString(public)), signedOn)
	}
	ev := i.layer(model.FormatSimpleSigning, payload, annotations)
	ev.Repository = "ghcr.io/acme/app"
	return ev
}

// TestAKeyThatIsListedTwiceIsTrustedByTheEntryThatHoldsForIt judges signatures by a key that two entries hold. What one
// of them demands is not made up for by the other, which does not vouch for this signature.
func TestAKeyThatIsListedTwiceIsTrustedByTheEntryThatHoldsForIt(t *testing.T) {
	i := newInstance(t)
	k := i.key(elliptic.P256())
	bare, err := trust.NewKey("release", k.Public())
	if err != nil {
		t.Fatal(err)
	}
	bounded := func(from, until time.Time) *trust.Key {
		c := bare
		c.NotBefore, c.NotAfter = from, until
		return &c
	}
	over := bounded(signedOn.Add(-48*time.Hour), signedOn.Add(-24*time.Hour))
	holds := bounded(signedOn.Add(-48*time.Hour), signedOn.Add(24*time.Hour))
	type change = func(*trust.Signer)
	with := func(key *trust.Key, changes ...change) trust.Signer {
		s := trust.Signer{Name: "release", Enabled: true, Key: key}
		for _, c := range changes {
			c(&s)
		}
		return s
	}
	noLog := func(s *trust.Signer) { s.NoLog = true }
	elsewhere := func(s *trust.Signer) { s.Images = []string{"registry.internal/**"} }
	disabled := func(s *trust.Signer) { s.Enabled = false }
	forSBOM := func(s *trust.Signer) { s.For = []string{"sbom"} }
	expired := func(s *trust.Signer) { s.Expires = judgedOn.Add(-time.Hour) }
	for name, c := range map[string]struct {
		logged  bool
		entries []trust.Signer
		want    model.Verdict
	}{
		"a log is required, and there is none":                                    {false, []trust.Signer{with(&bare)}, model.Unverifiable},
		"no log is required of it":                                                {false, []trust.Signer{with(&bare, noLog)}, model.Trusted},
		"no log is required of it elsewhere only":                                 {false, []trust.Signer{with(&bare, noLog, elsewhere), with(&bare)}, model.Unverifiable},
		"no log is required of it for SBOMs only":                                 {false, []trust.Signer{with(&bare), with(&bare, noLog, forSBOM)}, model.Unverifiable},
		"no log was required of it until that entry expired":                      {false, []trust.Signer{with(&bare, noLog, expired), with(&bare)}, model.Unverifiable},
		"no log is required of it here, one is elsewhere":                         {false, []trust.Signer{with(&bare, elsewhere), with(&bare, noLog)}, model.Trusted},
		"no log is required of it elsewhere, and there is one":                    {true, []trust.Signer{with(&bare, noLog, elsewhere), with(&bare)}, model.Trusted},
		"its certificate was over when it signed":                                 {true, []trust.Signer{with(over)}, model.Invalid},
		"its certificate was over, and the bare key is disabled":                  {true, []trust.Signer{with(&bare, disabled), with(over)}, model.Invalid},
		"its certificate was over, and the bare key is trusted elsewhere":         {true, []trust.Signer{with(&bare, elsewhere), with(over)}, model.Invalid},
		"its certificate was over, and the bare key is trusted":                   {true, []trust.Signer{with(over), with(&bare)}, model.Trusted},
		"its certificate was over, and was renewed with the same key":             {true, []trust.Signer{with(over), with(holds)}, model.Trusted},
		"its certificate was renewed, and the renewed one is trusted elsewhere":   {true, []trust.Signer{with(holds, elsewhere), with(over)}, model.Invalid},
		"it is known from a disabled entry alone":                                 {true, []trust.Signer{with(&bare, disabled)}, model.Untrusted},
		"it is known from a disabled entry alone, and no log is required of that": {false, []trust.Signer{with(&bare, disabled, noLog)}, model.Unverifiable},
		"it is trusted elsewhere only":                                            {true, []trust.Signer{with(&bare, elsewhere)}, model.Untrusted},
	} {
		t.Run(name, func(t *testing.T) {
			v := i.verifier(func(o *Options) {
				o.Signers = nil
				for n, e := range c.entries {
					e.Name = fmt.Sprintf("release %d", n)
					o.Signers = append(o.Signers, signers(t, e)...)
				}
			})
			if r := v.Verify(t.Context(), i.keyed(k, c.logged)); r.Verdict != c.want {
				t.Errorf("%s by %s: %s", r.Verdict, deciding(r), r.Reason)
			}
		})
	}
}
