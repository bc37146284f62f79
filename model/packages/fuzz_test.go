package packages

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	packageurl "github.com/package-url/packageurl-go"
)

// FuzzIndexAgreesWithTheDocument reads anything at all: nothing panics, everything ends, places lie within the document,
// reading in small slices comes to the same, and names are those that encoding/json reads.
func FuzzIndexAgreesWithTheDocument(f *testing.F) {
	for _, path := range documents(f) {
		f.Add(readFile(f, path), 7)
	}
	for _, raw := range []string{
		``, `"`, `{`, `{"packages":[`, `{"packages":[{"name":"\ud800\u0041\ud83d\ude00\`, `{"packages":[,,:]}`, `{"components":{"a":[]}}`,
		`{"bomFormat":"CycloneDX","components":[{"components":[{"components":[]}],"name":"\u00e4\/"}]}`, "SPDXVersion: SPDX-2.3\nPackageName: <text>",
		`{"spdxVersion":"SPDX-2.3","packages":[{"name":1,"name":"b"},{"externalRefs":{"referenceType":"purl"}}]}`,
	} {
		f.Add([]byte(raw), math.MaxInt)
	}
	f.Fuzz(func(t *testing.T, raw []byte, slice int) {
		b := NewBuilder(raw)
		for b.Step(slice) {
			sound(t, b.Snapshot())
		}
		x, err := b.Index()
		sound(t, x)
		whole, wholeErr := Build(raw)
		if got, want := dump(x), dump(whole); got != want || fmt.Sprint(err) != fmt.Sprint(wholeErr) {
			t.Fatalf("in slices:\n%s\nat once:\n%s", got, want)
		}
		if json.Valid(raw) && err == nil && !x.Embedded {
			agrees(t, x, raw)
		}
		t.Log(NewTable(Source{Index: x}, Source{Index: whole}).Len())
	})
}

// sound checks that an index stays within its document and its own lists.
func sound(t *testing.T, x *Index) {
	t.Helper()
	for i := range x.Len() {
		at := x.Location(i)
		if at.From < 0 || at.To < at.From || at.To > len(x.Text()) {
			t.Fatalf("package %d is at %d to %d of %d", i, at.From, at.To, len(x.Text()))
		}
		d := x.Detail(i)
		for _, r := range d.Relations {
			if r.At < 0 || r.At >= len(x.Text()) || r.Other.Package >= x.Len() {
				t.Fatalf("package %d has %+v", i, r)
			}
		}
	}
	x.Findings()
}

// agrees compares the names of SPDX's packages with what encoding/json reads.
func agrees(t *testing.T, x *Index, raw []byte) {
	t.Helper()
	for i := range x.Len() {
		if x.packages[i].list() != listPackages {
			continue
		}
		var members map[string]json.RawMessage
		if err := json.Unmarshal(x.Raw(i), &members); err != nil {
			t.Fatalf("package %d of %q: %v", i, raw, err)
		}
		for key, got := range map[string]string{"name": x.Package(i).Name, "versionInfo": x.Package(i).Version, "SPDXID": x.Package(i).ID} {
			want := ""
			if json.Unmarshal(members[key], &want) == nil && len(want) <= maxText && got != want {
				t.Fatalf("%s of package %d is %q, want %q", key, i, got, want)
			}
		}
	}
}

// FuzzKeyAgreesWithPackageURL compares the quick way to a key with that through the library.
func FuzzKeyAgreesWithPackageURL(f *testing.F) {
	for _, purl := range []string{
		"pkg:npm/%40hono/node-server@2.1.8?a=1&b=2#x/y", "pkg:deb/debian/libc6@2.41-12%2Bdeb13u1?arch=amd64&distro=debian-13",
		"pkg:golang/golang.org/x/net@v0.40.0", "pkg:PyPI/Foo_Bar@1.0", "pkg:maven/org.apache/log4j@2.17.1?type=jar", "pkg:oci/a@sha256:00",
		"pkg:npm/a", "pkg:npm//a@1", "pkg:npm/a/@1", "pkg:rpm/fedora/Zlib@1?arch=", "pkg:cargo/x@1@2", "pkg:generic/a:b@1", "x",
	} {
		f.Add(purl)
	}
	f.Fuzz(func(t *testing.T, purl string) {
		quick, ok := appendSimple(nil, []byte(purl))
		if p, valid := ParsePURL(purl); ok && valid && string(quick) != p.Package+"@"+p.Version {
			t.Fatalf("%q: %q, want %s@%s", purl, quick, p.Package, p.Version)
		}
		p, valid := ParsePURL(purl)
		if !valid {
			return
		}
		if p.Version != "" && !p.same(p) || !p.Covers(p) && len(p.qualifiers) == len(p.qualifiers.Map()) {
			t.Fatalf("%q is not like itself", purl)
		}
		again, err := packageurl.FromString(purl)
		if err != nil || !strings.EqualFold(again.Type, p.Type) {
			t.Fatalf("%q: %v", purl, err)
		}
	})
}

// FuzzFilterAgreesWithContains compares what a filter finds with looking at each row.
func FuzzFilterAgreesWithContains(f *testing.F) {
	f.Add("zlib\x00Zlib-dev\x00a", "LIB")
	f.Add("ab\x00ba\x00", "bb")
	f.Add("\u0130x\x00İ", "i̇")
	f.Fuzz(func(t *testing.T, names, text string) {
		list := strings.Split(names, "\x00")
		c := newColumn(len(list), func(out []byte, row int) []byte { return appendLower(out, []byte(list[row])) })
		want := strings.ToLower(text)
		if want == "" {
			return
		}
		found := newSet(len(list))
		c.find(t.Context(), []byte(want), found)
		for row, name := range list {
			if has := strings.Contains(strings.ToLower(name), want); has != found.has(row) {
				t.Fatalf("%q in %q: %v, found %v", want, name, has, found.has(row))
			}
		}
		order := c.order(t.Context())
		for i := 1; i < len(order); i++ {
			a, b := clipped(c.at(int(order[i-1]))), clipped(c.at(int(order[i])))
			if a > b || a == b && order[i-1] > order[i] && len(a) < sortedBytes {
				t.Fatalf("%q (%d) comes before %q (%d)", a, order[i-1], b, order[i])
			}
		}
	})
}

// clipped is what counts for the order, without the zeros that cannot be told from an end.
func clipped(b []byte) string { return strings.TrimRight(string(b[:min(len(b), sortedBytes)]), "\x00") }
