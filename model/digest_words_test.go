package model

import (
	"strings"
	"testing"
)

func TestWhatIsWrongWithADigestIsSaid(t *testing.T) {
	right := strings.Repeat("ab", 32)
	for given, want := range map[string]string{
		"sha256:" + strings.ToUpper(right): "small letters: sha256:" + right,
		"SHA256:" + right:                  "small letters: sha256:" + right,
		right:                              "the algorithm is missing: sha256:" + right,
		"sha256:abc":                       "it has 3 characters after sha256:, and such a digest has 64",
		"sha512:" + right:                  "it has 64 characters after sha512:, and such a digest has 128",
		"sha256:" + right[1:] + "x":        "want sha256:<64 hex digits>",
		"md5:" + right:                     "want sha256:<64 hex digits>",
		"":                                 "want sha256:<64 hex digits>",
	} {
		if _, err := ParseDigest(given); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v does not say %q", given, err, want)
		}
	}
	if d := Digest("sha256:" + right); !d.Capitals("SHA256:"+Digest(right)) || d.Capitals(d) || d.Capitals("sha256:"+Digest(strings.Repeat("AC", 32))) {
		t.Error("the same digest in capitals is told from no other")
	}
}
