package main

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"time"
)

// The package that the demo's image wraps, as its project publishes it in two ecosystems.
const (
	npmName   = "@attestree/demo-server"
	npmPURL   = "pkg:npm/%40attestree/demo-server@" + tag
	pypiName  = "demo-notes"
	pypiWheel = "demo_notes-" + tag + "-py3-none-any.whl"
	pypiSdist = "demo_notes-" + tag + ".tar.gz"

	typeNPMPublish  = "https://github.com/npm/attestation/tree/main/specs/publish/v0.1"
	typePyPIPublish = "https://docs.pypi.org/attestations/publish/v1"
)

// published is when the package's version came out.
var published = signed.Add(10 * time.Minute)

// generatePackages returns what two package registries answer about the demo's package, by path.
func generatePackages() map[string][]byte {
	s := newSigstore()
	files := map[string][]byte{
		"npm-keys.json": indented(registryKeys(newKey("registry"), newKey("retired registry"))),
		"spec.yaml":     []byte(payload("spec.yaml", nil)),
	}
	for name, content := range npmAnswers(s) {
		files["npm/"+name] = indented(content)
	}
	for name, content := range pypiAnswers(s) {
		files["pypi/"+name] = indented(content)
	}
	return files
}

func indented(v any) []byte {
	var out bytes.Buffer
	if err := json.Indent(&out, marshal(v), "", "  "); err != nil {
		panic(err)
	}
	return append(out.Bytes(), '\n')
}

// registryKeys is the list of a registry's keys, as TUF distributes it.
func registryKeys(current, retired key) any {
	var list []any
	for _, use := range []string{"npm:signatures", "npm:attestations"} {
		for _, k := range []struct {
			key
			validFor map[string]string
		}{
			{retired, map[string]string{"start": rfc3339(opened), "end": rfc3339(began)}},
			{current, map[string]string{"start": rfc3339(began)}},
		} {
			list = append(list, map[string]any{
				"keyId": registryKeyID(k.key), "keyUsage": use,
				"publicKey": map[string]any{"rawBytes": k.spki(), "keyDetails": "PKIX_ECDSA_P256_SHA_256", "validFor": k.validFor},
			})
		}
	}
	return map[string]any{"keys": list}
}

// registryKeyID is a key's fingerprint as OpenSSH has it, which is what npm calls its keys by.
func registryKeyID(k key) string {
	var wire []byte
	for _, field := range [][]byte{[]byte("ecdsa-sha2-nistp256"), []byte("nistp256"), must(k.private.PublicKey.Bytes())} {
		wire = append(binary.BigEndian.AppendUint32(wire, uint32(len(field))), field...)
	}
	return "SHA256:" + base64.RawStdEncoding.EncodeToString(sum(wire))
}

// npmAnswers are the entry of the version, the package's history and the list of attestations.
func npmAnswers(s *sigstore) map[string]any {
	tarball := []byte("what npm pack would have made of the demo server")
	digest := sha512.Sum512(tarball)
	integrity := "sha512-" + base64.StdEncoding.EncodeToString(digest[:])
	registry := newKey("registry")
	entry := map[string]any{
		"name": npmName, "version": tag, "repository": map[string]string{"type": "git", "url": "git+" + project + ".git"},
		"dist": map[string]any{
			"integrity": integrity, "tarball": "https://registry.demo.attestree.example/@attestree/demo-server/-/demo-server-" + tag + ".tgz",
			"signatures": []any{map[string]string{
				"keyid": registryKeyID(registry),
				"sig":   base64.StdEncoding.EncodeToString(registry.signMessage([]byte(npmName + "@" + tag + ":" + integrity))),
			}},
			"attestations": map[string]any{"provenance": map[string]string{"predicateType": typeProvenance}},
		},
		"_npmUser": map[string]any{"name": "GitHub Actions", "trustedPublisher": map[string]string{"id": "github"}},
	}
	about := func(predicateType string, predicate any) []byte {
		return marshal(statement{
			Type: statementV1, Subject: []subject{{Name: npmPURL, Digest: map[string]string{"sha512": hex.EncodeToString(digest[:])}}},
			PredicateType: predicateType, Predicate: marshal(predicate),
		})
	}
	build := about(typeProvenance, json.RawMessage(predicate("provenance.json", nil)))
	publish := about(typeNPMPublish, map[string]string{"name": npmName, "version": tag, "registry": "https://registry.demo.attestree.example"})
	byRegistry := s.attest(signer{key: registry}, publish, published)
	byRegistry.Material.PublicKey = &keyHint{registryKeyID(registry)}
	return map[string]any{
		"version.json": entry,
		"history.json": map[string]any{
			"name": npmName, "dist-tags": map[string]string{"latest": tag}, "versions": map[string]any{tag: entry},
			"time": map[string]string{"created": rfc3339(opened), tag: rfc3339(published)},
		},
		"attestations.json": map[string]any{"attestations": []any{
			map[string]any{"predicateType": typeNPMPublish, "bundle": byRegistry},
			map[string]any{"predicateType": typeProvenance, "bundle": s.attest(s.keyless(release(), "npm provenance", published), build, published.Add(time.Second))},
		}},
	}
}

// pypiAnswers are the project's files and a provenance object for each: the wheel's with a publish attestation and a
// provenance, the source distribution's with a publish attestation that is stamped too.
func pypiAnswers(s *sigstore) map[string]any {
	workflow := map[string]any{"kind": "GitHub", "repository": "attestree/demo-server", "workflow": "release.yml", "environment": nil}
	attested := func(file, predicateType string, predicate any, stamp bool) any {
		body := marshal(statement{
			Type: statementV1, Subject: []subject{{Name: file, Digest: map[string]string{"sha256": fileSum(file)}}},
			PredicateType: predicateType, Predicate: marshal(predicate),
		})
		b := s.attest(s.keyless(release(), file+predicateType, published), body, published.Add(2*time.Second))
		material := map[string]any{"certificate": b.Material.Certificate.RawBytes, "transparency_entries": b.Material.TlogEntries}
		if stamp {
			stamped := s.stamp(b, published.Add(time.Second))
			material["timestamps"] = []any{stamped.Material.Timestamps.RFC3161[0].SignedTimestamp}
		}
		return map[string]any{
			"version": 1, "verification_material": material,
			"envelope": map[string]any{"statement": b.Envelope.Payload, "signature": b.Envelope.Signatures[0].Sig},
		}
	}
	object := func(attestations ...any) any {
		return map[string]any{"version": 1, "attestation_bundles": []any{map[string]any{"publisher": workflow, "attestations": attestations}}}
	}
	entry := func(file string) any {
		return map[string]any{
			"filename": file, "url": "/files/" + file, "hashes": map[string]string{"sha256": fileSum(file)}, "yanked": false,
			"provenance": "/integrity/" + pypiName + "/" + tag + "/" + file + "/provenance",
		}
	}
	return map[string]any{
		"index.json": map[string]any{
			"meta": map[string]string{"api-version": "1.4"}, "name": pypiName, "files": []any{entry(pypiSdist), entry(pypiWheel)},
		},
		pypiWheel + ".json": object(attested(pypiWheel, typePyPIPublish, nil, false),
			attested(pypiWheel, typeProvenance, json.RawMessage(predicate("provenance.json", nil)), false)),
		pypiSdist + ".json": object(attested(pypiSdist, typePyPIPublish, nil, true)),
	}
}

// fileSum is the SHA-256 digest of a file's content, which is its name.
func fileSum(file string) string {
	digest := sha256.Sum256([]byte(file))
	return hex.EncodeToString(digest[:])
}
