package registry

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

// unpack makes a folder of one of the images that real tools made.
func unpack(t *testing.T, file string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "layout")
	if err := os.CopyFS(dir, fixture(t, file)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestSourcesAreToldApart(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, dir := range []string{"layout", "registry", "5000"} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"bundle.json", "alpine", "5000/x"} {
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const digest = "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	cases := map[string]located{
		"-":                     {form: formStdin},
		"layout":                {form: formFolder, path: "layout"},
		"bundle.json":           {form: formFile, path: "bundle.json"},
		"alpine":                {form: formFile, path: "alpine"},
		"registry:alpine":       {form: formReference, reference: "alpine"},
		"alpine:3":              {form: formReference, reference: "alpine:3"},
		"busybox":               {form: formReference, reference: "busybox"},
		"registry:5000/x":       {form: formReference, reference: "registry:5000/x"},
		"oci:6000/x":            {form: formReference, reference: "oci:6000/x"},
		"file:5000/x":           {form: formFile, path: "5000/x", only: "file"},
		"localhost:5000/x/y:z":  {form: formReference, reference: "localhost:5000/x/y:z"},
		"oci:layout":            {form: formFolder, path: "layout"},
		"oci:layout:1.0":        {form: formFolder, path: "layout", reference: "1.0"},
		"oci:layout" + digest:   {form: formFolder, path: "layout", reference: digest[1:]},
		"./layout:1.0":          {form: formFolder, path: "./layout", reference: "1.0"},
		"oci:layout:1" + digest: {form: formFolder, path: "layout", reference: digest[1:]},
		"archive:x.tar:1.0":     {form: formFile, path: "x.tar", reference: "1.0", only: "archive"},
		"archive:-":             {form: formStdin, only: "archive"},
		"archive:-:new":         {form: formStdin, reference: "new", only: "archive"},
		"file:bundle.json":      {form: formFile, path: "bundle.json", only: "file"},
		"./bundle.json":         {form: formFile, path: "./bundle.json"},
	}
	for source, want := range cases {
		if got, err := locate(source); err != nil || got != want {
			t.Errorf("%q is %+v (%v), want %+v", source, got, err, want)
		}
	}
}

func TestSourcesThatMakeNoSenseAreExplained(t *testing.T) {
	dir := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	pipe := unpack(t, "artifacts.zip")
	if err := os.Remove(filepath.Join(pipe, "index.json")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(pipe, "index.json"), 0o700); err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		source string
		kind   ErrorKind
	}{
		"nothing":                         {"", KindUsage},
		"a prefix alone":                  {"oci:", KindUsage},
		"a NUL byte":                      {"a\x00b", KindUsage},
		"a URL":                           {"https://ghcr.io/x/y", KindUsage},
		"upper case":                      {"ghcr.io/X/y", KindUsage},
		"a digest that is none":           {"ghcr.io/x/y@sha256:abc", KindUsage},
		"a folder that is no layout":      {dir, KindUsage},
		"a folder said to be a file":      {"file:" + dir, KindUsage},
		"a path that does not exist":      {dir + "/nope", KindNotFound},
		"a prefixed path that is not":     {"archive:" + dir + "/nope", KindNotFound},
		"a layout that is not":            {"oci:" + dir + "/nope", KindNotFound},
		"a file said to be a layout":      {"oci:" + file("plain", "x"), KindUsage},
		"an index.json that is no file":   {pipe, KindBroken},
		"an empty file":                   {file("empty", ""), KindBroken},
		"text":                            {file("text", "hello\n"), KindUnsupported},
		"other JSON":                      {file("other", `{"a":1}`), KindUnsupported},
		"an empty list":                   {file("list", `[]`), KindUnsupported},
		"a manifest alone":                {file("manifest", `{"schemaVersion":2,"config":{},"layers":[]}`), KindUnsupported},
		"zstd":                            {file("zst", "\x28\xb5\x2f\xfd...."), KindUnsupported},
		"gzip that is cut":                {file("gz", "\x1f\x8b\x08\x00"), KindBroken},
		"a document said to be a tar":     {"archive:" + file("doc", `{"payload":"","payloadType":"x"}`), KindBroken},
		"a layout with several images":    {"oci:" + unpack(t, "buildkit.zip"), KindAmbiguous},
		"a layout without that tag":       {"oci:" + unpack(t, "buildkit.zip") + ":nope", KindNotFound},
		"a layout without that digest":    {"oci:" + unpack(t, "buildkit.zip") + "@sha256:" + strings.Repeat("0", 64), KindNotFound},
		"a platform that is not there":    {"oci:" + unpack(t, "context7-api.zip"), KindUsage},
		"--as something that is no image": {file("statement", `{"_type":"https://in-toto.io/Statement/v1"}`), KindUsage},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			opts := quick()
			opts.Platform = "linux/s390x"
			if strings.HasPrefix(name, "--as") {
				opts.As = "NOT A REFERENCE"
			}
			tree, err := discovered(t, c.source, opts)
			var got *SourceError
			if !errors.As(err, &got) || got.Kind != c.kind || got.Error() == "" {
				t.Fatalf("error %v, want kind %s", err, c.kind)
			}
			if got.Usage() != (c.kind == KindUsage || c.kind == KindAmbiguous) {
				t.Errorf("usage is %v for %s", got.Usage(), c.kind)
			}
			if name != "a platform that is not there" && tree.Len() != 0 {
				t.Errorf("%d nodes came before the error", tree.Len())
			}
		})
	}
}

