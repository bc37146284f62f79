package main

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"strings"
	"testing"
	"time"

	"github.com/notaryproject/notation-core-go/signature/jws"
	sigbundle "github.com/sigstore/sigstore-go/pkg/bundle"
	"github.com/sigstore/sigstore-go/pkg/root"
	"github.com/sigstore/sigstore-go/pkg/verify"
	sigsignature "github.com/sigstore/sigstore/pkg/signature"

	"github.com/attestree/attestree/cmd/attestree/internal/oci"
	"github.com/attestree/attestree/testdata"
)

// judge is sigstore-go's whole judgement of a bundle, with what the demo's root requires; digest is what it must be
// about, "" for anything.
func judge(t *testing.T, raw []byte, digest string, more ...root.TrustedMaterial) error {
	t.Helper()
	var b sigbundle.Bundle
	if err := b.UnmarshalJSON(raw); err != nil {
		return err
	}
	content, err := b.VerificationContent()
	if err != nil {
		return err
	}
	options := []verify.VerifierOption{verify.WithTransparencyLog(1)}
	who := verify.WithoutIdentitiesUnsafe()
	if content.PublicKey() != nil {
		options, who = append(options, verify.WithNoObserverTimestamps()), verify.WithKey()
	} else {
		options = append(options, verify.WithObserverTimestamps(1))
		if len(more) == 0 {
			options = append(options, verify.WithSignedCertificateTimestamps(1))
		}
	}
	if stamps, err := b.Timestamps(); err == nil && len(stamps) > 0 {
		options = append(options, verify.WithSignedTimestamps(1))
	}
	v, err := verify.NewVerifier(append(root.TrustedMaterialCollection{trustedRoot(t), releaseKey(t)}, more...), options...)
	if err != nil {
		t.Fatal(err)
	}
	what := verify.WithoutArtifactUnsafe()
	if digest != "" {
		what = verify.WithArtifactDigest("sha256", must(hex.DecodeString(strings.TrimPrefix(digest, "sha256:"))))
	}
	_, err = v.Verify(&b, verify.NewPolicy(what, who))
	return err
}

