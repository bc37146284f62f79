package packages

import "testing"

func TestPackageURLs(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, a, b   string
		same, covers bool // a and b are the same; what is said of a holds for b
	}{
		{"equal", "pkg:npm/a@1", "pkg:npm/a@1", true, true},
		{"another version", "pkg:npm/a@1", "pkg:npm/a@2", false, false},
		{"every version", "pkg:npm/a", "pkg:npm/a@2", false, true},
		{"a version says nothing of all", "pkg:npm/a@2", "pkg:npm/a", false, false},
		{"a scope, escaped or not", "pkg:npm/@x/a@1", "pkg:npm/%40x/a@1", true, true},
		{"another namespace", "pkg:npm/%40x/a@1", "pkg:npm/a@1", false, false},
		{"a qualifier too many in the package", "pkg:deb/debian/zlib@1", "pkg:deb/debian/zlib@1?arch=amd64", true, true},
		{"a qualifier that the package has not", "pkg:deb/debian/zlib@1?arch=amd64", "pkg:deb/debian/zlib@1", true, false},
		{"another architecture", "pkg:deb/debian/zlib@1?arch=arm64", "pkg:deb/debian/zlib@1?arch=amd64", true, false},
		{"PyPI's names", "pkg:pypi/Foo_Bar@1", "pkg:pypi/foo-bar@1", true, true},
		{"npm's names have cases", "pkg:npm/JSONStream@1", "pkg:npm/jsonstream@1", false, false},
		{"Go's versions with and without v", "pkg:golang/golang.org/x/net@v0.1.0", "pkg:golang/golang.org/x/net@0.1.0", true, true},
		{"other versions keep it", "pkg:cargo/a@v1", "pkg:cargo/a@1", false, false},
		{"another type", "pkg:npm/a@1", "pkg:cargo/a@1", false, false},
		{"a part of a package", "pkg:golang/x.org/a@1#sub", "pkg:golang/x.org/a@1", true, false},
		{"escapes in versions", "pkg:deb/debian/zlib@1%3A1.3%2Bb1", "pkg:deb/debian/zlib@1:1.3+b1", true, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a, okA := ParsePURL(test.a)
			b, okB := ParsePURL(test.b)
			if !okA || !okB {
				t.Fatal("no package URL")
			}
			if a.same(b) != test.same || b.same(a) != test.same || a.Covers(b) != test.covers {
				t.Errorf("same %v, covers %v", a.same(b), a.Covers(b))
			}
			keyA, _ := appendKey(nil, []byte(test.a))
			keyB, _ := appendKey(nil, []byte(test.b))
			if test.same != (string(keyA) == string(keyB)) && a.Version != "" && b.Version != "" {
				t.Errorf("keys %q and %q", keyA, keyB)
			}
		})
	}
}