func TestAWrongPrefixIsAnsweredWithTheRightOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "doc.json")
	if err := os.WriteFile(path, []byte(`{"payload":"","payloadType":"x"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for source, want := range map[string]string{
		"oci:" + path:              "archive: or file:",
		"oci:" + path + "-not":     "check the path",
		"archive:" + path:          "write file:",
		"archive:" + path + "-not": "check the path",
		"file:" + t.TempDir():      "write oci:",
	} {
		if _, err := discovered(t, source, quick()); !strings.Contains(hint(err), want) {
			t.Errorf("%s: hint %q, want %q in it (%v)", source, hint(err), want, err)
		}
	}
}

func TestSeveralImagesAreListedToChooseFrom(t *testing.T) {
	_, err := discovered(t, unpack(t, "buildkit.zip"), quick())
	checkKind(t, err, KindAmbiguous)
	if !strings.Contains(hint(err), "new, old") {
		t.Errorf("hint %q does not list the choices", hint(err))
	}
}

func TestANameInAnArchiveMayBeAWholeReference(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "a:b"), 0o700); err != nil {
		t.Fatal(err)
	}
	for source, want := range map[string][2]string{
		dir + ":x/y:1":           {dir, "x/y:1"},
		dir + ":host:5000/x/y:1": {dir, "host:5000/x/y:1"},
		dir + "/a:b":             {dir + "/a:b", ""},
		dir + "/a:b:1":           {dir + "/a:b", "1"},
		dir + "/absent:1":        {dir + "/absent", "1"},
	} {
		if path, name := splitLayout(source); path != want[0] || name != want[1] {
			t.Errorf("%s is %q and %q, want %q", source, path, name, want)
		}
	}
}

func TestAFileThatIsNotThereIsAskedOfNoRegistry(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, source := range []string{"nope.json", "reports/nope.json", "nope.tar", "nope.sigstore.json", "nope.jsonl", "nope/", "./nope", "../nope.json"} {
		if got, err := locate(source); err == nil || err.Kind != KindNotFound {
			t.Errorf("%q is %+v (%v), want that it is not there", source, got, err)
		}
	}
	if _, err := locate("nope.json"); !strings.Contains(err.Hint, "registry:nope.json") {
		t.Errorf("hint %q does not say how such an image is named", err.Hint)
	}
}

func TestAnImageMayBeCalledAsAFileIs(t *testing.T) {
	t.Chdir(t.TempDir())
	for source, want := range map[string]string{
		"ghcr.io/x/schema.json":        "ghcr.io/x/schema.json",
		"localhost/x/schema.json":      "localhost/x/schema.json",
		"localhost:5000/x/schema.json": "localhost:5000/x/schema.json",
		"schema.json:1":                "schema.json:1",
		"x/y:report.json":              "x/y:report.json",
		"registry:schema.json":         "schema.json",
	} {
		if got, err := locate(source); err != nil || got.form != formReference || got.reference != want {
			t.Errorf("%q is %+v (%v), want the image %s", source, got, err, want)
		}
	}
}

func TestAFileThatIsNotThereIsNamedBeforeTheRegistry(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	_, err := discovered(t, r.Host()+"/x/missing.tar", quick())
	checkKind(t, err, KindNotFound)
	if !strings.Contains(hint(err), "there is no file") {
		t.Errorf("hint %q does not say that there is no such file", hint(err))
	}
}

func TestALayoutDoesNotReachOutOfItsFolder(t *testing.T) {
	dir := unpack(t, "artifacts.zip")
	secret := filepath.Join(filepath.Dir(dir), "secret")
	if err := os.WriteFile(secret, []byte(`{"schemaVersion":2,"manifests":[]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	index := filepath.Join(dir, "index.json")
	if err := os.Remove(index); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, index); err != nil {
		t.Fatal(err)
	}
	_, err := discovered(t, dir, quick())
	checkKind(t, err, KindBroken)
}

func TestAnAlteredBlobInALayoutIsTampered(t *testing.T) {
	dir := unpack(t, "bundle-key.zip")
	good := mustDiscover(t, dir, quick())
	var victim model.Node
	good.Walk(func(e *model.Entry) {
		if e.Node.Format == model.FormatBundle {
			victim = e.Node
		}
	})
	path := filepath.Join(dir, filepath.FromSlash(blobPath(victim.Blob.Digest)))
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	raw[len(raw)/2] ^= 1
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if e := mustDiscover(t, dir, quick()).Entry(victim.ID); e.BlobState != model.BlobTampered || e.Blob != nil {
		t.Errorf("payload is %v, want tampered", e.BlobState)
	}
}

func TestWhatNoIndexListsIsFoundByItsSubject(t *testing.T) {
	dir := unpack(t, "context7-api.zip")
	tree := mustDiscover(t, dir, quick())
	root := string(tree.Root().Node.Digest)
	list := `{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.index.v1+json","digest":"` + root + `","size":1}]}`
	if err := os.WriteFile(filepath.Join(dir, "index.json"), []byte(list), 0o600); err != nil {
		t.Fatal(err)
	}
	opts := quick()
	opts.As = "ghcr.io/stacklok/dockyard/npx/context7:4.0.0"
	bare := mustDiscover(t, dir, opts)
	if got, want := len(attached(bare)), len(attached(tree)); got != want || want == 0 {
		t.Errorf("%d attached, want %d", got, want)
	}
	if got := ledger(t, bare, model.MechanismLayoutScan, model.Digest(root)); got.Status != model.LookupFound || got.Count != 4 {
		t.Errorf("%+v, want 4 found", got)
	}
	if want := "ghcr.io/stacklok/dockyard/npx/context7@" + root; bare.Reference != want {
		t.Errorf("stands for %q, want %q", bare.Reference, want)
	}
}

func TestStandardInputIsReadOnceAndBounded(t *testing.T) {
	opts := quick()
	statement := `{"_type":"https://in-toto.io/Statement/v1"}`
	opts.Stdin = strings.NewReader(statement)
	tree := mustDiscover(t, "-", opts)
	if e := tree.Root(); e.Node.Kind != model.KindStatement || string(e.Blob) != statement {
		t.Errorf("%s %q, want the statement", e.Node.Kind, e.Blob)
	}
	opts.Stdin, opts.Limits.Memory = bytes.NewReader(make([]byte, 100)), 50
	_, err := discovered(t, "-", opts)
	checkKind(t, err, KindTooLarge)
	opts.Stdin = io.MultiReader(strings.NewReader("{"), failing{})
	_, err = discovered(t, "-", opts)
	checkKind(t, err, KindBroken)
	opts.Stdin = nil
	_, err = discovered(t, "-", opts)
	checkKind(t, err, KindUsage)
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestRepositoryNamesAreNormalised(t *testing.T) {
	for reference, want := range map[string]string{
		"alpine": "docker.io/library/alpine", "docker.io/library/alpine:3": "docker.io/library/alpine",
		"index.docker.io/me/x@sha256:" + strings.Repeat("0", 64): "docker.io/me/x",
		"ghcr.io/x/y:1": "ghcr.io/x/y", "localhost:5000/x": "localhost:5000/x",
	} {
		if got, err := Repository(reference); err != nil || got != want {
			t.Errorf("%s is %q (%v), want %q", reference, got, err, want)
		}
	}
}
