package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/attestree/attestree/cmd/attestree/internal/oci"
)

// demo is the image under construction.
type demo struct {
	*layout
	sigstore   *sigstore
	releaseKey key
	image      image
	expected   []expectation
}

// generate returns the demo's files by path.
func generate() map[string][]byte {
	d := &demo{layout: newLayout(), sigstore: newSigstore(), releaseKey: newKey("release")}
	d.image = build(d.layout)
	d.list = append(d.list, named(d.image.index, tag))
	d.expectImage()

	d.signatures()
	d.attestations()
	d.scan()
	d.artifacts()
	d.damaged()
	d.damagedOnPlatform()

	files := map[string][]byte{
		"trusted_root.json": d.sigstore.trustedRoot(),
		"release.pub":       d.releaseKey.pem(),
		"EXPECTED.json":     append(must(json.MarshalIndent(d.expected, "", "  ")), '\n'),
	}
	for path, content := range d.files() {
		files["layout/"+path] = content
	}
	return files
}

// expectImage says what the index, its platforms and what BuildKit says about them are worth.
func (d *demo) expectImage() {
	root := d.image.index.Digest
	d.expect(root, "", expectation{
		Name: "index", Kind: "index", Found: "root", Verdict: trusted,
		Lesson: "An image is worth what the best of its signatures is worth; other attachments, good or bad, do not change that.",
	})
	for i, p := range []oci.Descriptor{d.image.amd64, d.image.arm64} {
		d.expect(p.Digest, root, expectation{
			Name: p.Platform.Architecture, Kind: "image", Platform: "linux/" + p.Platform.Architecture, Found: viaChild,
			Verdict: covered, Coverage: trusted,
			Lesson: "The signature of the index covers its platforms, because the index names them by digest.",
		})
		for layer, s := range []struct{ name, predicateType, lesson string }{
			{"sbom", typeSPDX, "BuildKit signs nothing. That this has not changed since the index was signed is known; that it is true, nobody vouched for."},
			{"provenance", typeProvenance, "What the builder noted while it built. The builder's name is the address of a run and proves no level above 1."},
		} {
			d.expect(fmt.Sprintf("%s#%d", d.image.statements[i].Digest, layer), p.Digest, expectation{
				Name: "buildkit-" + s.name + "-" + p.Platform.Architecture, Kind: kindAttestation, Format: "statement",
				PredicateType: s.predicateType, Found: viaBuildKit, Verdict: covered, Coverage: trusted, Lesson: s.lesson,
			})
		}
	}
}

// write replaces the folder's content with files.
func write(folder string, files map[string][]byte) error {
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	for _, path := range sortedKeys(files) {
		name := filepath.Join(folder, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
			return err
		}
		if err := os.WriteFile(name, files[path], 0o600); err != nil {
			return err
		}
	}
	return nil
}
