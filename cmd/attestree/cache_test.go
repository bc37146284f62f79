package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/cmd/attestree/internal/command"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

// cached runs the program with a cache folder.
func cached(t *testing.T, folder string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, problems bytes.Buffer
	code = command.Main(t.Context(), "test", command.Environment{
		Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &problems, Now: time.Now,
		Getenv: func(string) string { return "" }, CacheFolder: folder,
	})
	return out.String(), problems.String(), code
}

func TestOfflineIsAnsweredFromWhatWasKept(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	image := r.Image(t, "a/b", "1", "x")
	r.Attach(t, "a/b", "", image, registrytest.BundleType, []byte("{}"))
	tagged, pinned := r.Host()+"/a/b:1", r.Host()+"/a/b@"+string(image.Digest)
	folder := filepath.Join(t.TempDir(), "cache")

	if _, stderr, code := cached(t, folder, "tree", "--offline", tagged); code != 1 || !strings.Contains(stderr, "not in the cache") {
		t.Errorf("before anything is kept: exit code %d, %q", code, stderr)
	}
	online, stderr, code := cached(t, folder, "tree", tagged)
	if code != 0 || stderr != "" {
		t.Fatalf("online: exit code %d, %q", code, stderr)
	}
	asked := len(r.Requests())
	for reference, want := range map[string]int{tagged: 1, pinned: 0} {
		out, stderr, code := cached(t, folder, "tree", "--offline", "-o", "json", reference)
		if code != want || gjson.Get(out, "asOf").String() == "" || !strings.Contains(gjson.Get(out, "notes.0.message").String(), "as of") {
			t.Errorf("%s: exit code %d, want %d; asOf %s, notes %s, stderr %q", reference, code, want, gjson.Get(out, "asOf"), gjson.Get(out, "notes"), stderr)
		}
		if out, _, _ := cached(t, folder, "tree", "--offline", reference); !strings.Contains(out, strings.SplitN(online, "\n\n", 2)[1]) {
			t.Errorf("%s: offline it is\n%s\nand online it was\n%s", reference, out, online)
		}
	}
	if _, _, code := cached(t, folder, "verify", "--offline", pinned); code != 3 {
		t.Errorf("verify of a digest that is not trusted: exit code %d, want 3", code)
	}
	for _, plain := range []string{"--plain=false", "--plain"} {
		if out, _, code := cached(t, folder, "verify", "--offline", plain, tagged); code != 1 || !strings.Contains(out, "exit code 1 whatever it says") {
			t.Errorf("verify %s of a tag: exit code %d, want 1 and why\n%s", plain, code, out)
		}
		if out, _, _ := cached(t, folder, "verify", "--offline", plain, pinned); strings.Contains(out, "exit code 1") {
			t.Errorf("verify %s of a digest is said to be of a tag\n%s", plain, out)
		}
	}
	if _, _, code := cached(t, folder, "tree", "--offline", "--no-cache", pinned); code != 1 {
		t.Errorf("with --no-cache: exit code %d, want 1", code)
	}
	if len(r.Requests()) != asked {
		t.Error("the registry was asked")
	}
	if _, _, code := cached(t, folder, "cache", "clear"); code != 0 {
		t.Errorf("clear: exit code %d", code)
	}
	if _, _, code := cached(t, folder, "tree", "--offline", pinned); code != 1 {
		t.Errorf("after clear: exit code %d, want 1", code)
	}
}

func TestATagFromTheCacheSatisfiesNobody(t *testing.T) {
	s := newScene(t)
	image := s.image("1", "x")
	s.scan(image)
	s.manifest(sigTag(image), model.Descriptor{}, s.signature(simple(image)))
	tagged, pinned := s.Host()+"/a/b:1", s.Host()+"/a/b@"+string(image.Digest)
	trust := []string{"--key", s.pub, "--insecure-ignore-tlog"}
	folder, policy := filepath.Join(t.TempDir(), "cache"), s.file("p.rego", scanRego)
	if _, stderr, code := cached(t, folder, append(trust, "verify", tagged)...); code != 0 {
		t.Fatalf("online: exit code %d, %s", code, stderr)
	}
	for name, args := range map[string]func(reference string) []string{
		"verify":   func(r string) []string { return []string{"verify", r} },
		"tree":     func(r string) []string { return []string{"tree", r} },
		"policy":   func(r string) []string { return []string{"policy", r, "--policy", policy} },
		"diff":     func(r string) []string { return []string{"diff", r, pinned} },
		"commands": func(r string) []string { return []string{"commands", r} },
		"export":   func(r string) []string { return []string{"export", r, filepath.Join(t.TempDir(), "pack")} },
	} {
		for reference, want := range map[string]int{tagged: 1, pinned: 0} {
			out, stderr, code := cached(t, folder, append(append(args(reference), "--offline"), trust...)...)
			if code != want {
				t.Errorf("%s %s: exit code %d, want %d %s", name, reference, code, want, stderr)
			}
			if name == "policy" && !strings.Contains(out, "from the cache, as of") {
				t.Errorf("%s %s does not say how old that is: %s", name, reference, out)
			}
		}
	}
}

func TestACacheThatCannotBeWrittenIsANoteAndNoMore(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	r.Image(t, "a/b", "1", "x")
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	out, stderr, code := cached(t, filepath.Join(file, "cache"), "tree", r.Host()+"/a/b:1")
	if code != 0 || out == "" || strings.Count(stderr, "nothing more is kept for later") != 1 {
		t.Errorf("exit code %d, stdout %q, stderr %q", code, out, stderr)
	}
}
