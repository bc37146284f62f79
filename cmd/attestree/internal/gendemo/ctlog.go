package main

import (
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/binary"
	"time"
)

// sctList is the extension that carries signed certificate timestamps (RFC 6962 §3.3).
var sctList = asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 11129, 2, 4, 2}

// ctLog is a certificate transparency log, as far as certificates carry traces of one.
type ctLog struct{ key key }

// promise returns the SCT list extension for a certificate whose to-be-signed part, without that extension, is tbs.
func (l ctLog) promise(tbs []byte, issuer key, at time.Time) pkix.Extension {
	ms := uint64(at.UnixMilli())
	// RFC 6962 §3.2: version, signature type, timestamp, entry type precert_entry, issuer key hash, TBS, extensions.
	message := binary.BigEndian.AppendUint64([]byte{0, 0}, ms)
	message = append(message, 0, 1)
	message = append(message, issuer.id()...)
	message = append(message, byte(len(tbs)>>16), byte(len(tbs)>>8), byte(len(tbs)))
	message = append(message, tbs...)
	message = append(message, 0, 0)
	signature := l.key.signMessage(message)

	sct := append([]byte{0}, l.key.id()...)
	sct = binary.BigEndian.AppendUint64(sct, ms)
	sct = append(sct, 0, 0) // no extensions
	sct = append(sct, 4, 3) // SHA-256, ECDSA (RFC 5246 §7.4.1.4.1)
	sct = append(binary.BigEndian.AppendUint16(sct, uint16(len(signature))), signature...)

	list := binary.BigEndian.AppendUint16(nil, uint16(len(sct)+2))
	list = append(binary.BigEndian.AppendUint16(list, uint16(len(sct))), sct...)
	return pkix.Extension{Id: sctList, Value: must(asn1.Marshal(list))}
}

// logged issues template with an SCT. The certificate that the SCT is for is template itself, unless another is given:
// then the SCT is genuine, but belongs to that one.
func (l ctLog) logged(template *x509.Certificate, a *authority, holder key, other *x509.Certificate) *x509.Certificate {
	precertificate := template
	if other != nil {
		precertificate = other
	}
	tbs := issue(precertificate, a.issuing, holder, a.key).RawTBSCertificate
	final := *template
	// Last, so that taking it out again gives back exactly what was promised to be logged.
	final.ExtraExtensions = append(final.ExtraExtensions[:len(final.ExtraExtensions):len(final.ExtraExtensions)],
		l.promise(tbs, a.key, template.NotBefore))
	return issue(&final, a.issuing, holder, a.key)
}

// sum is the SHA-256 digest of b as a slice.
func sum(b []byte) []byte {
	digest := sha256.Sum256(b)
	return digest[:]
}
