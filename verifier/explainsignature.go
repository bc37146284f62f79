package verifier

import (
	"bytes"
	"crypto/x509"
	"encoding/hex"

	"github.com/sigstore/sigstore/pkg/signature"
	"github.com/sigstore/sigstore/pkg/signature/options"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// explainSignature finds out why a signature is not by its certificate's key.
func (j *judging) explainSignature(expected string, verifiers []signature.Verifier) result {
	const not = "the signature is not by that key over these bytes"
	if d := j.signedDigest(verifiers); d != "" {
		return fail("a signature over the digest that the bundle names", "a signature over "+string(d),
			"the signature is over what it should be about, but the bundle names another digest: its messageDigest was changed or is wrong")
	}
	if k, err := trust.NewKey("", j.s.leaf.PublicKey); err == nil {
		if r := j.foreignKeyID(k); r.detail != "" {
			return r
		}
	}
	for _, k := range j.v.signers.Keys() {
		if j.signedByKey(k) {
			return fail(expected, "a signature by the key "+k.Name, "it is signed with the known key "+k.Name+
				" ("+k.Fingerprint+") and not with the certificate's: the certificate belongs to something else")
		}
	}
	return fail(expected, not, "the payload, the signature or the certificate was changed after signing, or they do not belong together")
}

// signedDigest is the subject's digest if a message signature is over that one, though it says that it is over another.
func (j *judging) signedDigest(verifiers []signature.Verifier) model.Digest {
	m := j.s.content.MessageSignatureContent()
	if m == nil {
		return ""
	}
	for _, d := range append([]model.Digest{j.ev.Subject}, j.ev.Also...) {
		sum, err := hex.DecodeString(d.Hex())
		if err != nil || len(sum) == 0 {
			continue
		}
		for _, v := range verifiers {
			if v.VerifySignature(bytes.NewReader(m.Signature()), bytes.NewReader(nil), options.WithDigest(sum)) == nil {
				return d
			}
		}
	}
	return ""
}

// foreignKeyID is the answer to an envelope that the key did sign, but whose keyid is not this key's in the form that
// sigstore-go knows: nothing was changed, and it is refused all the same. Its detail is "" where that is not so.
func (j *judging) foreignKeyID(k trust.Key) result {
	envelope := j.s.bundle.GetDsseEnvelope()
	if len(envelope.GetSignatures()) != 1 || envelope.GetSignatures()[0].GetKeyid() == "" ||
		!k.Verifies(pae(envelope.GetPayloadType(), envelope.GetPayload()), envelope.GetSignatures()[0].GetSig()) {
		return result{}
	}
	return fail("no keyid, or that of the key that signed", "keyid "+trust.HintText(envelope.GetSignatures()[0].GetKeyid()),
		"the signature is by the key "+k.Fingerprint+" over these bytes, but the envelope's keyid is not what Sigstore's libraries call that key: they refuse such a bundle, and so do the programs that use them")
}

// byLoggedCertificate is the answer to a signature without certificate whose log entry names the certificate that it was
// made with; its detail is "" where there is none.
func (j *judging) byLoggedCertificate() result {
	for _, entry := range j.s.entries {
		leaf, ok := loggedPublic(entry).(*x509.Certificate)
		if !ok || !j.root.HasLog([]byte(entry.LogKeyID())) {
			continue
		}
		k, err := trust.NewKey("", leaf.PublicKey)
		if err == nil && j.signedByKey(k) {
			return skip("a signature by a known key", "one by a certificate of "+subjectName(leaf),
				"it was signed with a certificate that is not attached, of "+subjectName(leaf)+" by its log entry: without the certificate nobody can say who signed")
		}
	}
	return result{}
}
