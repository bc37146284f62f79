package model

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// manifestJSON writes a manifest: its artifact type, its config's type, its layers' types, and manifest annotations.
func manifestJSON(artifactType, config string, annotations map[string]string, layers ...string) []byte {
	descriptor := func(mediaType string, i int) map[string]any {
		return map[string]any{"mediaType": mediaType, "digest": named(fmt.Sprint(mediaType, i)), "size": 10 + i}
	}
	m := map[string]any{"schemaVersion": 2, "mediaType": MediaTypeOCIManifest, "config": descriptor(config, 0), "layers": []any{}}
	if artifactType != "" {
		m["artifactType"] = artifactType
	}
	if annotations != nil {
		m["annotations"] = annotations
	}
	list := []any{}
	for i, layer := range layers {
		list = append(list, descriptor(layer, i))
	}
	m["layers"] = list
	raw, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	return raw
}

func attach(raw []byte) (Attached, error) {
	m, err := ParseManifest(raw)
	return Attached{
		Digest: DigestOf(raw), Raw: raw, Manifest: m, Subject: amd64, Parent: string(amd64), Found: []Found{FoundReferrersAPI},
		Within: []Digest{index},
	}, err
}

func TestAManifestIsRecognisedByWhatItSaysOfItself(t *testing.T) {
	const (
		imageConfig = "application/vnd.oci.image.config.v1+json"
		empty       = MediaTypeOCIEmpty
		bundleV03   = "application/vnd.dev.sigstore.bundle.v0.3+json"
		dsse        = "application/vnd.dsse.envelope.v1+json"
		inToto      = "application/vnd.in-toto+json"
		simple      = "application/vnd.dev.cosign.simplesigning.v1+json"
		notary      = "application/vnd.cncf.notary.signature"
		tar         = "application/vnd.oci.image.layer.v1.tar+gzip"
	)
	sign := map[string]string{"dev.sigstore.bundle.predicateType": "https://sigstore.dev/cosign/sign/v1"}
	cases := []struct {
		name    string
		raw     []byte
		layered bool
		want    string // kind and format of each node
		holder  Kind
	}{
		{"cosign .sig", manifestJSON("", imageConfig, nil, simple), true, "signature simple-signing", KindArtifact},
		{"cosign .sig with three signatures", manifestJSON("", imageConfig, nil, simple, simple, simple), true,
			"signature simple-signing, signature simple-signing, signature simple-signing", KindArtifact},
		{"cosign .sig with something else in it", manifestJSON("", imageConfig, nil, simple, tar), true,
			"signature simple-signing, artifact opaque", KindArtifact},
		{"cosign .att", manifestJSON("", imageConfig, nil, dsse, dsse), true, "attestation dsse, attestation dsse", KindArtifact},
		{"cosign .sbom, SPDX as text", manifestJSON("", imageConfig, nil, "text/spdx"), true, "sbom document", KindArtifact},
		{"cosign .sbom, CycloneDX", manifestJSON("", imageConfig, nil, "application/vnd.cyclonedx+json"), true, "sbom document", KindArtifact},
		{"cosign v2 experimental signature", manifestJSON("application/vnd.dev.cosign.artifact.sig.v1+json", "application/vnd.dev.cosign.artifact.sig.v1+json", nil, simple), true,
			"signature simple-signing", KindArtifact},
		{"cosign v2 experimental SBOM", manifestJSON("", "application/vnd.dev.cosign.artifact.sbom.v1+json", nil, "application/x-unknown"), true,
			"sbom document", KindArtifact},
		{"cosign v3 attestation", manifestJSON(bundleV03, empty, nil, bundleV03), false, "attestation sigstore-bundle", KindAttestation},
		{"cosign v3 signature", manifestJSON(bundleV03, empty, sign, bundleV03), false, "signature sigstore-bundle", KindSignature},
		{"cosign v3 message signature", manifestJSON(bundleV03, empty, map[string]string{"dev.sigstore.bundle.content": "message-signature"}, bundleV03), false,
			"signature sigstore-bundle", KindSignature},
		{"actions/attest", manifestJSON("application/vnd.dev.sigstore.bundle+json;version=0.2", empty, nil, "application/vnd.dev.sigstore.bundle+json;version=0.2"), false,
			"attestation sigstore-bundle", KindAttestation},
		{"a bundle whose artifact type was lost", manifestJSON("", empty, nil, bundleV03), false, "attestation sigstore-bundle", KindAttestation},
		{"a bundle whose layer type was lost", manifestJSON(bundleV03, empty, nil, "application/json"), false, "attestation sigstore-bundle", KindAttestation},
		{"two bundles where there should be one", manifestJSON(bundleV03, empty, nil, bundleV03, bundleV03), true,
			"attestation sigstore-bundle, attestation sigstore-bundle", KindArtifact},
		{"cosign v3 legacy DSSE", manifestJSON(inToto, empty, nil, dsse), true, "attestation dsse", KindArtifact},
		{"BuildKit before 0.32", manifestJSON("", imageConfig, nil, inToto, inToto), true, "attestation statement, attestation statement", KindAttestationManifest},
		{"BuildKit with one layer", manifestJSON("application/vnd.docker.attestation.manifest.v1+json", empty, nil, inToto), true,
			"attestation statement", KindAttestationManifest},
		{"docker/attest in an attestation manifest", manifestJSON("", imageConfig, nil, "application/vnd.in-toto.provenance+dsse", "application/vnd.in-toto.spdx+dsse"), true,
			"attestation dsse, attestation dsse", KindAttestationManifest},
		{"docker/attest as referrer", manifestJSON("application/vnd.in-toto.spdx+dsse", empty, nil, "application/vnd.in-toto.spdx+dsse"), false,
			"attestation dsse", KindAttestation},
		{"Docker Hardened Images", manifestJSON(inToto, empty, nil, inToto), false, "attestation statement", KindAttestation},
		{"notation JWS", manifestJSON(notary, empty, nil, "application/jose+json"), false, "signature notation-jws", KindSignature},
		{"notation COSE, type in the config", manifestJSON("", notary, nil, "application/cose"), false, "signature notation-cose", KindSignature},
		{"notation with an envelope that is not known", manifestJSON(notary, empty, nil, "application/x"), false, "signature opaque", KindSignature},
		{"a JWS that is not notation's", manifestJSON("application/vnd.example", empty, nil, "application/jose+json"), false, "artifact opaque", KindArtifact},
		{"SPDX", manifestJSON("application/spdx+json", empty, nil, "application/spdx+json"), false, "sbom document", KindSBOM},
		{"CycloneDX by its layer", manifestJSON("application/vnd.example", empty, nil, "application/vnd.cyclonedx+json"), false, "sbom document", KindSBOM},
		{"Syft", manifestJSON("application/vnd.syft+json", empty, nil, "application/vnd.syft+json"), false, "sbom document", KindSBOM},
		{"Ratify", manifestJSON("application/vnd.ratify.spdx.v0", empty, nil, "application/json"), false, "sbom document", KindSBOM},
		{"Harbor", manifestJSON("application/vnd.goharbor.harbor.sbom.v1", imageConfig, nil, "application/vnd.goharbor.harbor.sbom.v1"), false, "sbom document", KindSBOM},
		{"SARIF", manifestJSON("application/sarif+json", empty, nil, "application/sarif+json"), false, "artifact document", KindArtifact},
		{"OpenVEX", manifestJSON("application/openvex+json", empty, nil, "application/json"), false, "artifact document", KindArtifact},
		{"anything else", manifestJSON("application/vnd.example.review", empty, nil, "text/markdown"), false, "artifact opaque", KindArtifact},
		{"anything else with two files", manifestJSON("application/vnd.example.readme", empty, nil, "application/json", "text/markdown"), false, "artifact opaque", KindArtifact},
		{"an SBOM beside another file", manifestJSON("application/vnd.example", empty, nil, "application/spdx+json", "text/markdown"), false, "artifact opaque", KindArtifact},
		{"a bundle beside another file", manifestJSON("application/vnd.example", empty, nil, bundleV03, "text/markdown"), true,
			"attestation sigstore-bundle, artifact opaque", KindArtifact},
		{"an image under a signature's tag", manifestJSON("", imageConfig, nil, tar), false, "artifact opaque", KindArtifact},
		{"nothing in it", manifestJSON("application/vnd.example.lifecycle", empty, nil), false, "artifact opaque", KindArtifact},
		{"a signature's type and nothing in it", manifestJSON(bundleV03, empty, nil), false, "artifact opaque", KindArtifact},
		{"an index", []byte(`{"schemaVersion":2,"manifests":[]}`), false, "artifact opaque", KindArtifact},
		{"an old artifact manifest", []byte(`{"mediaType":"application/vnd.oci.artifact.manifest.v1+json","artifactType":"application/spdx+json",
			"blobs":[{"mediaType":"application/spdx+json","digest":"sha256:00","size":1}]}`), false, "sbom document", KindSBOM},
		{"a type in other letters and with a parameter", manifestJSON("", imageConfig, nil, "Application/vnd.DSSE.envelope.v1+json; charset=utf-8"), true,
			"attestation dsse", KindArtifact},
		{"a type that begins like a bundle's", manifestJSON("application/vnd.dev.sigstore.bundlex+json", empty, nil, "application/json"), false, "artifact opaque", KindArtifact},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a, err := attach(c.raw)
			if err != nil {
				t.Fatal(err)
			}
			nodes := Recognize(a)
			var got []string
			for i, n := range nodes {
				got = append(got, string(n.Kind)+" "+string(n.Format))
				if n.Layered() != c.layered {
					t.Errorf("layered = %v", n.Layered())
				}
				checkIdentity(t, a, n, i)
			}
			if s := strings.Join(got, ", "); s != c.want {
				t.Errorf("nodes = %s, want %s", s, c.want)
			}
			h := Holder(a)
			if h.Kind != c.holder || h.ID != string(a.Digest) || h.Layered() {
				t.Errorf("holder = %s %q", h.Kind, h.ID)
			}
		})
	}
}

