package main

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
)

// The part of the cryptographic message syntax that a timestamp token needs (RFC 5652 §5).

type contentInfo struct {
	ContentType asn1.ObjectIdentifier
	Content     asn1.RawValue
}

type signedData struct {
	Version          int
	DigestAlgorithms []pkix.AlgorithmIdentifier `asn1:"set"`
	EncapContentInfo contentInfo
	Certificates     asn1.RawValue
	SignerInfos      []signerInfo `asn1:"set"`
}

type signerInfo struct {
	Version            int
	SID                issuerAndSerial
	DigestAlgorithm    pkix.AlgorithmIdentifier
	SignedAttrs        asn1.RawValue
	SignatureAlgorithm pkix.AlgorithmIdentifier
	Signature          []byte
}

type issuerAndSerial struct {
	Issuer asn1.RawValue
	Serial *big.Int
}

type attribute struct {
	Type   asn1.ObjectIdentifier
	Values []asn1.RawValue `asn1:"set"`
}

// token wraps a TSTInfo, signed with the authority's key, its certificate enclosed.
func (t *timestamper) token(info []byte) []byte {
	attributes := t.signedAttributes(info)
	digest := pkix.AlgorithmIdentifier{Algorithm: oidSHA256}
	data := must(asn1.Marshal(signedData{
		Version: 3, DigestAlgorithms: []pkix.AlgorithmIdentifier{digest},
		EncapContentInfo: contentInfo{oidTSTInfo, explicit(must(asn1.Marshal(info)))},
		Certificates:     asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: t.leaf.Raw},
		SignerInfos: []signerInfo{{
			Version: 1, SID: issuerAndSerial{asn1.RawValue{FullBytes: t.leaf.RawIssuer}, t.leaf.SerialNumber},
			DigestAlgorithm:    digest,
			SignedAttrs:        asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: attributes},
			SignatureAlgorithm: pkix.AlgorithmIdentifier{Algorithm: oidECDSASHA256},
			// RFC 5652 §5.4: signed as a SET OF, though enclosed with a tag of its own.
			Signature: t.key.signMessage(must(asn1.Marshal(asn1.RawValue{
				Class: asn1.ClassUniversal, Tag: asn1.TagSet, IsCompound: true, Bytes: attributes,
			}))),
		}},
	}))
	return must(asn1.Marshal(contentInfo{oidSignedData, explicit(data)}))
}

// signedAttributes are the elements of the SET OF attributes, in the order that DER wants: shortest first here.
func (t *timestamper) signedAttributes(info []byte) []byte {
	type essCertID struct{ Hash []byte } // RFC 5035 §4: SHA-256 is the default and left out
	type signingCertificate struct{ Certs []essCertID }
	var out []byte
	for _, a := range []attribute{
		{oidContentType, []asn1.RawValue{raw(oidTSTInfo)}},
		{oidMessageDigest, []asn1.RawValue{raw(sum(info))}},
		{oidCertificateV2, []asn1.RawValue{raw(signingCertificate{[]essCertID{{sum(t.leaf.Raw)}}})}},
	} {
		out = append(out, must(asn1.Marshal(a))...)
	}
	return out
}

func raw(v any) asn1.RawValue { return asn1.RawValue{FullBytes: must(asn1.Marshal(v))} }

func explicit(der []byte) asn1.RawValue {
	return asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: der}
}
