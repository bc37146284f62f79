package main

import (
	"crypto/x509"
	"time"
)

// sigstore is the demo's own Sigstore: who issues, who logs and who stamps.
type sigstore struct {
	fulcio *authority
	ct     ctLog
	rekor  *signatureLog
	tsa    *timestamper
}

func newSigstore() *sigstore {
	return &sigstore{
		fulcio: newAuthority("fulcio", "attestree demo", "attestree demo fulcio", x509.ExtKeyUsageCodeSigning),
		ct:     ctLog{newKey("ct")},
		rekor:  newSignatureLog(),
		tsa:    newTimestamper(),
	}
}

// signer is a key and how others know it: by a certificate, or by the key itself.
type signer struct {
	key  key
	cert *x509.Certificate // nil for a key that is known by itself
}

// verifier is what a log entry and cosign's annotations name the signer by.
func (s signer) verifier() []byte {
	if s.cert != nil {
		return certificatePEM(s.cert.Raw)
	}
	return s.key.pem()
}

// keyless gets a certificate for a fresh key. name tells keys apart and is nowhere seen.
func (s *sigstore) keyless(id identity, name string, at time.Time) signer {
	return s.keylessBy(s.fulcio, id, name, at)
}

func (s *sigstore) keylessBy(a *authority, id identity, name string, at time.Time) signer {
	k := newKey("ephemeral " + name)
	return signer{k, s.ct.logged(a.leaf(id, k, at), a, k, nil)}
}

// attest makes a bundle around payload: signed, and logged at the given time.
func (s *sigstore) attest(by signer, payload []byte, at time.Time) *bundle {
	e := seal(by.key, payload)
	b := &bundle{MediaType: bundleType, Envelope: e}
	if by.cert != nil {
		b.Material.Certificate = &rawBytes{by.cert.Raw}
	} else {
		b.Material.PublicKey = &keyHint{hint(by.key)}
	}
	b.Material.TlogEntries = []logEntry{s.rekor.add("dsse", dsseBody(e, by.verifier()), at)}
	return b
}

// stamp adds the timestamp authority's word on when the bundle was signed.
func (s *sigstore) stamp(b *bundle, at time.Time) *bundle {
	response := s.tsa.stamp(b.Envelope.Signatures[0].Sig, at)
	b.Material.Timestamps = &timestamps{[]signedTimestamp{{response}}}
	return b
}
