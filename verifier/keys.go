package verifier

import (
	"crypto"
	"crypto/x509"
	"fmt"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// judgeKey runs the steps of a signature by a key: by one that is known, or else by one that the log entry embeds.
func (j *judging) judgeKey() {
	for _, id := range []model.CheckID{model.CheckCertificate, model.CheckSCT} {
		j.set(id, skip("", "", "it carries no certificate, so it is checked with keys"))
	}
	j.at(model.CheckLog).Required = !j.v.noLog
	known := j.v.signers.Keys()
	for i := range known {
		if j.signedByKey(known[i]) {
			j.use(known[i])
			j.listed = j.v.signers.ForKey(known[i])
			j.set(model.CheckSignature, pass("a signature by a known key", known[i].Name+", "+known[i].Fingerprint, ""))
			j.keyEvidence()
			return
		}
	}
	if j.byPackageRegistry() {
		return
	}
	j.set(model.CheckSignature, j.byUnknownKey(known))
	if j.key != nil {
		j.keyEvidence()
	}
}

// signedByKey reports whether the signature is by the key. An envelope is tried by our own means first: there may be many
// keys, and sigstore-go copies the payload several times for each.
func (j *judging) signedByKey(k trust.Key) bool {
	if payload := j.s.payload(); payload != nil {
		if j.s.pae == nil {
			j.s.pae = pae(j.s.bundle.GetDsseEnvelope().GetPayloadType(), payload)
		}
		if !k.Verifies(j.s.pae, j.s.content.Signature()) {
			return false
		}
	}
	return j.signedBy(k.Verifier())
}

// use fixes the key that later steps judge with.
func (j *judging) use(k trust.Key) {
	j.key = &k
	j.material = withKey{TrustedMaterial: j.root.Material(), verifier: k.Verifier(), start: k.NotBefore, end: k.NotAfter}
}

// keyEvidence judges log and timestamps of a signature that is by j.key.
func (j *judging) keyEvidence() {
	j.set(model.CheckLog, j.log())
	if !j.v.at.IsZero() {
		j.require(model.CheckTimestamp) // what may have been made later is not accepted as of an earlier time
	}
	j.set(model.CheckTimestamp, j.timestamp())
	j.logWindow()
	switch {
	case j.embedded:
		// Nothing but the entry says whose key this is, so it has to be right.
		j.require(model.CheckLog)
	case len(j.listed) > 0:
		j.byEntry()
	}
	if !j.at(model.CheckLog).Required && j.failed(model.CheckLog) {
		j.warn("log-entry-wrong", "no log entry is required of this key, but the one that is there is wrong: "+j.at(model.CheckLog).Detail)
	}
	j.keyValidity()
}

// keyValidity holds proven times against the validity of a key that came in a certificate.
func (j *judging) keyValidity() {
	if j.key.NotBefore.IsZero() && j.key.NotAfter.IsZero() {
		return
	}
	j.require(model.CheckTimestamp)
	if len(j.times) == 0 && j.at(model.CheckTimestamp).Status == model.CheckSkipped {
		j.at(model.CheckTimestamp).Detail += ", so it cannot be said whether the key's certificate was valid then; give the bare public key to trust it at any time"
	}
	for _, t := range j.times {
		if outside(t, j.key.NotBefore, j.key.NotAfter) {
			j.set(model.CheckTimestamp, fail("within "+span(j.key.NotBefore, j.key.NotAfter), when(t), "the signature was made while "+j.notInForce()+": "+howFar(t, j.key.NotBefore, j.key.NotAfter)))
			return
		}
	}
}

// byUnknownKey is the answer to a signature that no known key verifies. A log entry that embeds the key shows who
// signed, though nobody vouches for them; j.key is set then.
func (j *judging) byUnknownKey(known []trust.Key) result {
	const expected = "a signature by a known key"
	logged := j.loggedKey()
	for _, k := range known {
		if r := j.foreignKeyID(k); r.detail != "" {
			return r
		}
		if k.Hinted(j.s.hint) || logged != nil && logged.Equal(k) {
			return fail(expected, "not by "+k.Name, fmt.Sprintf(
				"the signature names the key %s (%s), but is not by it over these bytes: payload or signature was changed", k.Name, k.Fingerprint))
		}
	}
	if logged != nil && j.signedByKey(*logged) {
		j.use(*logged)
		j.embedded = true
		return pass("a signature by the key in its log entry", logged.Fingerprint, "the key is the one that the log entry names; nobody listed it")
	}
	if r := j.byLoggedCertificate(); r.detail != "" {
		return r
	}
	if j.ev.Node.Package != nil {
		return skip("a signature by a known key of the registry", j.named(), j.strangeRegistry())
	}
	return j.byNobodyKnown(known)
}

// byNobodyKnown is the answer where nothing tells whose key it is, but for the name that the bytes give it.
func (j *judging) byNobodyKnown(known []trust.Key) result {
	const expected = "a signature by a known key"
	hint := trust.HintText(j.s.hint)
	switch {
	case len(known) == 0 && hint == "":
		return skip(expected, "no key is at hand", "it carries no certificate, so it is checked with keys: give the public key with --key")
	case len(known) == 0:
		return skip(expected, "no key is at hand", "it carries no certificate and says that it is by the key "+hint+": if you know whose that is, give the public key with --key")
	}
	actual := fmt.Sprintf("by none of the keys at hand (%d)", len(known))
	if hint == "" {
		return skip(expected, actual, "it is signed with another key, or payload or signature was changed: give the right public key with --key")
	}
	return skip(expected, actual, "it says that it is by the key "+hint+", which is none of those at hand: if you know whose that is, give the public key with --key")
}

// loggedKey is the key that a log entry of a known log embeds; whether the log has that entry is not proven yet.
func (j *judging) loggedKey() *trust.Key {
	for _, entry := range j.s.entries {
		if !j.root.HasLog([]byte(entry.LogKeyID())) {
			continue
		}
		public := loggedPublic(entry)
		if _, isCertificate := public.(*x509.Certificate); isCertificate || public == nil {
			continue
		}
		if k, err := trust.NewKey("key in the log entry", public); err == nil {
			return &k
		}
	}
	return nil
}

func samePublic(a, b crypto.PublicKey) bool {
	k, ok := a.(interface{ Equal(crypto.PublicKey) bool })
	return ok && k.Equal(b)
}
