package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

// What an attacker has to work with: predicate types, media types and one repository.
const (
	cosignSign  = "https://sigstore.dev/cosign/sign/v1"
	provenance  = "https://slsa.dev/provenance/v1"
	spdx        = "https://spdx.dev/Document"
	inToto      = "application/vnd.in-toto+json"
	simpleLayer = "application/vnd.dev.cosign.simplesigning.v1+json"
	dsseLayer   = "application/vnd.dsse.envelope.v1+json"
	attacked    = "a/b"
)

// scene is a registry, and a key that the person who verifies trusts. The attacker has neither the key nor another way
// to sign, but everything that was ever signed with it, and the registry.
type scene struct {
	*registrytest.Registry
	t   *testing.T
	key crypto.Signer
	pub string // path of the public key
}

func newScene(t *testing.T) *scene {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	pub := filepath.Join(t.TempDir(), "trusted.pub")
	if err := os.WriteFile(pub, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return &scene{Registry: registrytest.New(t, registrytest.Config{}), t: t, key: key, pub: pub}
}

// verify is what the person does; it returns the report and the exit code.
func (s *scene) verify(reference string, more ...string) (gjson.Result, int) {
	s.t.Helper()
	args := append([]string{"verify", s.Host() + "/" + attacked + reference, "-o", "json", "--key", s.pub, "--insecure-ignore-tlog"}, more...)
	stdout, stderr, code := run(s.t, args...)
	if !json.Valid([]byte(stdout)) {
		s.t.Fatalf("no report: exit code %d, %s", code, stderr)
	}
	return gjson.Parse(stdout), code
}

func (s *scene) sign(b []byte) string {
	s.t.Helper()
	sum := sha256.Sum256(b)
	sig, err := s.key.Sign(rand.Reader, sum[:], crypto.SHA256)
	if err != nil {
		s.t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(sig)
}

func (s *scene) image(tag, label string) model.Descriptor {
	return s.Image(s.t, attacked, tag, label)
}

func (s *scene) index(tag string, children ...model.Descriptor) model.Descriptor {
	return s.Index(s.t, attacked, tag, children, "linux/amd64", "linux/arm64")
}

// layer keeps a payload, as a layer.
func (s *scene) layer(mediaType string, payload []byte, annotations map[string]string) model.Descriptor {
	d := s.Blob(attacked, payload)
	d.MediaType, d.Annotations = mediaType, annotations
	return d
}

// signature is a layer under a .sig tag.
func (s *scene) signature(payload []byte) model.Descriptor {
	return s.layer(simpleLayer, payload, map[string]string{"dev.cosignproject.cosign/signature": s.sign(payload)})
}

// manifest keeps an image manifest with layers under a tag; subject may be its zero value.
func (s *scene) manifest(tag string, subject model.Descriptor, layers ...model.Descriptor) model.Descriptor {
	config := s.layer(registrytest.ConfigType, []byte(`{"for":"`+tag+`"}`), nil)
	list := []any{}
	for _, l := range layers {
		list = append(list, registrytest.Descriptor(l))
	}
	m := map[string]any{
		"schemaVersion": 2, "mediaType": model.MediaTypeOCIManifest, "config": registrytest.Descriptor(config), "layers": list,
	}
	if subject.Digest != "" {
		m["subject"] = registrytest.Descriptor(subject)
	}
	return s.put(tag, m)
}

func (s *scene) put(tag string, manifest any) model.Descriptor {
	s.t.Helper()
	raw, err := json.Marshal(manifest)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.Manifest(attacked, tag, raw)
}

// attach keeps a signed bundle that names its subject.
func (s *scene) attach(tag string, subject model.Descriptor, bundle []byte) model.Descriptor {
	return s.Attach(s.t, attacked, tag, subject, registrytest.BundleType, bundle)
}

// simple is cosign's signature payload.
func simple(about model.Descriptor) []byte {
	return fmt.Appendf(nil, `{"critical":{"identity":{"docker-reference":""},"image":{"docker-manifest-digest":"%s"},`+
		`"type":"cosign container image signature"},"optional":null}`, about.Digest)
}

func statement(predicateType string, about model.Descriptor, predicate string) []byte {
	return statementOn(predicateType, `[{"name":"x","digest":{"sha256":"`+about.Digest.Hex()+`"}}]`, predicate)
}

func statementOn(predicateType, subjects, predicate string) []byte {
	return fmt.Appendf(nil, `{"_type":"https://in-toto.io/Statement/v1","subject":%s,"predicateType":"%s","predicate":%s}`,
		subjects, predicateType, predicate)
}

func (s *scene) envelope(payloadType string, payload []byte) []byte {
	pae := fmt.Appendf(nil, "DSSEv1 %d %s %d %s", len(payloadType), payloadType, len(payload), payload)
	return fmt.Appendf(nil, `{"payload":"%s","payloadType":"%s","signatures":[{"sig":"%s"}]}`,
		base64.StdEncoding.EncodeToString(payload), payloadType, s.sign(pae))
}

func (s *scene) bundle(payload []byte) []byte { return s.bundleOf(s.envelope(inToto, payload)) }

func (s *scene) bundleOf(envelope []byte) []byte {
	return fmt.Appendf(nil, `{"mediaType":"%s","verificationMaterial":{"publicKey":{"hint":""}},"dsseEnvelope":%s}`,
		registrytest.BundleType, envelope)
}

func sigTag(d model.Descriptor) string { return tagged(d, ".sig") }
func attTag(d model.Descriptor) string { return tagged(d, ".att") }

func tagged(d model.Descriptor, suffix string) string {
	return strings.Replace(string(d.Digest), ":", "-", 1) + suffix
}
