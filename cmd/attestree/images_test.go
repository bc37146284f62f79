package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/cmd/attestree/internal/command"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

// imageCase is one of testdata/images, with what the tools that made it say of it.
type imageCase struct {
	File       string `json:"file"`
	Repository string `json:"repository"`
	Tag        string `json:"tag"`
	Digest     string `json:"digest"`
	Nodes      []struct {
		ID            string `json:"id"`
		Kind          string `json:"kind"`
		Format        string `json:"format"`
		PredicateType string `json:"predicateType"`
		Verdict       string `json:"verdict"`
		Made          string `json:"made"`
	} `json:"nodes"`
}

const images = "../../testdata/images/"

// trustees are whom testdata/images/README.md calls trusted.
func trustees() []string {
	args := []string{
		"--trusted-root", images + "trust/trusted_root.json", "--insecure-ignore-tlog",
		"--certificate-identity-regexp",
		`^(https://github\.com/stacklok/dockyard/\.github/workflows/build-containers\.yml@refs/heads/main|alice@example\.com)$`,
		"--certificate-oidc-issuer-regexp", `^(https://token\.actions\.githubusercontent\.com|https://accounts\.google\.com)$`,
	}
	for _, key := range []string{"p256", "p384", "rsa2048", "rsa4096", "ed25519"} {
		args = append(args, "--key", images+"trust/"+key+".pub")
	}
	return args
}

// run is the program in this process; it returns stdout, stderr and the exit code.
func run(t *testing.T, args ...string) (string, string, int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := command.Main(t.Context(), "test", command.Environment{
		Args: args, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, Now: time.Now,
		Getenv: func(string) string { return "" },
	})
	return stdout.String(), stderr.String(), code
}

func readImages(t *testing.T) []imageCase {
	t.Helper()
	raw, err := os.ReadFile(images + "expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []imageCase
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

func unzip(t *testing.T, file string) fs.FS {
	t.Helper()
	z, err := zip.OpenReader(images + file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = z.Close() }) // only read from
	return z
}

// TestRealImagesGetTheVerdictsOfTheToolsThatMadeThem looks at each image in every form in which a person can have it,
// and compares each node with what cosign or notation said of it.
func TestRealImagesGetTheVerdictsOfTheToolsThatMadeThem(t *testing.T) {
	for _, c := range readImages(t) {
		for form, source := range map[string]func(*testing.T, imageCase) string{
			"registry with the referrers API":    fromRegistry(registrytest.Config{Token: true}),
			"registry without the referrers API": fromRegistry(registrytest.Config{NoReferrers: true}),
			"layout folder":                      fromFolder,
			"layout tar":                         fromTar,
		} {
			t.Run(c.File+" "+c.Tag+" as a "+form, func(t *testing.T) {
				t.Parallel()
				stdout, stderr, code := run(t, append([]string{"verify", source(t, c), "-o", "json"}, trustees()...)...)
				if code != 0 && code != 3 {
					t.Fatalf("exit code %d: %s", code, stderr)
				}
				compare(t, c, gjson.Parse(stdout))
			})
		}
	}
}

func fromRegistry(config registrytest.Config) func(*testing.T, imageCase) string {
	return func(t *testing.T, c imageCase) string {
		r := registrytest.New(t, config)
		if err := r.Load(c.Repository, unzip(t, c.File)); err != nil {
			t.Fatal(err)
		}
		if config.NoReferrers && !strings.Contains(c.File, "noapi") {
			// It was pushed to a registry with the API, so nobody wrote a fallback tag; write it as a client would.
			writeFallbackTags(t, r, c)
		}
		return r.Host() + "/" + c.Repository + ":" + c.Tag
	}
}

// writeFallbackTags lists every manifest with a subject under the tag that the distribution specification gives to
// registries without the API, and lies about each artifactType as old clients do.
func writeFallbackTags(t *testing.T, r *registrytest.Registry, c imageCase) {
	t.Helper()
	layout := unzip(t, c.File)
	names, err := fs.Glob(layout, "blobs/sha256/*")
	if err != nil {
		t.Fatal(err)
	}
	lists := map[model.Digest][]any{}
	for _, name := range names {
		raw, err := fs.ReadFile(layout, name)
		if err != nil {
			t.Fatal(err)
		}
		if m, err := model.ParseManifest(raw); err == nil && m.Subject != nil {
			lists[m.Subject.Digest] = append(lists[m.Subject.Digest], registrytest.Descriptor(model.Descriptor{
				MediaType: model.MediaTypeOCIManifest, Digest: model.DigestOf(raw), Size: int64(len(raw)),
				ArtifactType: model.MediaTypeOCIEmpty,
			}))
		}
	}
	for subject, list := range lists {
		raw, err := json.Marshal(map[string]any{"schemaVersion": 2, "mediaType": model.MediaTypeOCIIndex, "manifests": list})
		if err != nil {
			t.Fatal(err)
		}
		r.Manifest(c.Repository, "sha256-"+subject.Hex(), raw)
	}
}

func fromFolder(t *testing.T, c imageCase) string {
	dir := t.TempDir()
	if err := os.CopyFS(dir, unzip(t, c.File)); err != nil {
		t.Fatal(err)
	}
	return "oci:" + dir + ":" + c.Tag
}

func fromTar(t *testing.T, c imageCase) string {
	path := filepath.Join(t.TempDir(), "image.tar")
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	if err := w.AddFS(unzip(t, c.File)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return "archive:" + path + ":" + c.Tag
}

// compare holds the report's nodes against what is expected of them.
func compare(t *testing.T, c imageCase, report gjson.Result) {
	t.Helper()
	if got := report.Get("digest").String(); got != c.Digest {
		t.Fatalf("digest %s, want %s", got, c.Digest)
	}
	found := map[string]gjson.Result{}
	collect(found, report.Get("root"))
	for _, want := range c.Nodes {
		got, there := found[want.ID]
		if !there {
			t.Errorf("%s (%s) was not found", want.ID, want.Made)
			continue
		}
		if kind := got.Get("kind").String(); kind != want.Kind {
			t.Errorf("%s (%s) is a %s, want %s", want.ID, want.Made, kind, want.Kind)
		}
		answer := want.Verdict
		if strings.HasPrefix(want.Format, "notation") {
			answer = "unverifiable" // notation was given a trust store, and here is none
		}
		if verdict := got.Get("verdict").String(); !agrees(answer, verdict) {
			t.Errorf("%s (%s) is %s, want %s; reason: %s", want.ID, want.Made, verdict, answer, got.Get("reason"))
		}
	}
}

func collect(found map[string]gjson.Result, node gjson.Result) {
	found[node.Get("id").String()] = node
	for _, child := range node.Get("children").Array() {
		collect(found, child)
	}
}

// agrees compares a tool's answer with ours, see testdata/images/README.md.
func agrees(tool, ours string) bool {
	switch tool {
	case "failed":
		return slices.Contains([]string{"invalid", "untrusted", "unverifiable"}, ours)
	case "unsigned":
		return ours == "unsigned" || ours == "covered"
	}
	return tool == ours
}
