package registry

import (
	"archive/tar"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const indexOf = `{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[%s]}`

func entryNamed(name string) string {
	annotations := ""
	if name != "" {
		annotations = fmt.Sprintf(`,"annotations":{"org.opencontainers.image.ref.name":%q}`, name)
	}
	return `{"mediaType":"application/vnd.oci.image.manifest.v1+json","size":2,"digest":"sha256:` + strings.Repeat("a", 64) + `"` + annotations + `}`
}

func put(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func putLayout(t *testing.T, folder string, names ...string) {
	t.Helper()
	var entries []string
	for _, name := range names {
		entries = append(entries, entryNamed(name))
	}
	put(t, filepath.Join(folder, "oci-layout"), `{"imageLayoutVersion":"1.0.0"}`)
	put(t, filepath.Join(folder, "index.json"), fmt.Sprintf(indexOf, strings.Join(entries, ",")))
}

func putTar(t *testing.T, path string, members map[string]string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := tar.NewWriter(f)
	for name, content := range members {
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(content))}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestNearbyListsWhatCouldBeOpened(t *testing.T) {
	dir := t.TempDir()
	putLayout(t, filepath.Join(dir, "two"), "1.0", "2.0", "sha256-"+strings.Repeat("a", 64)+".sig")
	putLayout(t, filepath.Join(dir, "nameless"), "")
	putLayout(t, filepath.Join(dir, "a:b"), "1.0")
	put(t, filepath.Join(dir, "broken", "oci-layout"), "{}")
	put(t, filepath.Join(dir, "broken", "index.json"), "no JSON")
	put(t, filepath.Join(dir, "other", "index.json"), fmt.Sprintf(indexOf, entryNamed("x")))
	put(t, filepath.Join(dir, "text.tar"), "no archive")
	put(t, filepath.Join(dir, "packed.tgz"), "whatever")
	putTar(t, filepath.Join(dir, "oci.tar"), map[string]string{"blobs/x": strings.Repeat("b", 9000), "./index.json": fmt.Sprintf(indexOf, entryNamed("v1"))})
	putTar(t, filepath.Join(dir, "saved.tar"), map[string]string{"manifest.json": "[]"})
	putTar(t, filepath.Join(dir, "photos.tar"), map[string]string{"a.jpg": "x"})
	if err := os.Symlink(filepath.Join(dir, "two"), filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}

	offers, all := Nearby(t.Context(), dir)
	got := map[string]string{}
	for _, o := range offers {
		got[o.Name] = strings.ReplaceAll(o.Source, dir, "DIR") + " " + o.What
	}
	want := map[string]string{
		"two:1.0": "oci:DIR/two:1.0 OCI layout", "two:2.0": "oci:DIR/two:2.0 OCI layout", "nameless": "oci:DIR/nameless OCI layout",
		"packed.tgz": "archive:DIR/packed.tgz compressed archive", "oci.tar:v1": "archive:DIR/oci.tar:v1 archive",
		"saved.tar": "archive:DIR/saved.tar archive",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) || !all {
		t.Errorf("all: %v\n got %v\nwant %v", all, got, want)
	}
	for _, o := range offers {
		if l, err := locate(o.Source); err != nil || l.form == formReference {
			t.Errorf("%s would not be opened as a file: %+v %v", o.Source, l, err)
		}
	}
}

func TestNearbyIsBounded(t *testing.T) {
	dir := t.TempDir()
	for i := range mostOffers + 1 {
		put(t, filepath.Join(dir, fmt.Sprintf("%d.tgz", i)), "")
	}
	if offers, all := Nearby(t.Context(), dir); len(offers) != mostOffers || all {
		t.Errorf("%d offers, all: %v", len(offers), all)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if offers, all := Nearby(stopped, dir); len(offers) != 0 || all {
		t.Errorf("after its end: %d offers, all: %v", len(offers), all)
	}
	putLayout(t, filepath.Join(dir, "here"), "1.0")
	if offers, _ := Nearby(t.Context(), filepath.Join(dir, "here")); len(offers) != 1 || offers[0].Name != ".:1.0" {
		t.Errorf("in a layout: %v", offers)
	}
}

func TestASettledSourceMeansTheSameEverywhere(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	putLayout(t, "layout", "1.0")
	put(t, "bundle.json", "{}")
	put(t, "image.tar", "")
	digest := "sha256:" + strings.Repeat("a", 64)
	for source, want := range map[string]string{
		"ghcr.io/org/image:1": "registry:ghcr.io/org/image:1", "registry:layout": "registry:layout", "layout": "oci:DIR/layout",
		"oci:layout:1.0": "oci:DIR/layout:1.0", "./layout@" + digest: "oci:DIR/layout@" + digest, "bundle.json": "DIR/bundle.json",
		"file:bundle.json": "file:DIR/bundle.json", "archive:image.tar:a/b:1": "archive:DIR/image.tar:a/b:1",
	} {
		got, ok := Settled(source)
		if want = strings.ReplaceAll(want, "DIR", dir); got != want || !ok {
			t.Errorf("%s is settled as %s, want %s", source, got, want)
		}
		again, _ := Settled(got)
		if again != got {
			t.Errorf("%s settles as %s again", got, again)
		}
	}
	for _, source := range []string{"-", "archive:-", "", "./nothing"} {
		if got, ok := Settled(source); ok {
			t.Errorf("%q is settled as %q", source, got)
		}
	}
	for settled, want := range map[string]string{
		"registry:ghcr.io/org/image:1": "ghcr.io/org/image:1", "registry:layout": "registry:layout", "/a": "/a", "registry:./x": "registry:./x",
	} {
		if got := Unambiguous(settled); got != want {
			t.Errorf("%s is written %s, want %s", settled, got, want)
		}
	}
}
