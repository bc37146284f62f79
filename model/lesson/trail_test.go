package lesson

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
)

var imageBytes = []byte(`{"schemaVersion":2,"layers":[]}`)

// hung is a tree with an image and one thing attached to it, whose manifest and payload are those bytes.
func hung(n model.Node, payload []byte) (*model.Tree, *model.Entry) {
	image := model.DigestOf(imageBytes)
	t := model.NewTree()
	t.Apply(model.NodeFound{Node: model.Node{
		ID: string(image), Kind: model.KindImage, Digest: image, Found: []model.Found{model.FoundRoot}, Raw: imageBytes, Tag: "1.0",
	}})
	n.Raw = []byte(`{"layers":["` + string(model.DigestOf(payload)) + `"]}`)
	n.ID, n.Digest, n.Parent, n.Subject = "n", model.DigestOf(n.Raw), string(image), image
	n.Blob.Digest, n.Blob.Size = model.DigestOf(payload), int64(len(payload))
	t.Apply(model.NodeFound{Node: n})
	t.Apply(model.BlobLoaded{ID: "n", Bytes: payload})
	t.Apply(model.Opened{ID: "n", Attestation: model.Open(n, payload)})
	t.Judge()
	return t, t.Entry("n")
}

func statement(about []byte) []byte {
	return fmt.Appendf(nil, `{"_type":%q,"predicateType":"https://example.com/t/v1","subject":[{"digest":{"sha256":%q}}],"predicate":{"ok":true}}`,
		model.StatementV1, model.DigestOf(about).Hex())
}

