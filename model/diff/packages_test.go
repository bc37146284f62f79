package diff

import (
	"fmt"
	"strings"
	"testing"

	"github.com/attestree/attestree/model/packages"
)

// listed is a CycloneDX document of "name version licence" lines as a table.
func listed(tb testing.TB, lines ...string) *packages.Table {
	tb.Helper()
	var b strings.Builder
	b.WriteString(`{"bomFormat":"CycloneDX","specVersion":"1.6","components":[`)
	for i, l := range lines {
		name, rest, _ := strings.Cut(l, " ")
		version, licence, _ := strings.Cut(rest, " ")
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, `{"type":"library","name":%q,"version":%q,"purl":"pkg:npm/%s@%s","licenses":[{"license":{"id":%q}}]}`, name, version, name, version, licence)
	}
	b.WriteString("]}")
	x, err := packages.Build([]byte(b.String()))
	if err != nil {
		tb.Fatal(err)
	}
	return packages.NewTable(packages.Source{Index: x})
}

func TestPackagesAreCompared(t *testing.T) {
	r := comparePackages(
		listed(t, "same 1.0 MIT", "up 1.9.0 MIT", "down 2.0 MIT", "gone 1.0 MIT", "two 1.0 MIT", "law 1.0 MIT"),
		listed(t, "same 1.0 MIT", "up 1.10.0 MIT", "down 1.0 MIT", "new 1.0 MIT", "two 1.0 MIT", "two 2.0 MIT", "law 1.0 AGPL-3.0"))
	var got []string
	for _, c := range r.Changes {
		got = append(got, strings.Join([]string{string(c.Way), c.Name, c.Before, c.After}, " "))
	}
	want := []string{
		"downgraded down 2.0 1.0", "removed gone 1.0 ", "added new  1.0", "added two  2.0", "upgraded up 1.9.0 1.10.0", "relicensed law MIT AGPL-3.0",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if r.Same != 2 || r.Before != 6 || r.After != 6 {
		t.Errorf("%+v", r)
	}
}

func TestVersionsAreInTheOrderOfReleases(t *testing.T) {
	for _, rising := range [][]string{
		{"1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-rc1", "1.0.0", "1.0.1", "1.2", "1.10", "2"},
		{"2.36-9", "2.36-9+deb12u4", "2.36-9+deb12u13", "1:1.0", "2:0.1"},
		{"1.2~beta1", "1.2~rc1", "1.2", "1.2-r1", "1.2-r10"},
		{"v0.0.0-20240101000000-abcdef", "v0.1.0", "v1.0.0"},
		{"9", "10", "100000000000000000000000000000000001", "100000000000000000000000000000000002"},
	} {
		for i := range rising {
			for j := range rising {
				got := compareVersions(rising[i], rising[j])
				if i < j && got >= 0 || i > j && got <= 0 || i == j && got != 0 {
					t.Errorf("%s and %s: %d", rising[i], rising[j], got)
				}
			}
		}
	}
}

// Whatever is written there, an order is an order, and comparing comes to an end.
func FuzzVersionsHaveAnOrder(f *testing.F) {
	f.Add("1.0", "1.0~rc1", "2:1")
	f.Add("", "v", "~")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		if compareVersions(a, b) != -compareVersions(b, a) {
			t.Errorf("%q and %q the other way round", a, b)
		}
		if compareVersions(a, a) != 0 {
			t.Errorf("%q is not itself", a)
		}
		if compareVersions(a, b) > 0 && compareVersions(b, c) > 0 && compareVersions(a, c) <= 0 {
			t.Errorf("%q > %q > %q", a, b, c)
		}
	})
}

// BenchmarkHundredThousandPackages compares two lists of which a third is different.
func BenchmarkHundredThousandPackages(b *testing.B) {
	const count = 100_000
	before, after := make([]string, count), make([]string, count)
	for i := range count {
		before[i] = fmt.Sprintf("package-%d 1.%d.0 MIT", i, i%7)
		after[i] = before[i]
		switch {
		case i%3 == 0:
			after[i] = fmt.Sprintf("package-%d 1.%d.1 MIT", i, i%7)
		case i%50 == 1:
			after[i] = fmt.Sprintf("other-%d 1.0.0 MIT", i)
		}
	}
	x, y := listed(b, before...), listed(b, after...)
	b.ReportAllocs()
	for b.Loop() {
		if r := comparePackages(x, y); len(r.Changes) < count/3 {
			b.Fatal(len(r.Changes))
		}
	}
}
