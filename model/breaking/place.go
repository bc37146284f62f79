package breaking

import (
	"bytes"
	"encoding/base64"
	"encoding/pem"
	"maps"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// encoding is how bytes are written where they stand.
type encoding int

const (
	asIs encoding = iota
	asBase64
	asPEM
	asURL // base64 for URLs, without padding (RFC 7515, section 2)
)

// place is where in evidence something is kept: in an annotation of the layer, else in the blob; there at a path, else all
// of it.
type place struct {
	annotation string
	path       string // gjson syntax
	span       span   // of the blob, in binary forms
	encoding   encoding
}

// span is bytes from one up to another, none where it is empty. What is written there has to be as long.
type span struct{ from, to int }

func (p place) container(ev model.Evidence) string {
	if p.annotation != "" {
		return ev.Node.Blob.Annotations[p.annotation]
	}
	return string(ev.Blob)
}

// read is the bytes at a place, nil where there are none.
func (p place) read(ev model.Evidence) []byte {
	if p.span.to > 0 {
		return slices.Clone(ev.Blob[p.span.from:p.span.to])
	}
	text := p.container(ev)
	if p.path != "" {
		found := gjson.Get(text, p.path)
		if !found.Exists() || found.Index == 0 {
			return nil
		}
		text = found.String()
	}
	switch p.encoding {
	case asBase64:
		raw, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return nil
		}
		return raw
	case asPEM:
		block, _ := pem.Decode([]byte(text))
		if block == nil {
			return nil
		}
		return block.Bytes
	case asURL:
		raw, err := base64.RawURLEncoding.DecodeString(text)
		if err != nil {
			return nil
		}
		return raw
	case asIs:
	}
	return []byte(text)
}

// write is the evidence with other bytes at a place. Nothing of what was handed in is changed.
func (p place) write(ev model.Evidence, value []byte) model.Evidence {
	if p.span.to > 0 {
		return p.replace(ev, string(ev.Blob[:p.span.from])+string(value)+string(ev.Blob[p.span.to:]))
	}
	text := string(value)
	switch p.encoding {
	case asBase64:
		text = base64.StdEncoding.EncodeToString(value)
	case asPEM:
		text = string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: value}))
	case asURL:
		text = base64.RawURLEncoding.EncodeToString(value)
	case asIs:
	}
	if p.path != "" {
		container := p.container(ev)
		found := gjson.Get(container, p.path)
		if !found.Exists() || found.Index == 0 {
			return ev
		}
		if found.Type == gjson.String {
			text = `"` + text + `"` // base64 and numbers: nothing in them has to be escaped
		}
		text = container[:found.Index] + text + container[found.Index+len(found.Raw):]
	}
	return p.replace(ev, text)
}

// cut is the evidence with an empty list at a place, or without the annotation.
func (p place) cut(ev model.Evidence) model.Evidence {
	if p.path == "" {
		out := copied(ev)
		delete(out.Node.Blob.Annotations, p.annotation)
		return out
	}
	container := p.container(ev)
	found := gjson.Get(container, p.path)
	if !found.Exists() || found.Index == 0 {
		return ev
	}
	return p.replace(ev, container[:found.Index]+"[]"+container[found.Index+len(found.Raw):])
}

func (p place) replace(ev model.Evidence, text string) model.Evidence {
	out := copied(ev)
	if p.annotation != "" {
		out.Node.Blob.Annotations[p.annotation] = text
		return out
	}
	out.Blob = []byte(text)
	if d := out.Node.Blob.Digest; d != "" { // whoever changes a blob changes the manifest that names it
		out.Node.Blob.Digest, out.Node.Blob.Size = model.Compute(d.Algorithm(), out.Blob), int64(len(out.Blob))
	}
	return out
}

// copied shares nothing with ev that is changed here.
func copied(ev model.Evidence) model.Evidence {
	ev.Blob = slices.Clone(ev.Blob)
	ev.Node.Blob.Annotations = maps.Clone(ev.Node.Blob.Annotations)
	return ev
}

// cosign's annotations of a layer (cosign specs/SIGNATURE_SPEC.md).
const (
	annotationSignature   = "dev.cosignproject.cosign/signature"
	annotationCertificate = "dev.sigstore.cosign/certificate"
	annotationBundle      = "dev.sigstore.cosign/bundle"
	annotationTimestamp   = "dev.sigstore.cosign/rfc3161timestamp"
)

// material is where one form of evidence keeps what can be broken. A place that is nil is not there.
type material struct {
	payload, signature, certificate    *place
	logBody, logTime, logProof, logged *place
	timestamp, timestamps              *place
	statement                          bool // the payload is a statement and not a simple signature
}