// checkIdentity holds a node against the JSON contract: ids, digests, what contains it.
func checkIdentity(t *testing.T, a Attached, n Node, i int) {
	t.Helper()
	if n.Subject != amd64 || n.Parent != string(amd64) || !slices.Equal(n.Found, a.Found) || string(n.Raw) != string(a.Raw) {
		t.Errorf("node %d lost where it was found: %+v", i, n)
	}
	if !n.Layered() {
		if n.ID != string(a.Digest) || n.Digest != a.Digest || !slices.Equal(n.Within, a.Within) || n.Size != int64(len(a.Raw)) {
			t.Errorf("node %d: id %q, within %v", i, n.ID, n.Within)
		}
		if one := len(a.Manifest.Layers) == 1 && !a.Manifest.Index; one != (n.Blob.Digest != "") {
			t.Errorf("blob = %+v of %d layers", n.Blob, len(a.Manifest.Layers))
		}
		return
	}
	layer := a.Manifest.Layers[i]
	if n.ID != fmt.Sprintf("%s#%d", a.Digest, i) || n.Digest != layer.Digest || n.Manifest != a.Digest || n.Size != layer.Size {
		t.Errorf("node %d: id %q, digest %q", i, n.ID, n.Digest)
	}
	if !slices.Equal(n.Within, append([]Digest{a.Digest}, a.Within...)) {
		t.Errorf("node %d is within %v", i, n.Within)
	}
}

