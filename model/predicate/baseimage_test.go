package predicate

import "testing"

func TestAPackageURLOfAnImageReadsLikeAReference(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, purl, want string }{
		{"BuildKit's", "pkg:docker/node@24.1.0-alpine?platform=linux%2Famd64", "node:24.1.0-alpine"},
		{"with a registry", "pkg:docker/ghcr.io/o/base@1.0", "ghcr.io/o/base:1.0"},
		{"a tag with escapes", "pkg:docker/node@24%2Bx", "node:24+x"},
		{"by digest, which stands elsewhere", "pkg:docker/node@sha256:aa", "node"},
		{"an OCI one", "pkg:oci/base@sha256%3Aaa?repository_url=ghcr.io/o/base&tag=1.0", "ghcr.io/o/base:1.0"},
		{"what BuildKit runs and leaves out", "pkg:docker/docker/buildkit-syft-scanner@stable-1", ""},
		{"the same from a mirror", "pkg:docker/registry.example%3A5000/tools/syft-scanner@1", ""},
		{"a registry with a port", "pkg:docker/registry.example%3A5000/o/base@1", "registry.example:5000/o/base:1"},
		{"another kind of package", "pkg:npm/left-pad@1.0.0", ""},
		{"a source", "git+https://github.com/o/r", ""},
		{"nothing", "", ""},
	} {
		if got := imageOf(c.purl); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