// materialOf finds what there is in evidence.
func materialOf(ev model.Evidence) material {
	var m material
	switch ev.Node.Format {
	case model.FormatBundle:
		m = bundleMaterial(ev)
	case model.FormatSimpleSigning:
		m = annotated()
		m.payload = &place{}
		m.signature = &place{annotation: annotationSignature, encoding: asBase64}
	case model.FormatDSSE:
		m = annotated()
		m.payload = &place{path: "payload", encoding: asBase64}
		m.signature = &place{path: "signatures.0.sig", encoding: asBase64}
		m.statement = true
	case model.FormatNotationJWS:
		m.payload = &place{path: "payload", encoding: asURL}
		m.signature = &place{path: "signature", encoding: asURL}
		m.timestamp = &place{path: `header.io\.cncf\.notary\.timestampSignature`, encoding: asBase64}
	case model.FormatNotationCOSE:
		m.payload, m.signature = coseMaterial(ev.Blob)
	case model.FormatRegistrySignature: // what is signed are fields beside the signature
		m.payload = &place{path: "integrity"}
		m.signature = &place{path: "sig", encoding: asBase64}
	case model.FormatNone, model.FormatStatement, model.FormatDocument, model.FormatOpaque:
	}
	for _, p := range []**place{
		&m.payload, &m.signature, &m.certificate, &m.logBody, &m.logTime, &m.logProof, &m.logged, &m.timestamp, &m.timestamps,
	} {
		if *p != nil && len((*p).read(ev)) == 0 {
			*p = nil
		}
	}
	return m
}

// coseMaterial finds the payload of a COSE_Sign1 and the end of its signature, which is the last of its four elements
// (RFC 9052, section 4.2) and never shorter than this.
func coseMaterial(blob []byte) (payload, signature *place) {
	const end = 32
	_, signed, err := model.Sign1(blob)
	if err != nil || len(signed) == 0 {
		return nil, nil
	}
	at := bytes.LastIndex(blob, signed)
	if at < 0 || at+len(signed)+end > len(blob) {
		return nil, nil
	}
	return &place{span: span{at, at + len(signed)}}, &place{span: span{len(blob) - end, len(blob)}}
}

func annotated() material {
	return material{
		certificate: &place{annotation: annotationCertificate, encoding: asPEM},
		logBody:     &place{annotation: annotationBundle, path: "Payload.body", encoding: asBase64},
		logTime:     &place{annotation: annotationBundle, path: "Payload.integratedTime"},
		logged:      &place{annotation: annotationBundle},
		timestamp:   &place{annotation: annotationTimestamp, path: "SignedRFC3161Timestamp", encoding: asBase64},
		timestamps:  &place{annotation: annotationTimestamp},
	}
}

// bundleMaterial is where a Sigstore bundle keeps things (protobuf-specs, sigstore_bundle.proto, in its JSON form).
func bundleMaterial(ev model.Evidence) material {
	const entry, stamps = "verificationMaterial.tlogEntries", "verificationMaterial.timestampVerificationData.rfc3161Timestamps"
	m := material{
		payload:     &place{path: "dsseEnvelope.payload", encoding: asBase64},
		signature:   &place{path: "dsseEnvelope.signatures.0.sig", encoding: asBase64},
		certificate: &place{path: "verificationMaterial.certificate.rawBytes", encoding: asBase64},
		logBody:     &place{path: entry + ".0.canonicalizedBody", encoding: asBase64},
		logTime:     &place{path: entry + ".0.integratedTime"},
		logProof:    &place{path: entry + ".0.inclusionProof.hashes.0", encoding: asBase64},
		logged:      &place{path: entry},
		timestamp:   &place{path: stamps + ".0.signedTimestamp", encoding: asBase64},
		timestamps:  &place{path: stamps},
		statement:   true,
	}
	if gjson.GetBytes(ev.Blob, "messageSignature").Exists() {
		m.payload = &place{path: "messageSignature.messageDigest.digest", encoding: asBase64}
		m.signature = &place{path: "messageSignature.signature", encoding: asBase64}
		m.statement = false
	}
	if chain := (&place{path: "verificationMaterial.x509CertificateChain.certificates.0.rawBytes", encoding: asBase64}); len(chain.read(ev)) > 0 {
		m.certificate = chain
	}
	if t := string(m.logTime.read(ev)); strings.Trim(t, "0") == "" {
		m.logTime = nil // Rekor 2 has none: a timestamp authority says when
	}
	return m
}
