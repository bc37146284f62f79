package registry

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
)

// tarred is an archive of these members, in this order. What is not given a kind is a file.
func tarred(t *testing.T, members ...tarMember) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, m := range members {
		if m.kind == 0 {
			m.kind = tar.TypeReg
		}
		h := &tar.Header{Name: m.name, Mode: 0o600, Typeflag: m.kind, Linkname: m.link, Size: int64(len(m.raw))}
		if m.kind == tar.TypeXGlobalHeader {
			h = &tar.Header{Typeflag: m.kind, PAXRecords: map[string]string{m.name: m.raw}}
			m.raw = ""
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(m.raw)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

type tarMember struct {
	name, raw string
	kind      byte
	link      string
}

// twoImages are the blobs of two images, with the entries of an index.json for them and their configs' digests.
func twoImages() (blobs []tarMember, entry func(image int, name string) string, configs [2]string) {
	var manifests [2]string
	for i := range 2 {
		config := fmt.Sprintf(`{"os":"linux","architecture":"amd64","config":{"Cmd":["/%d"]}}`, i)
		configs[i] = string(model.DigestOf([]byte(config)))
		manifest := fmt.Sprintf(`{"schemaVersion":2,"mediaType":%q,"config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":%q,"size":%d},"layers":[]}`,
			model.MediaTypeOCIManifest, configs[i], len(config))
		manifests[i] = string(model.DigestOf([]byte(manifest)))
		for _, raw := range []string{config, manifest} {
			blobs = append(blobs, tarMember{name: blobPath(model.DigestOf([]byte(raw))), raw: raw})
		}
	}
	return blobs, func(image int, name string) string {
		return fmt.Sprintf(`{"mediaType":%q,"digest":%q,"size":1,"annotations":{"org.opencontainers.image.ref.name":%q}}`,
			model.MediaTypeOCIManifest, manifests[image], name)
	}, configs
}

func listOf(entries ...string) string {
	return `{"schemaVersion":2,"manifests":[` + strings.Join(entries, ",") + `]}`
}

// TestWhatProgramsReadDifferentlyIsNotVerified opens archives of which this program and another one that unpacks or loads
// them would take different images.
func TestWhatProgramsReadDifferentlyIsNotVerified(t *testing.T) {
	blobs, entry, configs := twoImages()
	good, evil := listOf(entry(0, "x:1")), listOf(entry(1, "x:1"))
	saves := func(image int, tags string) tarMember {
		return tarMember{name: "manifest.json", raw: fmt.Sprintf(`[{"Config":"blobs/sha256/%s","RepoTags":[%s],"Layers":[]}]`, model.Digest(configs[image]).Hex(), tags)}
	}
	index := func(raw string) tarMember { return tarMember{name: "index.json", raw: raw} }
	both := index(listOf(entry(0, "x:1"), entry(1, "me/y:1")))
	for name, c := range map[string]struct {
		members []tarMember
		kind    ErrorKind
		says    string
	}{
		"one list":                      {[]tarMember{index(good)}, "", ""},
		"a list and then another":       {[]tarMember{index(evil), index(good)}, KindBroken, "index.json"},
		"a list and the same again":     {[]tarMember{index(good), index(good)}, KindBroken, "index.json"},
		"another list as ./":            {[]tarMember{index(good), {name: "./index.json", raw: evil}}, KindBroken, "index.json"},
		"another list as /":             {[]tarMember{index(good), {name: "/index.json", raw: evil}}, KindBroken, "index.json"},
		"another list as ../":           {[]tarMember{index(good), {name: "../index.json", raw: evil}}, KindBroken, "index.json"},
		"another list in capitals":      {[]tarMember{index(good), {name: "INDEX.json", raw: evil}}, KindBroken, "index.json"},
		"a link in the list's place":    {[]tarMember{index(good), {name: "index.json", kind: tar.TypeSymlink, link: "evil"}}, KindBroken, "index.json"},
		"a hard link in its place":      {[]tarMember{index(good), {name: "index.json", kind: tar.TypeLink, link: "evil"}}, KindBroken, "index.json"},
		"another list through a link":   {[]tarMember{index(good), {name: "a", kind: tar.TypeSymlink, link: "."}, {name: "a/index.json", raw: evil}}, KindBroken, "index.json"},
		"another name for all":          {[]tarMember{index(good), {name: "path", raw: "index.json", kind: tar.TypeXGlobalHeader}, {name: "evil", raw: evil}}, KindBroken, "another path"},
		"a remark about all":            {[]tarMember{{name: "comment", raw: "1234", kind: tar.TypeXGlobalHeader}, index(good)}, "", ""},
		"a file of that name elsewhere": {[]tarMember{index(good), {name: "a/index.json", raw: evil}}, "", ""},
		"a blob that is there twice":    {append([]tarMember{index(good)}, blobs...), "", ""},
		"a name that two have":          {[]tarMember{index(listOf(entry(0, "x:1"), entry(1, "x:1")))}, KindAmbiguous, "2 images called"},
		"a name that one has twice":     {[]tarMember{index(listOf(entry(0, "x:1"), entry(0, "x:1")))}, "", ""},
		"docker load takes the same":    {[]tarMember{index(good), saves(0, `"any:1"`)}, "", ""},
		"docker load takes another":     {[]tarMember{index(good), saves(1, `"x:1"`)}, KindBroken, "docker load"},
		"docker load takes another, and looks at nothing behind it": {[]tarMember{index(good), {name: "manifest.json", raw: saves(1, `"x:1"`).raw + "]"}}, KindBroken, "docker load"},
		"docker load takes nothing":                                 {[]tarMember{index(good), {name: "manifest.json", raw: `{}`}}, "", ""},
		"a blob and then a link in its place":                       {append(slices.Clone(blobs), index(good), tarMember{name: blobs[0].name, kind: tar.TypeLink, link: "evil"}), KindBroken, "in the place of blobs/"},
		"a link in the place of all blobs":                          {[]tarMember{index(good), {name: "blobs", kind: tar.TypeSymlink, link: "evil"}}, KindBroken, "in the place of blobs/"},
		"a blob and another one as /":                               {[]tarMember{index(good), {name: "/" + blobs[0].name, raw: "evil"}}, KindBroken, "in the place of blobs/"},
		"a link beside it all":                                      {[]tarMember{index(good), {name: "a/layer.tar", kind: tar.TypeSymlink, link: "../b/layer.tar"}}, "", ""},
		"a config that is a link": {[]tarMember{index(good), {name: "manifest.json", raw: `[{"Config":"c","RepoTags":["x:1"]}]`},
			{name: "c", kind: tar.TypeSymlink, link: "blobs/sha256/" + model.Digest(configs[1]).Hex()}}, KindBroken, "names the config"},
		"a second image of its own name":     {[]tarMember{both, saves(1, `"me/y:1"`)}, "", ""},
		"a second image without any name":    {[]tarMember{both, saves(1, ``)}, "", ""},
		"a second image by the first's name": {[]tarMember{both, saves(1, `"x:1"`)}, KindBroken, "docker load"},
	} {
		t.Run(name, func(t *testing.T) {
			source := "archive:" + written(t, "image.tar", tarred(t, append(c.members, blobs...)...)) + ":x:1"
			if c.kind == "" {
				if tree := mustDiscover(t, source, quick()); !strings.Contains(string(tree.Root().Node.Raw), configs[0]) {
					t.Errorf("it is %s, want the first image", tree.Root().Node.Digest)
				}
				return
			}
			_, err := discovered(t, source, quick())
			checkKind(t, err, c.kind)
			if err != nil && !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v does not say %q", err, c.says)
			}
		})
	}
}

func TestADigestInALayoutThatIsNoneIsToldAsSuch(t *testing.T) {
	dir := unpack(t, "artifacts.zip")
	for written, want := range map[string]string{
		"@sha256:" + strings.Repeat("AB", 32): "a digest is written in small letters: sha256:" + strings.Repeat("ab", 32),
		"@sha256:abc":                         "it has 3 characters after sha256:, and such a digest has 64",
		":SHA256:" + strings.Repeat("ab", 32): "small letters",
		":nothing":                            "it has no image called",
	} {
		if _, err := discovered(t, "oci:"+dir+written, quick()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v does not say %q", written, err, want)
		}
	}
}

func TestATagOfSignaturesThatTwoEntriesHaveIsNotRead(t *testing.T) {
	blobs, entry, _ := twoImages()
	var image model.Descriptor
	if err := json.Unmarshal([]byte(entry(0, "x:1")), &image); err != nil {
		t.Fatal(err)
	}
	tag := tagOf(image.Digest) + ".sig"
	list := tarMember{name: "index.json", raw: listOf(entry(0, "x:1"), entry(0, tag), entry(1, tag))}
	tree := mustDiscover(t, "archive:"+written(t, "image.tar", tarred(t, append(blobs, list)...))+":x:1", quick())
	looked := 0
	for _, l := range tree.Lookups {
		if l.Mechanism != model.MechanismCosignSig || l.Subject != image.Digest {
			continue
		}
		looked++
		if l.Status == model.LookupNone || l.Status == model.LookupFound || !strings.Contains(l.Detail, "several entries") {
			t.Errorf("the look-up is %s, %q", l.Status, l.Detail)
		}
	}
	if looked == 0 {
		t.Error("nobody looked for signatures")
	}
}
