package verifier

import (
	"encoding/json"
	"fmt"

	protobundle "github.com/sigstore/protobuf-specs/gen/pb-go/bundle/v1"
	protodsse "github.com/sigstore/protobuf-specs/gen/pb-go/dsse"

	"github.com/attestree/attestree/model"
)

// maxSignatures bounds how many signatures of one envelope are judged.
const maxSignatures = 16

// dockerVerification marks the signatures that docker/attest makes.
const dockerVerification = "application/vnd.docker.attestation-verification.v1+json"

// dsseSignature is one signature of an envelope as it is stored, with what some producers add.
type dsseSignature struct {
	KeyID       string          `json:"keyid"`
	Sig         string          `json:"sig"`
	Cert        string          `json:"cert"`        // slsa-github-generator, before bundles
	Certificate json.RawMessage `json:"certificate"` // witness
	Extension   *struct {
		Kind string `json:"kind"`
	} `json:"extension"`
}

// openDSSE opens a DSSE envelope: a layer under a .att tag with cosign's annotations beside it, or alone. Each of its
// signatures is one to judge.
func openDSSE(ev model.Evidence) []*signed {
	claims := model.Open(ev.Node, ev.Blob)
	var envelope struct {
		PayloadType string          `json:"payloadType"`
		Signatures  []dsseSignature `json:"signatures"`
	}
	err := json.Unmarshal(ev.Blob, &envelope)
	// The payload is the one that the screen shows: whatever the signature is over, it is over that.
	payload := claims.Payload
	var refused result
	switch {
	case err != nil || len(payload) == 0:
		refused = fail("a DSSE envelope", "no readable envelope", "the bytes are not the JSON form of a DSSE envelope"+because(claims.Problem))
	case len(envelope.Signatures) == 0:
		refused = fail("at least one signature", "none", "an envelope without a signature is damaged or was never finished")
	case len(envelope.Signatures) > maxSignatures:
		refused = fail(fmt.Sprintf("at most %d signatures", maxSignatures), fmt.Sprint(len(envelope.Signatures)), "the envelope is refused")
	}
	if refused.status != model.CheckUnchecked {
		return []*signed{{claims: claims, envelope: refused}}
	}
	var all []*signed
	for _, sig := range envelope.Signatures {
		s := &signed{claims: claims, whole: ev.Blob, hint: sig.KeyID, unsupported: sig.unsupported(ev)}
		raw, err := decode64(sig.Sig)
		if err != nil {
			s.envelope = fail("a signature in base64", "not base64", "the envelope's signature is damaged")
			all = append(all, s)
			continue
		}
		pb := &protobundle.Bundle{MediaType: bundleV01, Content: &protobundle.Bundle_DsseEnvelope{DsseEnvelope: &protodsse.Envelope{
			Payload: payload, PayloadType: envelope.PayloadType,
			// Without keyid, which is a hint that nothing may rest on (DSSE, envelope.md): sigstore-go refuses every form
			// of it but its own, cosign none.
			Signatures: []*protodsse.Signature{{Sig: raw}},
		}}}
		s.annotated(pb, ev.Node.Blob.Annotations)
		if s.envelope.status == model.CheckUnchecked {
			s.envelope = s.readablePayload("DSSE envelope", envelope.PayloadType, payload)
		}
		all = append(all, s)
	}
	return all
}

// unsupported says why a signature whose material is neither a bundle's nor cosign's cannot be judged.
func (d dsseSignature) unsupported(ev model.Evidence) string {
	if ev.Node.Blob.Annotations[annotationCertificate] != "" {
		return ""
	}
	switch {
	case d.Extension != nil && d.Extension.Kind == dockerVerification:
		return "it is signed in the way of docker/attest, whose log entries this program cannot judge"
	case d.Extension != nil:
		return "the signature carries an extension of an unknown kind"
	case d.Cert != "":
		return "it carries a certificate but no log entry and no timestamp, so nothing attests when it was signed (early slsa-github-generator); it cannot be verified offline"
	case d.Certificate != nil:
		return "it carries its certificate in the way of in-toto witness, which this program cannot judge"
	}
	return ""
}
