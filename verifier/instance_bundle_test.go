package verifier

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// attestation is an .att layer around a payload, with a log entry of kind dsse.
func (i *instance) attestation(k *ecdsa.PrivateKey, leaf *x509.Certificate, payload string) model.Evidence {
	i.tb.Helper()
	sig := sign(i.tb, k, pae(inToto, []byte(payload)))
	envelope := i.json(map[string]any{
		"payloadType": inToto, "payload": []byte(payload), "signatures": []any{map[string]any{"sig": sig}},
	})
	body := i.json(map[string]any{"apiVersion": "0.0.1", "kind": "dsse", "spec": map[string]any{
		"envelopeHash": map[string]string{"algorithm": "sha256", "value": hexSum(envelope)},
		"payloadHash":  map[string]string{"algorithm": "sha256", "value": hexSum([]byte(payload))},
		"signatures":   []any{map[string]any{"signature": base64.StdEncoding.EncodeToString(sig), "verifier": []byte(pemOf(leaf.Raw))}},
	}})
	return i.layer(model.FormatDSSE, string(envelope), map[string]string{
		annotationCertificate: pemOf(leaf.Raw), annotationBundle: i.set(string(body), signedOn),
	})
}

func (i *instance) json(v any) []byte {
	i.tb.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		i.tb.Fatal(err)
	}
	return raw
}

// bundled is a keyless layer as a bundle v0.1: the same signature and evidence, stored the other way.
func (i *instance) bundled(layer model.Evidence, chain ...*x509.Certificate) model.Evidence {
	i.tb.Helper()
	annotations := layer.Node.Blob.Annotations
	block, _ := pem.Decode([]byte(annotations[annotationCertificate]))
	if block == nil {
		i.tb.Fatal("the layer has no certificate")
	}
	certificates := []any{map[string]any{"rawBytes": block.Bytes}}
	for _, c := range chain {
		certificates = append(certificates, map[string]any{"rawBytes": c.Raw})
	}
	material := map[string]any{
		"x509CertificateChain": map[string]any{"certificates": certificates},
		"tlogEntries":          []any{i.bundledEntry(annotations[annotationBundle])},
	}
	document := map[string]any{"mediaType": bundleV01, "verificationMaterial": material}
	if layer.Node.Format == model.FormatDSSE {
		document["dsseEnvelope"] = json.RawMessage(layer.Blob)
	} else {
		sum := sha256.Sum256(layer.Blob)
		document["messageSignature"] = map[string]any{
			"messageDigest": map[string]any{"algorithm": "SHA2_256", "digest": sum[:]}, "signature": annotations[annotationSignature],
		}
	}
	ev := i.layer(model.FormatBundle, string(i.json(document)), nil)
	if layer.Node.Format != model.FormatDSSE {
		ev.Subject, ev.Artifact = model.DigestOf(layer.Blob), layer.Blob
	}
	return ev
}

func (i *instance) bundledEntry(annotation string) map[string]any {
	i.tb.Helper()
	payload := gjson.Get(annotation, "Payload")
	body := payload.Get("body").String()
	decoded, err := base64.StdEncoding.DecodeString(body)
	if err != nil {
		i.tb.Fatal(err)
	}
	return map[string]any{
		"logIndex": fmt.Sprint(payload.Get("logIndex").Int()), "logId": map[string]any{"keyId": keyID(i.tb, i.logKey.Public())},
		"kindVersion": map[string]any{
			"kind": gjson.GetBytes(decoded, "kind").String(), "version": gjson.GetBytes(decoded, "apiVersion").String(),
		},
		"integratedTime":    fmt.Sprint(payload.Get("integratedTime").Int()),
		"inclusionPromise":  map[string]any{"signedEntryTimestamp": gjson.Get(annotation, "SignedEntryTimestamp").String()},
		"canonicalizedBody": body,
	}
}
