package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/cmd/attestree/internal/oci"
	"github.com/attestree/attestree/testdata"
)

const committed = "../../../../testdata/demo"

func TestCommittedDemoIsWhatTheGeneratorWrites(t *testing.T) {
	compareCommitted(t, committed, generate())
}

func TestCommittedPackagesAreWhatTheGeneratorWrites(t *testing.T) {
	compareCommitted(t, "../../../../testdata/packages", generatePackages())
}

func TestCommittedHostileImageIsWhatTheGeneratorWrites(t *testing.T) {
	compareCommitted(t, "../../../../testdata/hostile", generateHostile())
}

func compareCommitted(t *testing.T, committed string, want map[string][]byte) {
	t.Helper()
	have := map[string][]byte{}
	err := filepath.WalkDir(committed, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(committed, path)
		if err != nil {
			return err
		}
		have[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sortedKeys(want), sortedKeys(have)); diff != "" {
		t.Fatalf("files differ, run go generate (-generated +committed):\n%s", diff)
	}
	size := 0
	for name, content := range want {
		size += len(content)
		if string(content) != string(have[name]) {
			t.Errorf("%s differs, run go generate", name)
		}
	}
	if size > 1<<20 {
		t.Errorf("the demo is %d bytes, more than 1 MB to embed", size)
	}
}

func TestBlobsAreWhatTheirNamesSayButForTheOneThatTeachesIt(t *testing.T) {
	var wrong []string
	for name, content := range generate() {
		if digest, ok := strings.CutPrefix(name, "layout/blobs/sha256/"); ok && hexSum(content) != digest {
			wrong = append(wrong, digest)
		}
	}
	if want := []string{layerOf(t, "link-other-bytes").Hex()}; !slices.Equal(wrong, want) {
		t.Errorf("blobs with other bytes: %v, want %v", wrong, want)
	}
}

func TestEverythingNamedIsThereButForTheOneThatTeachesIt(t *testing.T) {
	files := generate()
	missing := map[string]bool{}
	for name, content := range files {
		var m oci.Manifest
		if name != "layout/index.json" && !strings.Contains(name, "/blobs/") || json.Unmarshal(content, &m) != nil {
			continue
		}
		for _, d := range slices.Concat(m.Manifests, m.Layers, []oci.Descriptor{orZero(m.Config), orZero(m.Subject)}) {
			if d.Digest == "" {
				continue
			}
			blob, ok := files["layout/blobs/sha256/"+d.Hex()]
			if !ok {
				missing[d.Digest] = true
			} else if len(blob) != d.Size {
				t.Errorf("%s names %s with %d bytes, it has %d", name, d.Digest, d.Size, len(blob))
			}
		}
	}
	if want := []string{layerOf(t, "reference-lost").Digest}; !slices.Equal(sortedKeys(missing), want) {
		t.Errorf("missing blobs: %v, want %v", sortedKeys(missing), want)
	}
}

func TestExpectationsNameEachNodeOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range expectations(t) {
		if seen[e.Name] || seen[e.ID] {
			t.Errorf("%s (%s) is there twice", e.Name, e.ID)
		}
		if e.Parent != "" && !seen[e.Parent] {
			t.Errorf("%s hangs on %s, which is not there before it", e.Name, e.Parent)
		}
		seen[e.Name], seen[e.ID] = true, true
	}
}

func TestEveryVerdictAndEveryFailingCheckIsInTheDemo(t *testing.T) {
	have := map[string]bool{}
	for _, e := range expectations(t) {
		have[e.Verdict] = true
		if e.Verdict == invalid {
			have[e.Check] = true
		}
	}
	want := []string{
		trusted, untrusted, covered, unsigned, invalid, unverifiable, unavailable,
		"content", "envelope", "signature", "subject", "certificate", "sct", "log", "timestamp",
	}
	for _, w := range want {
		if !have[w] {
			t.Errorf("nothing in the demo shows %q", w)
		}
	}
}

func TestSignersAreThoseWhoSigned(t *testing.T) {
	byName := map[string]testdata.Signer{}
	for _, s := range testdata.DemoSigners {
		byName[s.Name] = s
	}
	if s := byName[signRelease]; s.Issuer != release().issuer || s.Subject != release().subject || s.SourceRepository != project {
		t.Errorf("%s is %+v", signRelease, s)
	}
	if s := byName[signReviewer]; s.Issuer != personIssuer || s.Subject != reviewer {
		t.Errorf("%s is %+v", signReviewer, s)
	}
	if string(byName[signKey].Key) != string(newKey("release").pem()) {
		t.Errorf("%s is another key", signKey)
	}
	for _, e := range expectations(t) {
		if _, ok := byName[e.Signer]; e.Signer != "" && !ok {
			t.Errorf("%s is expected to be signed by %s, who is no signer", e.Name, e.Signer)
		}
	}
	if testdata.DemoReference != repository+":"+tag {
		t.Errorf("reference is %s, the layout is of %s:%s", testdata.DemoReference, repository, tag)
	}
}

func expectations(t *testing.T) []expectation {
	t.Helper()
	var out []expectation
	if err := json.Unmarshal(testdata.DemoExpected, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func expected(t *testing.T, name string) expectation {
	t.Helper()
	for _, e := range expectations(t) {
		if e.Name == name {
			return e
		}
	}
	t.Fatalf("no node is called %q", name)
	return expectation{}
}

// layerOf is the first layer of the manifest of the node with that name.
func layerOf(t *testing.T, name string) oci.Descriptor {
	t.Helper()
	id, _, _ := strings.Cut(expected(t, name).ID, "#")
	var m oci.Manifest
	if err := json.Unmarshal(blob(t, oci.Descriptor{Digest: id}), &m); err != nil {
		t.Fatal(err)
	}
	return m.Layers[0]
}

func blob(t *testing.T, d oci.Descriptor) []byte {
	t.Helper()
	content, err := testdata.Demo.ReadFile(testdata.DemoLayout + "/blobs/sha256/" + d.Hex())
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func orZero(d *oci.Descriptor) oci.Descriptor {
	if d == nil {
		return oci.Descriptor{}
	}
	return *d
}