func marshal(t *testing.T, v any) []byte {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func b64(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

const dssePayload = "application/vnd.in-toto+json"

func envelopeOf(payload []byte) map[string]any {
	return map[string]any{"payload": b64(payload), "payloadType": dssePayload, "signatures": []any{map[string]any{"sig": "AA=="}}}
}

// bundleOf is a bundle whose log entry names the hashes of that payload.
func bundleOf(t *testing.T, payload, logged []byte) []byte {
	t.Helper()
	body := marshal(t, map[string]any{"kind": "dsse", "apiVersion": "0.0.1", "spec": map[string]any{
		"payloadHash": map[string]any{"algorithm": "sha256", "value": model.DigestOf(logged).Hex()},
	}})
	return marshal(t, map[string]any{
		"mediaType":            "application/vnd.dev.sigstore.bundle.v0.3+json",
		"verificationMaterial": map[string]any{"tlogEntries": []any{map[string]any{"canonicalizedBody": b64(body)}}},
		"dsseEnvelope":         envelopeOf(payload),
	})
}

func simple(about []byte) []byte {
	return fmt.Appendf(nil, `{"critical":{"identity":{"docker-reference":"r.example/a"},"image":{"docker-manifest-digest":%q},"type":"cosign container image signature"},"optional":null}`,
		model.DigestOf(about))
}

// outcome is the trail in short: each step's name and how it ended.
func outcome(t *model.Tree, e *model.Entry) string {
	var out []string
	for _, s := range Trail(t, e) {
		out = append(out, s.Name+" "+string(s.Recompute().Status))
	}
	return strings.Join(out, "; ")
}

func TestTheTrailOfEveryForm(t *testing.T) {
	const head = "The tag nothing; The image same; The manifest beside it same; "
	other := []byte("another image")
	body := marshal(t, map[string]any{"kind": "hashedrekord", "apiVersion": "0.0.1", "spec": map[string]any{"data": map[string]any{
		"hash": map[string]any{"algorithm": "sha256", "value": model.DigestOf(simple(imageBytes)).Hex()},
	}}})
	logged := model.Descriptor{Annotations: map[string]string{bundleAnnotation: string(marshal(t, map[string]any{"Payload": map[string]any{"body": b64(body)}}))}}
	target := func(about []byte) []byte {
		return fmt.Appendf(nil, `{"targetArtifact":{"mediaType":"m","digest":%q,"size":1}}`, model.DigestOf(about))
	}
	url64 := base64.RawURLEncoding.EncodeToString
	for _, test := range []struct {
		name    string
		node    model.Node
		payload []byte
		want    string
	}{
		{
			"a cosign signature that the log names", model.Node{Kind: model.KindSignature, Format: model.FormatSimpleSigning, Blob: logged, Found: []model.Found{model.FoundCosignTag}},
			simple(imageBytes), head + "The layer: the document that was signed same; The exact bytes that were signed same; What it names same",
		},
		{
			"a cosign signature without a log entry", model.Node{Kind: model.KindSignature, Format: model.FormatSimpleSigning}, simple(imageBytes),
			head + "The layer: the document that was signed same; The exact bytes that were signed computed; What it names same",
		},
		{
			"a cosign signature of another image", model.Node{Kind: model.KindSignature, Format: model.FormatSimpleSigning, Blob: logged}, simple(other),
			head + "The layer: the document that was signed same; The exact bytes that were signed differs; What it names differs",
		},
		{
			"an envelope under cosign's tag", model.Node{Kind: model.KindAttestation, Format: model.FormatDSSE, Found: []model.Found{model.FoundCosignTag}},
			marshal(t, envelopeOf(statement(imageBytes))), head + "The layer: the DSSE envelope same; The payload in the envelope computed; " +
				"The exact bytes that were signed computed; The statement same; The predicate nothing",
		},
		{
			"a bundle that refers to the image", model.Node{Kind: model.KindAttestation, Format: model.FormatBundle}, bundleOf(t, statement(imageBytes), statement(imageBytes)),
			head + "The layer: the Sigstore bundle same; The payload in the envelope same; The exact bytes that were signed computed; The statement same; The predicate nothing",
		},
		{
			"a bundle whose payload was changed after it was logged", model.Node{Kind: model.KindAttestation, Format: model.FormatBundle}, bundleOf(t, statement(imageBytes), statement(other)),
			head + "The layer: the Sigstore bundle same; The payload in the envelope differs; The exact bytes that were signed computed; The statement same; The predicate nothing",
		},
		{
			"a bundle over the image's own bytes", model.Node{Kind: model.KindSignature, Format: model.FormatBundle},
			marshal(t, map[string]any{
				"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
				"messageSignature": map[string]any{"signature": "AA==", "messageDigest": map[string]any{
					"algorithm": "SHA2_256", "digest": b64(raw(t, model.DigestOf(imageBytes))),
				}},
			}),
			head + "The layer: the Sigstore bundle same; The exact bytes that were signed same",
		},
		{
			"BuildKit's statement", model.Node{Kind: model.KindAttestation, Format: model.FormatStatement, Found: []model.Found{model.FoundBuildKit}}, statement(imageBytes),
			head + "The layer: the statement same; No signature nothing; The statement same; The predicate nothing",
		},
		{
			"a notation signature", model.Node{Kind: model.KindSignature, Format: model.FormatNotationJWS},
			marshal(t, map[string]any{"payload": url64(target(imageBytes)), "protected": url64([]byte("{}")), "header": map[string]any{}, "signature": "AA"}),
			head + "The layer: the JWS envelope same; The exact bytes that were signed computed; What it names same",
		},
		{
			"a notation signature in COSE of another image", model.Node{Kind: model.KindSignature, Format: model.FormatNotationCOSE}, sign1(target(other)),
			head + "The layer: the COSE envelope same; The exact bytes that were signed computed; What it names differs",
		},
		{
			"a file", model.Node{Kind: model.KindArtifact, Format: model.FormatOpaque}, []byte("readme"), head + "The layer: the file same; No signature nothing",
		},
		{
			"what cannot be read", model.Node{Kind: model.KindAttestation, Format: model.FormatBundle}, []byte("{"),
			head + "The layer: the Sigstore bundle same; What is inside missing",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			tree, e := hung(test.node, test.payload)
			if got := outcome(tree, e); got != test.want {
				t.Errorf("the trail is\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func raw(t *testing.T, d model.Digest) []byte {
	t.Helper()
	out, err := hex.DecodeString(d.Hex())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// sign1 is a COSE_Sign1 message with an empty protected header.
func sign1(payload []byte) []byte {
	out := append([]byte{0xd2, 0x84, 0x41, 0xa0, 0xa0}, byteString(nil, len(payload))...)
	return append(append(out, payload...), 0x41, 0x00)
}

func TestWhatIsSignedIsPutTogetherAsSpecified(t *testing.T) {
	// secure-systems-lab/dsse, protocol.md, Test Vectors.
	if got, want := paeHead("http://example.com/HelloWorld", 11)+"hello world", "DSSEv1 29 http://example.com/HelloWorld 11 hello world"; got != want {
		t.Errorf("PAE is %q, want %q", got, want)
	}
	// RFC 9052 section 4.4, with the protected header a0 and the payload "hi".
	if got, want := hex.EncodeToString(coseInput(sign1([]byte("hi")))), "846a5369676e61747572653141a040426869"; got != want {
		t.Errorf("COSE signs %s, want %s", got, want)
	}
	if got := string(jwsInput([]byte(`{"payload":"cA","protected":"aA"}`))); got != "aA.cA" {
		t.Errorf("JWS signs %q", got)
	}
	for _, bad := range []string{"", "{}", `{"payload":1}`, "\x84\x01"} {
		if jwsInput([]byte(bad)) != nil || coseInput([]byte(bad)) != nil {
			t.Errorf("out of %q something was put together", bad)
		}
	}
}

func TestBytesThatAreNotThereAreMissingAndNotRight(t *testing.T) {
	for _, test := range []struct {
		name string
		blob model.BlobLoaded
		want Status
	}{
		{"other bytes came", model.BlobLoaded{ID: "m", Problem: "altered", Tampered: true}, Differs},
		{"they were denied", model.BlobLoaded{ID: "m", Problem: "denied"}, Missing},
		{"they were left alone", model.BlobLoaded{ID: "m", Skipped: true}, Missing},
	} {
		t.Run(test.name, func(t *testing.T) {
			tree, e := hung(model.Node{Kind: model.KindAttestation, Format: model.FormatBundle}, []byte("{}"))
			n := e.Node
			n.ID = "m"
			tree.Apply(model.NodeFound{Node: n})
			tree.Apply(test.blob)
			steps := Trail(tree, tree.Entry("m"))
			if last := steps[len(steps)-1].Recompute(); last.Status != test.want || last.Digest != "" {
				t.Errorf("it ends %q with %q, want %q", last.Status, last.Digest, test.want)
			}
		})
	}
}

func FuzzNoTrailFailsOrIsRightForOtherBytes(f *testing.F) {
	f.Add([]byte(`{"payload":"e30=","payloadType":"application/vnd.in-toto+json","signatures":[]}`), uint8(2))
	f.Add(simple(imageBytes), uint8(0))
	f.Add(sign1([]byte(`{"targetArtifact":{}}`)), uint8(5))
	formats := []model.Format{
		model.FormatSimpleSigning, model.FormatBundle, model.FormatDSSE, model.FormatStatement, model.FormatNotationJWS, model.FormatNotationCOSE,
		model.FormatDocument, model.FormatRegistrySignature,
	}
	f.Fuzz(func(t *testing.T, payload []byte, which uint8) {
		tree, e := hung(model.Node{Kind: model.KindAttestation, Format: formats[int(which)%len(formats)]}, payload)
		For(tree, e)
		for _, s := range Trail(tree, e) {
			r := s.Recompute()
			if r.Status == Same && !r.Digest.Valid() {
				t.Errorf("%s: right, with the digest %q", s.Name, r.Digest)
			}
		}
	})
}
