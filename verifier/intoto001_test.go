package verifier

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// keyedStatement is an .att layer signed with a key, with an entry of kind intoto 0.0.1 whose parts can be changed before
// the log signs it: a log takes whatever it is given.
func (i *instance) keyedStatement(k *ecdsa.PrivateKey, at time.Time, change func(body string) string) model.Evidence {
	i.tb.Helper()
	payload := statementOf(`{"sha256":"` + image.Hex() + `"}`)
	envelope := i.json(map[string]any{
		"payloadType": inToto, "payload": []byte(payload),
		"signatures": []any{map[string]any{"sig": sign(i.tb, k, pae(inToto, []byte(payload)))}},
	})
	der, err := x509.MarshalPKIXPublicKey(k.Public())
	if err != nil {
		i.tb.Fatal(err)
	}
	public := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	body := fmt.Sprintf(`{"apiVersion":"0.0.1","kind":"intoto","spec":{"content":{"hash":{"algorithm":"sha256","value":%q},"payloadHash":{"algorithm":"sha256","value":%q}},"publicKey":%q}}`,
		hexSum(envelope), hexSum([]byte(payload)), base64.StdEncoding.EncodeToString(public))
	return i.layer(model.FormatDSSE, string(envelope), map[string]string{annotationBundle: i.set(change(body), at)})
}

func TestEntriesOfKindIntoto001AreJudgedByHandForKeysToo(t *testing.T) {
	i := newInstance(t)
	key, other := i.key(elliptic.P256()), i.key(elliptic.P256())
	public, err := trust.NewKey("release", key.Public())
	if err != nil {
		t.Fatal(err)
	}
	listed := func(o *Options) { o.Signers = signers(t, trust.Signer{Name: "release", Enabled: true, Key: &public}) }
	same := func(body string) string { return body }
	good := i.keyedStatement(key, signedOn, same)
	requireGood(t, i.verifier(listed), good)
	if r := i.verifier(listed).Verify(t.Context(), good); r.VerifiedBy != byHand || !r.SignedAt.Equal(signedOn) {
		t.Errorf("verified by %q, signed at %s", r.VerifiedBy, r.SignedAt)
	}
	payloadHash := hexSum([]byte(statementOf(`{"sha256":"` + image.Hex() + `"}`)))
	logged := func(from, to string) model.Evidence {
		return i.keyedStatement(key, signedOn, func(body string) string {
			changed := strings.Replace(body, from, to, 1)
			if changed == body {
				t.Fatalf("%q is not in the entry", from)
			}
			return changed
		})
	}
	for name, c := range map[string]struct {
		ev   model.Evidence
		want model.CheckID
	}{
		"an entry for another payload":         {logged(payloadHash, hexSum([]byte("other"))), model.CheckLog},
		"an entry for another envelope":        {logged(`"hash":{"algorithm":"sha256","value":"`, `"hash":{"algorithm":"sha256","value":"0`), model.CheckLog},
		"an entry with a hash of another kind": {logged(`"algorithm":"sha256"`, `"algorithm":"sha1"`), model.CheckLog},
		"an entry by another key":              {logged(`"publicKey":"`, `"publicKey":"`+base64.StdEncoding.EncodeToString([]byte("other"))+`","was":"`), model.CheckLog},
		"an entry of another kind's version":   {logged(`"apiVersion":"0.0.1"`, `"apiVersion":"0.0.3"`), model.CheckLog},
		"an entry from before the log's key":   {i.keyedStatement(key, i.start.Add(-time.Hour), same), model.CheckLog},
		"signed by another key":                {i.keyedStatement(other, signedOn, same), model.CheckSignature},
		"about another image":                  {withSubject(good, model.DigestOf([]byte("another"))), model.CheckSubject},
	} {
		t.Run(name, func(t *testing.T) {
			r := i.verifier(listed).Verify(t.Context(), c.ev)
			if r.Verdict == model.Trusted || r.Verdict == model.Valid {
				t.Fatalf("verdict %s", r.Verdict)
			}
			if c.want == model.CheckSignature {
				// The entry shows whose key it is: known, and nobody listed it.
				if r.Verdict != model.Untrusted {
					t.Errorf("%s: %s", r.Verdict, r.Reason)
				}
				return
			}
			requireCaught(t, i.verifier(listed), c.ev, c.want)
		})
	}
}

func withSubject(ev model.Evidence, d model.Digest) model.Evidence {
	ev.Subject = d
	return ev
}
