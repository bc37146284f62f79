package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

// TestASecondRunCostsOneRoundForEachImageAndNoBlob counts what is asked: with one image under way at a time, the rounds of
// all are those of each put together.
func TestASecondRunCostsOneRoundForEachImageAndNoBlob(t *testing.T) {
	t.Parallel()
	const images = 5
	s := newScene(t)
	s.Change(func(c *registrytest.Config) { c.Latency = 5 * time.Millisecond })
	var tags []string
	for i := range images {
		s.signed(fmt.Sprint(i))
		tags = append(tags, fmt.Sprint(":", i))
	}
	list, folder := s.list(tags...), t.TempDir()
	ask := func() []registrytest.Request {
		s.Forget()
		stdout, stderr, code := cached(t, folder, "fleet", list, "-o", "json", "--key", s.pub, "--insecure-ignore-tlog", "--in-flight", "1")
		if code != 0 || strings.Count(stdout, `"verdict":"trusted"`) != images {
			t.Fatalf("exit code %d: %s %s", code, stdout, stderr)
		}
		return s.Requests()
	}
	first, again := ask(), ask()
	for _, r := range again {
		if strings.Contains(r.Path, "/blobs/") || r.Status >= 500 {
			t.Errorf("the second run asks for %s", r.Path)
		}
	}
	// One more for how the registry wants to be spoken to.
	if rounds := registrytest.Rounds(again); rounds > images+1 {
		t.Errorf("%d rounds for %d images", rounds, images)
	}
	if len(again) >= len(first) {
		t.Errorf("%d requests, and %d the first time", len(again), len(first))
	}
}

// copyTo copies an image with everything attached to it to another repository.
func (s *scene) copyTo(repository string, image model.Descriptor, tag string) {
	s.t.Helper()
	for _, digest := range append([]model.Digest{image.Digest}, s.Referrers(attacked, image.Digest)...) {
		raw := s.Bytes(attacked, digest)
		for _, blob := range append(gjson.GetBytes(raw, "layers.#.digest").Array(), gjson.GetBytes(raw, "config.digest")) {
			s.Blob(repository, s.Bytes(attacked, model.Digest(blob.String())))
		}
		name := ""
		if digest == image.Digest {
			name = tag
		}
		s.Manifest(repository, name, raw)
	}
}

// TestTheSameDigestElsewhereIsJudgedForEachReference has one image in two repositories, and signers that are
// trusted for one of them or for both.
func TestTheSameDigestElsewhereIsJudgedForEachReference(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	image := s.signed("1")
	s.copyTo("mirror/b", image, "1")
	list := s.list(":1", s.Host()+"/mirror/b:1", ":1@"+string(image.Digest))
	pem, err := os.ReadFile(s.pub)
	if err != nil {
		t.Fatal(err)
	}
	entry := "signing_policy:\n  require_signature: true\n  trusted_keys:\n    - name: release\n      require_log: false\n      key: |\n" +
		regexp.MustCompile(`(?m)^(.)`).ReplaceAllString(string(pem), "        $1")
	for name, c := range map[string]struct {
		policy string
		own    string
		mirror string
		code   int
	}{
		"trusted everywhere":        {entry, "trusted", "trusted", 0},
		"trusted in one repository": {entry + "      images: [\"" + s.Host() + "/" + attacked + "\"]\n", "trusted", "untrusted", 3},
		"trusted in the other":      {entry + "      images: [\"" + s.Host() + "/mirror/*\"]\n", "untrusted", "trusted", 3},
	} {
		t.Run(name, func(t *testing.T) {
			for range 3 { // whichever comes first
				stdout, stderr, code := run(t, "fleet", list, "-o", "json", "--policy", s.file("policy.yaml", c.policy))
				r := read(t, stdout, stderr, code)
				for _, line := range strings.Split(strings.TrimSpace(stdout), "\n")[1:4] {
					want := c.own
					if strings.Contains(line, `"resolved":"`+s.Host()+"/mirror") {
						want = c.mirror
					}
					if !strings.Contains(line, `"verdict":"`+want+`"`) {
						t.Errorf("want %s: %s", want, line)
					}
				}
				if r.code != c.code {
					t.Errorf("exit code %d", r.code)
				}
			}
		})
	}
}

// TestARegistryThatLiesForOneImageChangesNoOther has every lie told about one image of a fleet.
func TestARegistryThatLiesForOneImageChangesNoOther(t *testing.T) {
	t.Parallel()
	for name, lie := range map[string]func(s *scene, good, other model.Descriptor){
		"another manifest under its digest": func(s *scene, good, other model.Descriptor) {
			s.Replace(attacked, good.Digest, s.Bytes(attacked, other.Digest))
		},
		"a manifest of garbage": func(s *scene, good, _ model.Descriptor) { s.Replace(attacked, good.Digest, []byte("garbage")) },
		"the other's signature in its list": func(s *scene, good, other model.Descriptor) {
			for _, own := range s.Referrers(attacked, good.Digest) {
				s.Remove(attacked, own)
			}
			s.Refer(attacked, good.Digest, s.Referrers(attacked, other.Digest)[0])
		},
		"the other's signature in place of its own": func(s *scene, good, other model.Descriptor) {
			s.Replace(attacked, s.Referrers(attacked, good.Digest)[0], s.Bytes(attacked, s.Referrers(attacked, other.Digest)[0]))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t)
			lied, other := s.signed("lied"), s.signed("other")
			lie(s, lied, other)
			r := s.fleet(s.list("@"+string(lied.Digest), ":other"))
			for reference, row := range r.rows {
				if good := row.Get("policy.satisfied").Bool(); good != (reference == "other") {
					t.Errorf("%s: %s, %s", reference, row.Get("verdict"), row.Get("problem"))
				}
			}
			if r.code == 0 || len(r.rows) != 2 {
				t.Errorf("exit code %d, %d rows", r.code, len(r.rows))
			}
		})
	}
}
