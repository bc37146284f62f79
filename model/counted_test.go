package model

import "testing"

func TestANumberHasItsNoun(t *testing.T) {
	for _, c := range []struct {
		n    int
		noun string
		want string
	}{
		{1, "package", "1 package"}, {0, "package", "0 packages"}, {412, "package", "412 packages"},
		{2, "dependency", "2 dependencies"}, {1, "dependency", "1 dependency"}, {2, "key", "2 keys"}, {2, "day", "2 days"},
	} {
		if got := Counted(c.n, c.noun); got != c.want {
			t.Errorf("%d of %q: %q, want %q", c.n, c.noun, got, c.want)
		}
	}
}
