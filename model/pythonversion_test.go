package model

import "testing"

func TestVersionsAreTheSameAsPEP440Says(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"1.0", "1.0.0", true}, {"1.0", "v1.0", true}, {"1.0RC1", "1.0-rc.1", true}, {"1.0a1", "1.0-alpha1", true}, {"1.0c1", "1.0rc1", true},
		{"1.0.post1", "1.0-1", true}, {"1.0.post1", "1.0_1", true}, {"1.0.dev1", "1dev1", true}, {"1.0+a.1", "1.0+A_1", true}, {"01.0", "1", true},
		{"1.0-1", "1.0.1", false}, {"1.0_1", "1.0.1", false}, {"1.0.1a1", "1.1a1", false}, {"1.0.1rc1", "1.1rc1", false},
		{"1.0", "1.0+local", false}, {"1!1.0", "1.0", false}, {"0.0.1", "1", false}, {"1.0", "10", false}, {"1.0a1", "1.0a10", false},
		{"1.0.dev1", "1.0.post1", false}, {"1.0.1", "1.0.10", false}, {"1.0.post1", "1.0.post1.dev1", false}, {"x", "y", false}, {"1.x", "1.x", true},
	} {
		if got := SamePythonVersion(c.a, c.b); got != c.want {
			t.Errorf("%s and %s: %t (%s, %s)", c.a, c.b, got, pythonVersion(c.a), pythonVersion(c.b))
		}
	}
}
