package registry

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model"
)

// packed is a tar of a file system, with ./ before every name as GNU tar writes it.
func packed(t testing.TB, fsys fs.FS) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		return addMember(w, "./"+name, raw)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func addMember(w *tar.Writer, name string, raw []byte) error {
	if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(raw)), Typeflag: tar.TypeReg}); err != nil {
		return err
	}
	_, err := w.Write(raw)
	return err
}

func zipped(t testing.TB, raw []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(raw); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func written(t testing.TB, name string, raw []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAnArchiveGivesTheSameTreeAsItsLayout(t *testing.T) {
	for _, want := range expectedImages(t) {
		t.Run(want.Set+" "+want.Repository+":"+want.Tag, func(t *testing.T) {
			t.Parallel()
			raw := packed(t, fixture(t, want.File))
			plain := mustDiscover(t, "archive:"+written(t, "image.tar", raw)+":"+want.Tag, quick())
			checkExpected(t, plain, want, false)
			// So little room that members have to be decompressed again.
			opts := quick()
			opts.Limits.Manifest = 96 << 10
			again := mustDiscover(t, "archive:"+written(t, "image.tgz", zipped(t, raw))+":"+want.Tag, opts)
			checkExpected(t, again, want, false)
		})
	}
}

func TestAnArchiveIsRecognisedFromStandardInput(t *testing.T) {
	raw := packed(t, fixture(t, "context7-api.zip"))
	for name, bytesIn := range map[string][]byte{"plain": raw, "compressed": zipped(t, raw)} {
		opts := quick()
		opts.Stdin = bytes.NewReader(bytesIn)
		if got := len(attached(mustDiscover(t, "-", opts))); got != 8 {
			t.Errorf("%s: %d attached, want 8", name, got)
		}
	}
}

func TestWhatIsCompressedHasALimit(t *testing.T) {
	raw := zipped(t, packed(t, fixture(t, "context7-api.zip")))
	opts := quick()
	opts.Limits.Archive = 100_000
	_, err := discovered(t, written(t, "image.tgz", raw), opts)
	checkKind(t, err, KindTooLarge)
}

func TestAnArchiveThatBreaksOffIsAnError(t *testing.T) {
	raw := packed(t, fixture(t, "artifacts.zip"))
	_, err := discovered(t, written(t, "image.tar", raw[:len(raw)/2+100]), quick())
	checkKind(t, err, KindBroken)
}

func TestMembersThatAreNotPlainFilesInsideAreLeftOut(t *testing.T) {
	for name, h := range map[string]tar.Header{
		"a link":            {Name: "index.json", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"},
		"a hard link":       {Name: "index.json", Typeflag: tar.TypeLink, Linkname: "x"},
		"a device":          {Name: "index.json", Typeflag: tar.TypeChar},
		"an absolute path":  {Name: "/index.json", Typeflag: tar.TypeReg},
		"a path going up":   {Name: "../index.json", Typeflag: tar.TypeReg},
		"a path up and in":  {Name: "a/../../index.json", Typeflag: tar.TypeReg},
		"a sparse file":     {Name: "index.json", Typeflag: tar.TypeReg, PAXRecords: map[string]string{"GNU.sparse.major": "1"}},
		"an old sparse one": {Name: "index.json", Typeflag: tar.TypeGNUSparse},
	} {
		if got, ok := memberName(&h); ok {
			t.Errorf("%s is taken as %q", name, got)
		}
	}
	if got, ok := memberName(&tar.Header{Name: "./blobs//sha256/x", Typeflag: tar.TypeReg}); !ok || got != "blobs/sha256/x" {
		t.Errorf("a plain file is %q, %v", got, ok)
	}
}

// saved is a docker save archive of the old kind.
func saved(t testing.TB, configName string, config []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	manifest := `[{"Config":"` + configName + `","RepoTags":["me/x:1"],"Layers":["a/layer.tar"]}]`
	for name, raw := range map[string][]byte{"manifest.json": []byte(manifest), configName: config, "a/layer.tar": []byte("layer")} {
		if err := addMember(w, name, raw); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestDockerSaveWithoutALayoutSaysThatTheDigestIsLost(t *testing.T) {
	config := []byte(`{"os":"linux","architecture":"arm64","variant":"v8"}`)
	digest := model.DigestOf(config)
	tree := mustDiscover(t, written(t, "saved.tar", saved(t, digest.Hex()+".json", config)), quick())
	if len(tree.Notes) != 1 || !strings.Contains(tree.Notes[0].Message, "digest is lost") {
		t.Errorf("notes %+v do not say that the digest is lost", tree.Notes)
	}
	got := tree.Root().Node
	want := model.Node{ID: string(digest), Kind: model.KindImage, Platform: "linux/arm64/v8", Name: "me/x:1"}
	if diff := cmp.Diff(want, model.Node{ID: got.ID, Kind: got.Kind, Digest: got.Digest, Platform: got.Platform, Name: got.Name}); diff != "" {
		t.Errorf("image (-want +got):\n%s", diff)
	}
	if got.Unavailable == "" || len(got.Layers) != 1 || got.Layers[0].Size != 5 {
		t.Errorf("%+v does not say that there is no manifest, or has no layer of 5 bytes", got)
	}
	altered := mustDiscover(t, written(t, "altered.tar", saved(t, digest.Hex()+".json", append(config, ' '))), quick())
	if altered.Root().BlobState != model.BlobTampered {
		t.Error("a config that is not the one in its name is not called tampered")
	}
	_, err := discovered(t, "archive:"+written(t, "saved.tar", saved(t, digest.Hex()+".json", config))+":2", quick())
	checkKind(t, err, KindNotFound)
}
