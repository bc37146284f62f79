package verifier

import (
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"

	// Registers the entry type; without it sigstore-go cannot even read the entry.
	_ "github.com/sigstore/rekor/pkg/types/intoto/v0.0.1"
	"github.com/sigstore/sigstore-go/pkg/tlog"

	"github.com/attestree/attestree/model"
)

// byHand names the substitute that judges entries of kind intoto 0.0.1, which cosign made until 2023 and sigstore-go
// refuses. It judges the log entry alone; every other step is sigstore-go's.
const byHand = "attestree: log entry intoto 0.0.1; sigstore-go: all else"

// intotoBody is the body of an intoto 0.0.1 entry as far as it is compared (rekor, intoto_v0_0_1_schema.json).
type intotoBody struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Spec       struct {
		Content struct {
			Hash        entryHash `json:"hash"`
			PayloadHash entryHash `json:"payloadHash"`
		} `json:"content"`
		PublicKey []byte `json:"publicKey"`
	} `json:"spec"`
}

type entryHash struct {
	Algorithm string `json:"algorithm"`
	Value     string `json:"value"`
}

func (h entryHash) is(b []byte) bool {
	sum := sha256.Sum256(b)
	return h.Algorithm == "sha256" && h.Value == hex.EncodeToString(sum[:])
}

func readIntoto(entry *tlog.Entry) (intotoBody, bool) {
	var body intotoBody
	text, ok := entry.Body().(string)
	if !ok {
		return body, false
	}
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil || json.Unmarshal(raw, &body) != nil {
		return body, false
	}
	return body, body.Kind == "intoto" && body.APIVersion == "0.0.1"
}

func isIntoto001(entry *tlog.Entry) bool {
	_, is := readIntoto(entry)
	return is
}

// intoto001 judges an entry that names the hash of the whole envelope, the hash of its payload and the signer's
// certificate or key, under a signed entry timestamp.
func (j *judging) intoto001(entry *tlog.Entry) result {
	j.substitute = byHand
	body, _ := readIntoto(entry)
	switch {
	case j.s.whole == nil:
		return skip("", "intoto 0.0.1", "this old kind of entry names the hash of the stored envelope, which a bundle does not keep")
	case !entry.HasInclusionPromise():
		return skip("", "intoto 0.0.1", "entries of this old kind are judged by their signed entry timestamp, and there is none")
	case !body.Spec.Content.Hash.is(j.s.whole):
		return fail("", "an entry for another envelope", "the logged hash is not that of the stored envelope")
	case !body.Spec.Content.PayloadHash.is(j.s.payload()):
		return fail("", "an entry for another payload", "the logged payload hash is not that of this payload")
	case !j.madeWith(body.Spec.PublicKey):
		return fail("", "an entry by another signer", "the logged certificate or key is not the one that the signature was made with")
	}
	known := j.root.Material().RekorLogs()[hex.EncodeToString([]byte(entry.LogKeyID()))]
	if r := explainPromise(entry, known, j.root.Material()); r.status != model.CheckUnchecked {
		return r
	}
	return result{status: model.CheckPassed}
}

// madeWith reports whether the PEM block is the leaf certificate, or the key, of the signature.
func (j *judging) madeWith(text []byte) bool {
	logged := parsePublic(text)
	if j.s.leaf != nil {
		certificate, ok := logged.(*x509.Certificate)
		return ok && certificate.Equal(j.s.leaf)
	}
	return logged != nil && j.key != nil && samePublic(logged, j.key.Public())
}

// loggedPublic is the certificate or the key that an entry of any kind names, nil if it names none that can be read.
func loggedPublic(entry *tlog.Entry) crypto.PublicKey {
	if body, is := readIntoto(entry); is {
		return parsePublic(body.Spec.PublicKey)
	}
	return entry.PublicKey()
}

// parsePublic reads a certificate or a key in PEM; nil if it is neither.
func parsePublic(text []byte) crypto.PublicKey {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil
	}
	if certificate, err := x509.ParseCertificate(block.Bytes); err == nil {
		return certificate
	}
	if public, err := x509.ParsePKIXPublicKey(block.Bytes); err == nil {
		return public
	}
	return nil
}
