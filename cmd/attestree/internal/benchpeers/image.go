package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/oci"
)

// kinds are what is attached in turn: a signature, and attestations by cosign's names for their types.
var kinds = []struct{ name, predicateType string }{
	{"signature", "https://sigstore.dev/cosign/sign/v1"},
	{"slsaprovenance1", "https://slsa.dev/provenance/v1"},
	{"spdxjson", "https://spdx.dev/Document"},
	{"openvex", "https://openvex.dev/ns"},
	{"vuln", "https://cosign.sigstore.dev/attestation/vuln/v1"},
}

// image is an index of two platforms with n manifests attached to the three of them, each a Sigstore bundle as cosign 3
// writes it, signed with a key.
func image(n int) (*store, []byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return nil, nil, err
	}
	s := newStore()
	var children []oci.Descriptor
	for _, architecture := range []string{"amd64", "arm64"} {
		config := s.blob(oci.TypeConfig, fmt.Appendf(nil, `{"os":"linux","architecture":%q,"rootfs":{"type":"layers","diff_ids":[]}}`, architecture))
		child := s.manifest(oci.Manifest{
			MediaType: oci.TypeManifest, Config: &config, Layers: []oci.Descriptor{s.blob(typeLayer, []byte(architecture))},
		})
		child.Platform = &oci.Platform{OS: "linux", Architecture: architecture}
		children = append(children, child)
	}
	index := s.manifest(oci.Manifest{MediaType: oci.TypeIndex, Manifests: children})
	s.tags["1"] = index.Digest
	subjects := append([]oci.Descriptor{index}, children...)
	for _, subject := range subjects {
		s.order = append(s.order, subject.Digest)
	}
	hint := sha256.Sum256(public)
	for i := range n {
		subject := subjects[i%len(subjects)]
		kind := kinds[(i/len(subjects))%len(kinds)]
		payload := statement(subject.Digest, kind.predicateType, i)
		signature, err := sign(key, payload)
		if err != nil {
			return nil, nil, err
		}
		s.attach(subject, kind.predicateType, payload, signature, base64.StdEncoding.EncodeToString(hint[:]))
	}
	return s, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public}), nil
}

const payloadType = "application/vnd.in-toto+json"

// statement is an in-toto statement of some kilobytes; each is different.
func statement(digest, predicateType string, n int) []byte {
	predicate := map[string]any{}
	switch {
	case strings.Contains(predicateType, "provenance"):
		predicate["buildDefinition"] = map[string]any{"buildType": "https://example.com/build/v1", "externalParameters": map[string]any{"n": n}}
		predicate["runDetails"] = map[string]any{"builder": map[string]any{"id": "https://example.com/builder"}}
	case strings.Contains(predicateType, "spdx"):
		predicate["spdxVersion"], predicate["SPDXID"], predicate["name"] = "SPDX-2.3", "SPDXRef-DOCUMENT", fmt.Sprint("document ", n)
		predicate["comment"] = strings.Repeat("a package among many. ", 200)
	case strings.Contains(predicateType, "openvex"):
		predicate["@context"], predicate["author"], predicate["statements"] = "https://openvex.dev/ns/v0.2.0", fmt.Sprint("author ", n), []any{}
	case strings.Contains(predicateType, "vuln"):
		predicate["scanner"] = map[string]any{"uri": fmt.Sprint("scanner ", n), "result": map[string]any{}}
	}
	raw, err := json.Marshal(map[string]any{
		"_type": "https://in-toto.io/Statement/v1", "predicateType": predicateType, "predicate": predicate,
		"subject": []any{map[string]any{"name": fmt.Sprint(n), "digest": map[string]string{"sha256": digest[len("sha256:"):]}}},
	})
	if err != nil {
		panic(err) // strings and numbers always can be
	}
	return raw
}

// sign signs a payload as a DSSE envelope does (DSSE 1.0.2, "Pre-Authentication Encoding").
func sign(key *ecdsa.PrivateKey, payload []byte) (string, error) {
	pae := fmt.Sprintf("DSSEv1 %d %s %d %s", len(payloadType), payloadType, len(payload), payload)
	sum := sha256.Sum256([]byte(pae))
	signature, err := ecdsa.SignASN1(rand.Reader, key, sum[:])
	return base64.StdEncoding.EncodeToString(signature), err
}

func (s *store) attach(subject oci.Descriptor, predicateType string, payload []byte, signature, hint string) {
	bundle, err := json.Marshal(map[string]any{
		"mediaType":            typeBundle,
		"verificationMaterial": map[string]any{"publicKey": map[string]any{"hint": hint}, "tlogEntries": []any{}},
		"dsseEnvelope": map[string]any{
			"payload": base64.StdEncoding.EncodeToString(payload), "payloadType": payloadType,
			"signatures": []any{map[string]any{"sig": signature}},
		},
	})
	if err != nil {
		panic(err) // strings and numbers always can be
	}
	empty := s.blob(oci.TypeEmpty, []byte("{}"))
	d := s.manifest(oci.Manifest{
		MediaType: oci.TypeManifest, ArtifactType: typeBundle, Config: &empty, Layers: []oci.Descriptor{s.blob(typeBundle, bundle)},
		Subject: &oci.Descriptor{MediaType: subject.MediaType, Digest: subject.Digest, Size: subject.Size},
		Annotations: map[string]string{
			"dev.sigstore.bundle.content": "dsse-envelope", "dev.sigstore.bundle.predicateType": predicateType,
			"org.opencontainers.image.created": "2026-01-01T00:00:00Z",
		},
	})
	s.attached[d.Digest] = true
}