func TestALayerWithASignatureBesideItIsASignatureWhateverItsType(t *testing.T) {
	for name, c := range map[string]struct {
		layer, artifactType, annotation string
		want                            Format
	}{
		"of a type that nobody knows":          {"application/x-thing", "", "c2ln", FormatSimpleSigning},
		"of no type":                           {"", "", "c2ln", FormatSimpleSigning},
		"of the same type without a signature": {"application/x-thing", "", "", FormatOpaque},
		"of an attestation":                    {mediaTypeDSSE, "", "c2ln", FormatDSSE},
		"of a bundle":                          {"application/vnd.dev.sigstore.bundle.v0.3+json", "", "c2ln", FormatBundle},
		"of an SBOM":                           {"text/spdx+json", "", "c2ln", FormatDocument},
		"of notation's":                        {mediaTypeJWS, mediaTypeNotation, "c2ln", FormatNotationJWS},
	} {
		a, err := attach(fmt.Appendf(nil, `{"schemaVersion":2,"artifactType":%q,"config":{"mediaType":"x","digest":%q,"size":2},
			"layers":[{"mediaType":%q,"digest":%q,"size":3,"annotations":{%q:%q}}]}`,
			c.artifactType, named("config"), c.layer, named("layer"), signatureAnnotation, c.annotation))
		if err != nil {
			t.Fatal(err)
		}
		nodes := Recognize(a)
		if len(nodes) != 1 || nodes[0].Format != c.want || (c.want == FormatSimpleSigning) != (nodes[0].Kind == KindSignature && nodes[0].Layered()) {
			t.Errorf("%s: %+v, want %s", name, nodes, c.want)
		}
	}
}

func TestTheTagIsNotBelieved(t *testing.T) {
	a, err := attach(manifestJSON("", "application/vnd.oci.image.config.v1+json", nil, "application/vnd.dsse.envelope.v1+json"))
	if err != nil {
		t.Fatal(err)
	}
	a.Tag = "sha256-" + amd64.Hex() + ".sig"
	if n := Recognize(a)[0]; n.Format != FormatDSSE || n.Kind != KindAttestation || n.Tag != a.Tag {
		t.Errorf("an attestation under a signature's tag is %s %s, tag %q", n.Kind, n.Format, n.Tag)
	}
}

