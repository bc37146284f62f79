package main

import "github.com/attestree/attestree/cmd/attestree/internal/oci"

const attestationManifest = "application/vnd.docker.attestation.manifest.v1+json"

// buildkit stores what BuildKit says about one platform: two statements that nobody signed, in a manifest that the
// index lists beside the platform (moby/buildkit, docs/attestations/attestation-storage.md).
func buildkit(l *layout, of oci.Descriptor) oci.Descriptor {
	name := "pkg:docker/" + repository + "@" + tag + "?platform=linux%2F" + of.Platform.Architecture
	var layers []oci.Descriptor
	for _, s := range []struct {
		predicateType string
		predicate     []byte
	}{
		{"https://spdx.dev/Document", spdx(tag, of.Platform.Architecture, packages())},
		{"https://slsa.dev/provenance/v1", predicate("buildkit.json", map[string]string{"Architecture": of.Platform.Architecture})},
	} {
		d := l.put(inTotoPayload, about(of, name, statementV1, s.predicateType, s.predicate))
		d.Annotations = map[string]string{"in-toto.io/predicate-type": s.predicateType}
		layers = append(layers, d)
	}
	d := l.manifest(oci.Manifest{ArtifactType: attestationManifest, Config: l.empty(), Layers: layers, Subject: of.Bare()})
	d.Platform = &oci.Platform{Architecture: "unknown", OS: "unknown"}
	d.Annotations = map[string]string{
		"vnd.docker.reference.type":   "attestation-manifest",
		"vnd.docker.reference.digest": of.Digest,
	}
	return d
}