func trustedRoot(t *testing.T) *root.TrustedRoot {
	t.Helper()
	out, err := root.NewTrustedRootFromJSON(testdata.DemoTrustedRoot)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func releaseKey(t *testing.T) root.TrustedMaterial {
	t.Helper()
	block, _ := pem.Decode(testdata.DemoReleaseKey)
	public, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := sigsignature.LoadECDSAVerifier(public.(*ecdsa.PublicKey), crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	return root.NewTrustedPublicKeyMaterial(func(string) (root.TimeConstrainedVerifier, error) {
		return root.NewExpiringKey(verifier, time.Time{}, time.Time{}), nil
	})
}

func TestSigstoreAgreesWithWhatIsExpectedOfEachBundle(t *testing.T) {
	bundles := 0
	for _, e := range expectations(t) {
		if e.Format != "sigstore-bundle" || e.Verdict == unavailable || e.Check == "content" {
			continue
		}
		bundles++
		err := judge(t, blob(t, layerOf(t, e.Name)), e.Parent)
		if good := e.Verdict == trusted; good != (err == nil) {
			t.Errorf("%s is expected to be %s (%s), sigstore-go says: %v", e.Name, e.Verdict, e.Check, err)
		}
	}
	if bundles != 16 {
		t.Errorf("%d bundles, want 16", bundles)
	}
}

// The one fault of each damaged bundle is where its lesson says: without it everything is right.
func TestBundlesAreGoodOnceTheirOneFaultIsTakenAway(t *testing.T) {
	repairs := map[string]func(raw []byte) []byte{
		"test-altered": func(raw []byte) []byte {
			var b bundle
			check(t, json.Unmarshal(raw, &b))
			b.Envelope.Payload = bytes.Replace(b.Envelope.Payload, []byte(`"PASSED"`), []byte(`"FAILED"`), 1)
			return marshal(b)
		},
		"vsa-backdated": func(raw []byte) []byte {
			var b bundle
			check(t, json.Unmarshal(raw, &b))
			b.Material.TlogEntries[0].IntegratedTime += 240
			return marshal(b)
		},
		"custom-borrowed-timestamp": func(raw []byte) []byte {
			var b bundle
			check(t, json.Unmarshal(raw, &b))
			return marshal(newSigstore().stamp(&b, signed.Add(8*time.Minute)))
		},
		"link-other-bytes": func(raw []byte) []byte {
			return bytes.Replace(raw, []byte("canonicalisedBody"), []byte("canonicalizedBody"), 1)
		},
	}
	for name, repair := range repairs {
		t.Run(name, func(t *testing.T) {
			if err := judge(t, repair(blob(t, layerOf(t, name))), expected(t, name).Parent); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestWrongSubjectIsTheOnlyFaultOfTheOtherImagesSBOM(t *testing.T) {
	if err := judge(t, blob(t, layerOf(t, "sbom-other-image")), ""); err != nil {
		t.Error(err)
	}
}

// anything is trusted material that adds nothing; judge asks for no SCT when it is given more than the demo's own.
type anything struct{ root.BaseTrustedMaterial }

func TestBorrowedSCTIsTheOnlyFaultOfItsBundle(t *testing.T) {
	if err := judge(t, blob(t, layerOf(t, "svr-borrowed-sct")), expected(t, "svr-borrowed-sct").Parent, &anything{}); err != nil {
		t.Error(err)
	}
}

func TestPrivateAuthorityIsUnknownAndNothingElse(t *testing.T) {
	a := newAuthority("partner", "Example Partner AG", "Example Partner private fulcio", x509.ExtKeyUsageCodeSigning)
	known := &authorities{list: []root.CertificateAuthority{&root.FulcioCertificateAuthority{
		Root: a.root, Intermediates: []*x509.Certificate{a.issuing}, ValidityPeriodStart: opened, ValidityPeriodEnd: closed,
	}}}
	raw := blob(t, layerOf(t, "signature-private-authority"))
	if err := judge(t, raw, expected(t, "signature-private-authority").Parent, known); err != nil {
		t.Error(err)
	}
}

type authorities struct {
	root.BaseTrustedMaterial
	list []root.CertificateAuthority
}

func (a *authorities) FulcioCertificateAuthorities() []root.CertificateAuthority { return a.list }

func TestImpostorBearsTheNameOfTheAuthorityButNotItsSignature(t *testing.T) {
	leaf := leafOf(t, "signature-impostor")
	issuing := newSigstore().fulcio.issuing
	if !bytes.Equal(leaf.RawIssuer, issuing.RawSubject) || !bytes.Equal(leaf.AuthorityKeyId, issuing.SubjectKeyId) {
		t.Errorf("issuer %s %x, want %s %x", leaf.Issuer, leaf.AuthorityKeyId, issuing.Subject, issuing.SubjectKeyId)
	}
	if err := leaf.CheckSignatureFrom(issuing); err == nil {
		t.Error("the real authority signed it")
	}
}

func TestLateSignatureIsRightlyLoggedAfterItsCertificateEnded(t *testing.T) {
	var b bundle
	check(t, json.Unmarshal(blob(t, layerOf(t, "vulns-late")), &b))
	entry := b.Material.TlogEntries[0]
	public := trustedRoot(t).RekorLogs()[hex.EncodeToString(entry.LogID.KeyID)].PublicKey.(*ecdsa.PublicKey)
	if !ecdsa.VerifyASN1(public, sum(marshal(entry.promised())), entry.InclusionPromise.SignedEntryTimestamp) {
		t.Error("the log did not promise this entry at this time")
	}
	if at := time.Unix(entry.IntegratedTime, 0); !at.After(leafOf(t, "vulns-late").NotAfter) {
		t.Errorf("logged at %s, while the certificate was valid", at)
	}
}

func TestLegacySignaturesVerifyAsBundles(t *testing.T) {
	for _, name := range []string{"signature-key", "vuln-stranger"} {
		t.Run(name, func(t *testing.T) {
			layer := layerOf(t, name)
			subject := expected(t, name).Parent
			if name == "signature-key" {
				subject = layer.Digest // simple signing signs a payload that names the image
				if payload := blob(t, layer); !bytes.Contains(payload, []byte(expected(t, name).Parent)) {
					t.Errorf("the payload does not name the image: %s", payload)
				}
			}
			if err := judge(t, legacyAsBundle(t, layer), subject); err != nil {
				t.Error(err)
			}
		})
	}
}

// legacyAsBundle puts what cosign's annotations say into a bundle v0.1.
func legacyAsBundle(t *testing.T, layer oci.Descriptor) []byte {
	t.Helper()
	var legacy struct {
		SignedEntryTimestamp []byte
		Payload              promisedEntry
	}
	check(t, json.Unmarshal([]byte(layer.Annotations[cosignBundle]), &legacy))
	var kind struct{ Kind string }
	check(t, json.Unmarshal(legacy.Payload.Body, &kind))
	entry := map[string]any{
		"logIndex": legacy.Payload.LogIndex, "logId": logID{must(hex.DecodeString(legacy.Payload.LogID))},
		"kindVersion": kindVersion{kind.Kind, "0.0.1"}, "integratedTime": legacy.Payload.IntegratedTime,
		"inclusionPromise": &promise{legacy.SignedEntryTimestamp}, "canonicalizedBody": legacy.Payload.Body,
	}
	verification := map[string]any{"tlogEntries": []any{entry}}
	out := map[string]any{"mediaType": "application/vnd.dev.sigstore.bundle+json;version=0.1", "verificationMaterial": verification}
	if text := layer.Annotations[cosignCertificate]; text != "" {
		block, _ := pem.Decode([]byte(text))
		verification["x509CertificateChain"] = map[string]any{"certificates": []rawBytes{{block.Bytes}}}
		out["dsseEnvelope"] = json.RawMessage(blob(t, layer))
	} else {
		verification["publicKey"] = keyHint{""}
		out["messageSignature"] = map[string]any{
			"messageDigest": map[string]any{"algorithm": "SHA2_256", "digest": must(hex.DecodeString(layer.Hex()))},
			"signature":     must(base64.StdEncoding.DecodeString(layer.Annotations[cosignSignature])),
		}
	}
	return marshal(out)
}

func TestNotationSignatureIsRightAndAboutTheIndex(t *testing.T) {
	envelope, err := jws.ParseEnvelope(blob(t, layerOf(t, "signature-notation")))
	if err != nil {
		t.Fatal(err)
	}
	content, err := envelope.Verify()
	if err != nil {
		t.Fatalf("verify with notation-core-go: %v", err)
	}
	if !bytes.Contains(content.Payload.Content, []byte(expected(t, "index").ID)) {
		t.Errorf("signed %s, not the index", content.Payload.Content)
	}
}

// leafOf is the certificate in the bundle of the node with that name.
func leafOf(t *testing.T, name string) *x509.Certificate {
	t.Helper()
	var b bundle
	check(t, json.Unmarshal(blob(t, layerOf(t, name)), &b))
	return must(x509.ParseCertificate(b.Material.Certificate.RawBytes))
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
