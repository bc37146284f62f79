package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

const (
	scanType = "https://example.com/scan/v1"
	scanRego = `package signature
import rego.v1

allow if input.predicate.result == "PASSED"
`
)

// examine holds a policy against an image, with the key trusted.
func (s *scene) examine(policy, reference string) (gjson.Result, int) {
	s.t.Helper()
	file := filepath.Join(s.t.TempDir(), "scan.rego")
	if err := os.WriteFile(file, []byte(policy), 0o600); err != nil {
		s.t.Fatal(err)
	}
	stdout, stderr, code := run(s.t, "policy", s.Host()+"/"+attacked+reference, "--policy", file, "-o", "json",
		"--key", s.pub, "--insecure-ignore-tlog")
	if !json.Valid([]byte(stdout)) {
		s.t.Fatalf("no answer: exit code %d, %s", code, stderr)
	}
	return gjson.Parse(stdout), code
}

// scan keeps an attestation that a scan of an image passed.
func (s *scene) scan(about model.Descriptor) {
	s.attach("", about, s.bundle(statement(scanType, about, `{"result":"PASSED"}`)))
}

func TestNoOtherPlaceAnswersAPolicyForTheImage(t *testing.T) {
	for name, c := range map[string]struct {
		set  func(*scene) string
		want int
	}{
		"a scan of the image": {func(s *scene) string {
			s.scan(s.image("1", "x"))
			return ":1"
		}, 0},
		"scans of every platform": {func(s *scene) string {
			a, b := s.image("", "a"), s.image("", "b")
			s.scan(a)
			s.scan(b)
			s.index("1", a, b)
			return ":1"
		}, 0},
		"a scan of one platform of two": {func(s *scene) string {
			good, evil := s.image("", "good"), s.image("", "evil")
			s.scan(good)
			s.index("1", good, evil)
			return ":1"
		}, 3},
		"a scan of what is attached to the image": {func(s *scene) string {
			s.scan(s.Attach(s.t, attacked, "", s.image("1", "x"), "application/spdx+json", []byte(`{"spdxVersion":"SPDX-2.3"}`)))
			return ":1"
		}, 3},
		"a scan of another image, attached to this one": {func(s *scene) string {
			good, evil := s.image("", "good"), s.image("1", "evil")
			s.attach("", evil, s.bundle(statement(scanType, good, `{"result":"PASSED"}`)))
			return ":1"
		}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t)
			answer, code := s.examine(scanRego, c.set(s))
			if code != c.want {
				t.Errorf("exit code %d, want %d: %s", code, c.want, answer.Get("policies"))
			}
		})
	}
}
