package verifier

import (
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/notaryproject/notation-core-go/signature"
	notationcose "github.com/notaryproject/notation-core-go/signature/cose"
	"github.com/notaryproject/notation-core-go/signature/jws"
	notationx509 "github.com/notaryproject/notation-core-go/x509"
	"github.com/veraison/go-cose"

	"github.com/attestree/attestree/model"
)

// notationPayload is the payload type that is known (notary project, signature-specification.md, "Payload").
const notationPayload = "application/vnd.cncf.notary.payload.v1+json"

const wantNotation = "a notation signature"

// maxChain bounds the work that an envelope can ask for: each of its certificates is a signature to verify.
const maxChain = 32

// open parses the envelope. The library's error texts may quote the bytes, so they are not passed on.
func (n *notarized) open() result {
	mediaType, read := jws.MediaTypeEnvelope, jwsHeader
	if n.ev.Node.Format == model.FormatNotationCOSE {
		mediaType, read = notationcose.MediaTypeEnvelope, coseHeader
	}
	unreadable := func(why string) result { return fail(wantNotation, "no readable envelope", why) }
	var err error
	if n.envelope, err = signature.ParseEnvelope(mediaType, n.ev.Blob); err != nil {
		return unreadable("the bytes are not an envelope of the type that the manifest names")
	}
	n.claims = model.Open(n.ev.Node, n.ev.Blob)
	if n.claims.Problem != "" {
		return unreadable("the envelope cannot be read without doubt: " + n.claims.Problem)
	}
	payloadType, chain := read(n.ev.Blob)
	if len(chain) > maxChain {
		return unreadable(fmt.Sprintf("it carries %d certificates; a chain of more than %d is not looked at", len(chain), maxChain))
	}
	parsed, err := n.envelope.Content()
	if err != nil {
		// The library checks the chain of certificates as part of the envelope. That has a check of its own here.
		if len(chain) == 0 || notationx509.ValidateCodeSigningCertChain(chain, nil) == nil {
			return unreadable("the envelope lacks what a notation signature must have, or it was changed")
		}
		n.chain, n.broken = chain, true
		return payloadTypeResult(payloadType, "")
	}
	if !bytes.Equal(parsed.Payload.Content, n.claims.Payload) {
		return unreadable("two ways of reading the envelope find different payloads in it")
	}
	n.info, n.chain = &parsed.SignerInfo, parsed.SignerInfo.CertificateChain
	if why := n.unprocessed(); why != "" {
		return skip(wantNotation, "one that needs more", why)
	}
	return payloadTypeResult(parsed.Payload.ContentType, string(parsed.SignerInfo.SignedAttributes.SigningScheme))
}

func payloadTypeResult(payloadType, detail string) result {
	if payloadType != notationPayload {
		return skip("payload type "+notationPayload, payloadType, "this type of payload is not known here")
	}
	return pass("payload type "+notationPayload, payloadType, detail)
}

// unprocessed names a signed attribute that a verifier must understand and this one does not (signature-specification.md,
// "Signed Attributes"), such as the plugin that alone can verify the signature. Programs that a signature names are
// never run.
func (n *notarized) unprocessed() string {
	for _, a := range n.info.SignedAttributes.ExtendedAttributes {
		key := fmt.Sprint(a.Key)
		if key == "io.cncf.notary.verificationPlugin" {
			return fmt.Sprintf("it says that only the plugin %q can verify it; such plugins are not run here", fmt.Sprint(a.Value))
		}
		if a.Critical {
			return fmt.Sprintf("it has the critical attribute %q, which is not known here", key)
		}
	}
	return ""
}

// signature asks the library whether the first certificate's key signed payload and attributes.
func (n *notarized) signature() result {
	const want = "a signature by the certificate's key"
	signed := pass(want, "the signature is by that key over these bytes", "")
	_, err := n.envelope.Verify()
	if err == nil {
		return signed
	}
	wrong := new(signature.SignatureIntegrityError)
	if errors.As(err, &wrong) || !n.broken {
		return fail(want, "the signature is not by that key over these bytes", "payload, attributes or signature were changed after signing")
	}
	if _, err := signature.ExtractKeySpec(n.chain[0]); err != nil {
		return skip(want, "a key of a kind that notation does not allow", "the signature was not judged, for the certificate's key is not one of RSA 2048, 3072, 4096 or ECDSA P-256, P-384, P-521")
	}
	// The key is good for a signature and the signature is by it: what the library refuses is the chain alone.
	return signed
}

// subject compares the signed descriptor with what the signature is attached to.
func (n *notarized) subject() result {
	target, want := n.claims.Target, n.ev.Subject
	switch {
	case target == nil:
		return fail(string(want), "nothing", "the signed payload does not name what it is about")
	case want == "":
		n.at(model.CheckSubject).Required = false
		return skip("", string(target.Digest), nothingToCompare)
	case target.Digest != want:
		return otherSubject(string(want), string(target.Digest))
	}
	if size, known := n.subjectSize(); known && size != target.Size {
		return fail(fmt.Sprintf("%s, %d bytes", want, size), fmt.Sprintf("%s, %d bytes", target.Digest, target.Size),
			"the signed payload names another size than these bytes have")
	}
	return pass(string(want), fmt.Sprintf("%s, %d bytes", target.Digest, target.Size), "the signed payload names this digest")
}

// subjectSize is the size of the subject in bytes: its own where the bytes are at hand, else the one in the manifest.
func (n *notarized) subjectSize() (int64, bool) {
	if n.ev.Artifact != nil {
		return int64(len(n.ev.Artifact)), true
	}
	manifest, err := model.ParseManifest(n.ev.Node.Raw)
	if err != nil || manifest.Subject == nil || manifest.Subject.Digest != n.ev.Subject {
		return 0, false
	}
	return manifest.Subject.Size, true
}

// jwsHeader reads payload type and certificates of an envelope whose chain the library refuses
// (signature-envelope-jws.md).
func jwsHeader(raw []byte) (payloadType string, chain []*x509.Certificate) {
	var envelope struct {
		Protected string `json:"protected"`
		Header    struct {
			Chain [][]byte `json:"x5c"`
		} `json:"header"`
	}
	var protected struct {
		ContentType string `json:"cty"`
	}
	if json.Unmarshal(raw, &envelope) != nil {
		return "", nil
	}
	header, err := base64.RawURLEncoding.DecodeString(envelope.Protected)
	if err != nil || json.Unmarshal(header, &protected) != nil {
		return "", nil
	}
	return protected.ContentType, certificates(envelope.Header.Chain)
}

// coseHeader is jwsHeader for COSE (signature-envelope-cose.md).
func coseHeader(raw []byte) (payloadType string, chain []*x509.Certificate) {
	var message cose.Sign1Message
	if message.UnmarshalCBOR(raw) != nil {
		return "", nil
	}
	payloadType, _ = message.Headers.Protected[cose.HeaderLabelContentType].(string)
	list, _ := message.Headers.Unprotected[cose.HeaderLabelX5Chain].([]any)
	var encoded [][]byte
	for _, item := range list {
		der, _ := item.([]byte)
		encoded = append(encoded, der)
	}
	return payloadType, certificates(encoded)
}

// certificates parses a chain, and gives none if one of it cannot be parsed.
func certificates(chain [][]byte) []*x509.Certificate {
	var out []*x509.Certificate
	for _, der := range chain {
		c, err := x509.ParseCertificate(der)
		if err != nil {
			return nil
		}
		out = append(out, c)
	}
	return out
}
