package packages

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRowsAreFoundByWhatOthersCallThem(t *testing.T) {
	t.Parallel()
	finder := NewTable(Source{Node: "node", Index: sbom(t, "sbom",
		"zlib 1.3 - pkg:deb/debian/zlib@1.3?arch=amd64 -",
		"zlib 1.3 - pkg:deb/debian/zlib@1.3?arch=arm64 -",
		"Zlib 1.3 - pkg:cargo/Zlib@1.3 -",
		"zlib 1.4 - pkg:deb/debian/zlib@1.4 -",
		"org.x/Lib 1 - - -",
		"odd 1 - pkg:nothing -",
	)}).Finder()
	purl := func(s string) PURL {
		p, ok := ParsePURL(s)
		if !ok {
			t.Fatalf("%s is no package URL", s)
		}
		return p
	}
	for _, test := range []struct {
		name string
		got  []int32
		want []int32
	}{
		{"a package URL, whatever it was built for", finder.ByPURL(purl("pkg:deb/debian/zlib@1.3?distro=x")), []int32{0, 1}},
		{"a package URL without a version is no package", finder.ByPURL(purl("pkg:deb/debian/zlib")), nil},
		{"what a statement covers", finder.Covered(purl("pkg:deb/debian/zlib?arch=amd64")), []int32{0}},
		{"every version", finder.Covered(purl("pkg:deb/debian/zlib")), []int32{0, 1, 3}},
		{"another package", finder.Covered(purl("pkg:deb/debian/zlib1g")), nil},
		{"a name in any case, of any type", finder.ByName("ZLIB", "1.3", ""), []int32{0, 1, 2}},
		{"a name of a type", finder.ByName("zlib", "1.3", "cargo"), []int32{2}},
		{"Maven's colon", finder.ByName("org.x:lib", "1", "maven"), []int32{4}},
		{"a package URL that is none leaves the name", finder.ByName("odd", "1", "npm"), []int32{5}},
		{"a name without a version", finder.ByName("zlib", "", ""), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, test.got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	if row, found := finder.ByID("node", "SPDXRef-3"); !found || row != 3 {
		t.Errorf("row %d, %v", row, found)
	}
	if _, found := finder.ByID("another node", "SPDXRef-3"); found {
		t.Error("found in a document that is not there")
	}
}
