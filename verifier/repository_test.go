package verifier

import (
	"testing"

	"github.com/attestree/attestree/model"
)

// TestNamesAreComparedAsTheRegistryRoomWritesThem holds the two rooms to one form: a name that differs in form alone
// must not look like another image.
func TestNamesAreComparedAsTheRegistryRoomWritesThem(t *testing.T) {
	for name, want := range map[string]string{
		"alpine":                         "docker.io/library/alpine",
		"alpine:3.20":                    "docker.io/library/alpine",
		"grafana/grafana":                "docker.io/grafana/grafana",
		"docker.io/alpine":               "docker.io/library/alpine",
		"index.docker.io/library/alpine": "docker.io/library/alpine",
		"index.docker.io/a/b@sha256:00":  "docker.io/a/b",
		"ghcr.io/a/b:1":                  "ghcr.io/a/b",
		"localhost:5000/a:1":             "localhost:5000/a",
	} {
		if got := model.ImageRepository(name); got != want {
			t.Errorf("ImageRepository(%q) = %q, want %q", name, got, want)
		}
	}
}
