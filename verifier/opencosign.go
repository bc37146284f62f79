package verifier

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"

	protobundle "github.com/sigstore/protobuf-specs/gen/pb-go/bundle/v1"
	protocommon "github.com/sigstore/protobuf-specs/gen/pb-go/common/v1"
	protorekor "github.com/sigstore/protobuf-specs/gen/pb-go/rekor/v1"

	"github.com/attestree/attestree/model"
)

// The annotations of a layer under cosign's .sig and .att tags (cosign specs/SIGNATURE_SPEC.md). The chain annotation is
// left out: the trusted root alone says which authorities there are.
const (
	annotationSignature   = "dev.cosignproject.cosign/signature"
	annotationCertificate = "dev.sigstore.cosign/certificate"
	annotationBundle      = "dev.sigstore.cosign/bundle"
	annotationTimestamp   = "dev.sigstore.cosign/rfc3161timestamp"
)

// openSimpleSigning opens a layer under a .sig tag: the blob is what was signed, everything else is in annotations.
func openSimpleSigning(ev model.Evidence) []*signed {
	s := &signed{claims: model.Open(ev.Node, ev.Blob), body: ev.Blob}
	encoded := ev.Node.Blob.Annotations[annotationSignature]
	sig, err := decode64(encoded)
	switch {
	case encoded == "":
		s.envelope = skip("the annotation "+annotationSignature, "absent", "the layer carries no signature")
		return []*signed{s}
	case err != nil || len(sig) == 0:
		s.envelope = fail("a signature in base64", "not base64", "the annotation "+annotationSignature+" is damaged")
		return []*signed{s}
	}
	sum := sha256.Sum256(ev.Blob)
	pb := &protobundle.Bundle{MediaType: bundleV01, Content: &protobundle.Bundle_MessageSignature{
		MessageSignature: &protocommon.MessageSignature{
			MessageDigest: &protocommon.HashOutput{Algorithm: protocommon.HashAlgorithm_SHA2_256, Digest: sum[:]},
			Signature:     sig,
		},
	}}
	s.annotated(pb, ev.Node.Blob.Annotations)
	if s.envelope.status == model.CheckUnchecked {
		s.envelope = s.readableClaims()
	}
	return []*signed{s}
}

// readableClaims judges a simple-signing payload. Its digest is the subject check's business.
func (s *signed) readableClaims() result {
	const want = "cosign container image signature"
	switch {
	case s.claims.Problem != "" || s.claims.SimpleSigning == nil:
		return fail("a simple-signing payload", "no readable payload", s.claims.Problem)
	case s.claims.SimpleSigning.Type != want:
		return fail("type "+want, s.claims.SimpleSigning.Type, "the payload says that it is something else than a signature of an image")
	}
	return pass("type "+want, s.claims.SimpleSigning.Type, "simple signing")
}

// annotated takes the verification material from cosign's annotations. Without a certificate it is a key's.
func (s *signed) annotated(pb *protobundle.Bundle, annotations map[string]string) {
	material := &protobundle.VerificationMaterial{}
	pb.VerificationMaterial = material
	material.Content = &protobundle.VerificationMaterial_PublicKey{PublicKey: &protocommon.PublicKeyIdentifier{Hint: s.hint}}
	if text := annotations[annotationCertificate]; text != "" {
		// What is not PEM becomes a certificate that cannot be parsed, and fails there.
		der := []byte(text)
		if block, _ := pem.Decode(der); block != nil {
			der = block.Bytes
		}
		material.Content = &protobundle.VerificationMaterial_X509CertificateChain{X509CertificateChain: &protocommon.X509CertificateChain{
			Certificates: []*protocommon.X509Certificate{{RawBytes: der}},
		}}
	}
	damagedLog := ""
	if text := annotations[annotationBundle]; text != "" {
		entry, err := logEntry(text)
		if err != nil {
			damagedLog = "the annotation " + annotationBundle + " is damaged: " + err.Error()
		} else {
			material.TlogEntries = []*protorekor.TransparencyLogEntry{entry}
		}
	}
	if text := annotations[annotationTimestamp]; text != "" {
		material.TimestampVerificationData = &protobundle.TimestampVerificationData{
			Rfc3161Timestamps: []*protocommon.RFC3161SignedTimestamp{{SignedTimestamp: timestampOf(text)}},
		}
	}
	s.fill(pb)
	if damagedLog != "" {
		s.badLog = damagedLog
	}
}

// logEntry reads cosign's bundle annotation: a signed entry timestamp with what it is over.
func logEntry(text string) (*protorekor.TransparencyLogEntry, error) {
	var a struct {
		SignedEntryTimestamp []byte
		Payload              struct {
			Body           []byte `json:"body"`
			IntegratedTime int64  `json:"integratedTime"`
			LogIndex       int64  `json:"logIndex"`
			LogID          string `json:"logID"`
		}
	}
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		return nil, errors.New("it is not the JSON that it should be")
	}
	logID, err := hex.DecodeString(a.Payload.LogID)
	if err != nil {
		return nil, errors.New("the log's id is not hexadecimal")
	}
	var kind struct {
		APIVersion string `json:"apiVersion"`
		Kind       string `json:"kind"`
	}
	if err := json.Unmarshal(a.Payload.Body, &kind); err != nil {
		return nil, errors.New("the entry's body is not JSON")
	}
	return &protorekor.TransparencyLogEntry{
		LogIndex: a.Payload.LogIndex, LogId: &protocommon.LogId{KeyId: logID},
		KindVersion:       &protorekor.KindVersion{Kind: kind.Kind, Version: kind.APIVersion},
		IntegratedTime:    a.Payload.IntegratedTime,
		InclusionPromise:  &protorekor.InclusionPromise{SignedEntryTimestamp: a.SignedEntryTimestamp},
		CanonicalizedBody: a.Payload.Body,
	}, nil
}

// timestampOf reads cosign's timestamp annotation. What cannot be read becomes a timestamp that does not verify.
func timestampOf(text string) []byte {
	var a struct{ SignedRFC3161Timestamp []byte }
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		return []byte{}
	}
	return a.SignedRFC3161Timestamp
}

// decode64 reads base64 in the standard or the URL-safe alphabet; annotations may have been wrapped into lines.
func decode64(text string) ([]byte, error) {
	if strings.ContainsAny(text, "\n\r -_") {
		text = strings.NewReplacer("\n", "", "\r", "", " ", "", "-", "+", "_", "/").Replace(text)
	}
	b, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil {
		return nil, fmt.Errorf("decode base64: %w", err)
	}
	return b, nil
}