func TestAnIndexUnderASignaturesTagIsNotNothing(t *testing.T) {
	list := Attached{
		Digest: named("list"), Raw: []byte("{}"), Subject: amd64, Parent: string(amd64),
		Manifest: Manifest{MediaType: MediaTypeOCIIndex, Index: true, Manifests: []Descriptor{{Digest: named("sig")}}},
	}
	for tag, want := range map[string]Verdict{"": Unsigned, "sha256-" + amd64.Hex() + ".sbom": Unsigned, "sha256-" + amd64.Hex() + ".sig": Unverifiable} {
		list.Tag = tag
		tree := NewTree()
		tree.Apply(NodeFound{Node: Node{ID: string(amd64), Kind: KindImage, Digest: amd64, Found: []Found{FoundRoot}}})
		for _, n := range Recognize(list) {
			tree.Apply(NodeFound{Node: n})
			tree.Apply(Judged{ID: n.ID, Report: Report{Verdict: Unsigned}})
		}
		tree.Apply(DiscoveryDone{})
		tree.Apply(Done{})
		tree.Judge()
		if s := tree.Root().Standing; s.Verdict != want || want == Unverifiable && !strings.Contains(s.Reason, MediaTypeOCIIndex) {
			t.Errorf("under %q: %s (%s), want %s", tag, s.Verdict, s.Reason, want)
		}
	}
}

func TestLayerAnnotationsComeBeforeTheManifests(t *testing.T) {
	a, err := attach(manifestJSON("", "application/vnd.oci.image.config.v1+json", map[string]string{"a": "manifest", "b": "manifest"},
		"application/vnd.dev.cosign.simplesigning.v1+json"))
	if err != nil {
		t.Fatal(err)
	}
	a.Manifest.Layers[0].Annotations = map[string]string{"b": "layer", "c": "layer"}
	got := Recognize(a)[0].Annotations
	if len(got) != 3 || got["a"] != "manifest" || got["b"] != "layer" || got["c"] != "layer" {
		t.Errorf("annotations = %v", got)
	}
	if a.Manifest.Annotations["b"] != "manifest" {
		t.Error("the manifest's own annotations were changed")
	}
}

func TestLayersBeyondTheLimitAreSaidToBeThere(t *testing.T) {
	layers := make([]string, maxLayers+5)
	for i := range layers {
		layers[i] = "application/vnd.dev.cosign.simplesigning.v1+json"
	}
	a, err := attach(manifestJSON("", "application/vnd.oci.image.config.v1+json", nil, layers...))
	if err != nil {
		t.Fatal(err)
	}
	nodes := Recognize(a)
	if len(nodes) != maxLayers+1 {
		t.Fatalf("%d nodes", len(nodes))
	}
	for _, n := range nodes[:maxLayers] {
		if n.Unavailable != "" {
			t.Fatalf("%s: %s", n.ID, n.Unavailable)
		}
	}
	if !strings.Contains(nodes[maxLayers].Unavailable, "1005 layers") {
		t.Errorf("the last says %q", nodes[maxLayers].Unavailable)
	}
}

func TestAManifestThatDeclaresAnotherSubject(t *testing.T) {
	a, err := attach([]byte(`{"schemaVersion":2,"artifactType":"x/y","config":{"digest":"sha256:00"},"layers":[],"subject":{"digest":"` + string(arm64) + `"}}`))
	if err != nil {
		t.Fatal(err)
	}
	if n := Recognize(a)[0]; n.DeclaredSubject != arm64 || n.Subject != amd64 {
		t.Errorf("subject %s, declared %s", n.Subject, n.DeclaredSubject)
	}
}

func TestWhatIsNoManifestIsRefused(t *testing.T) {
	for name, raw := range map[string]string{
		"not JSON":                `<html>`,
		"an empty object":         `{}`,
		"a list":                  `[]`,
		"schema 1":                `{"schemaVersion":1,"config":{"digest":"sha256:00"}}`,
		"an image's config":       `{"architecture":"amd64","config":{"Env":[]},"rootfs":{}}`,
		"both":                    `{"schemaVersion":2,"manifests":[],"config":{"digest":"sha256:00"}}`,
		"layers twice":            `{"schemaVersion":2,"config":{"digest":"sha256:00"},"layers":[],"layers":[]}`,
		"layers in other letters": `{"schemaVersion":2,"config":{"digest":"sha256:00"},"layers":[],"Layers":[]}`,
		"subject twice":           `{"schemaVersion":2,"config":{"digest":"sha256:00"},"subject":{},"subject":{}}`,
		"a negative size":         `{"schemaVersion":2,"config":{"digest":"sha256:00"},"layers":[{"digest":"sha256:00","size":-1}]}`,
		"manifests in capitals":   `{"schemaVersion":2,"manifests":[],"MANIFESTS":[]}`,
	} {
		t.Run(name, func(t *testing.T) {
			if m, err := ParseManifest([]byte(raw)); err == nil {
				t.Errorf("read as %+v", m)
			}
		})
	}
}
