package main

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/binary"
	"time"

	"golang.org/x/crypto/cryptobyte"
)

// sctList is the extension that carries signed certificate timestamps (RFC 6962 §3.3).
var sctList = asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 11129, 2, 4, 2}

// ctLog is a certificate transparency log, as far as certificates carry traces of one.
type ctLog struct{ key key }

// promise returns the SCT list extension for a certificate whose to-be-signed part, without that extension, is tbs.
func (l ctLog) promise(tbs []byte, issuer key, at time.Time) pkix.Extension {
	ms := must(binary.Append(nil, binary.BigEndian, at.UnixMilli()))
	// RFC 6962 §3.2: version, signature type, timestamp, entry type precert_entry, issuer key hash, TBS, extensions.
	message := cryptobyte.NewBuilder([]byte{0, 0})
	message.AddBytes(ms)
	message.AddUint16(1)
	message.AddBytes(issuer.id())
	message.AddUint24LengthPrefixed(func(b *cryptobyte.Builder) { b.AddBytes(tbs) })
	message.AddUint16(0)
	signature := l.key.signMessage(message.BytesOrPanic())

	// RFC 6962 §3.3: a list of one.
	list := cryptobyte.NewBuilder(nil)
	list.AddUint16LengthPrefixed(func(list *cryptobyte.Builder) {
		list.AddUint16LengthPrefixed(func(sct *cryptobyte.Builder) {
			sct.AddUint8(0)
			sct.AddBytes(l.key.id())
			sct.AddBytes(ms)
			sct.AddUint16(0)           // no extensions
			sct.AddBytes([]byte{4, 3}) // SHA-256, ECDSA (RFC 5246 §7.4.1.4.1)
			sct.AddUint16LengthPrefixed(func(b *cryptobyte.Builder) { b.AddBytes(signature) })
		})
	})
	return pkix.Extension{Id: sctList, Value: must(asn1.Marshal(list.BytesOrPanic()))}
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
