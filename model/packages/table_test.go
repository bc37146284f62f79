package packages

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sbom makes an SPDX document of packages "name version licence purl supplier", "-" for nothing.
func sbom(t testing.TB, name string, packages ...string) *Index {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, `{"spdxVersion":"SPDX-2.3","name":%q,"packages":[`, name)
	for i, p := range packages {
		words := strings.Fields(p)
		for len(words) < 5 {
			words = append(words, "-")
		}
		for n := range words {
			if words[n] == "-" {
				words[n] = ""
			}
		}
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"SPDXID":"SPDXRef-%d","name":%q,"versionInfo":%q,"licenseDeclared":%q,"supplier":%q,`+
			`"externalRefs":[{"referenceType":"purl","referenceLocator":%q}]}`, i, words[0], words[1], words[2], words[4], words[3])
	}
	b.WriteString("]}")
	x, err := Build([]byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func sample(t testing.TB) *Table {
	t.Helper()
	return NewTable(Source{Index: sbom(t, "sbom",
		"zlib 1.3.10 Zlib pkg:apk/alpine/zlib@1.3.10 Alpine",
		"OpenSSL 3.5.1 Apache-2.0 pkg:apk/alpine/openssl@3.5.1 Alpine",
		"left-pad 1.3.9 MIT pkg:npm/left-pad@1.3.9 -",
		"Éclair 2 - - -",
		"ssl-utils - MIT pkg:npm/ssl-utils -",
	)}).WithExposures(map[int32]Exposure{
		1: {Worst: SeverityHigh, Open: 1, IDs: []string{"CVE-2026-1111", "GHSA-aaaa"}},
		2: {Excused: 2, IDs: []string{"CVE-2026-2222"}},
		4: {Worst: SeverityLow, Open: 1, Claimed: 1, IDs: []string{"CVE-2026-3333"}},
	})
}

func TestFilter(t *testing.T) {
	t.Parallel()
	table := sample(t)
	for _, test := range []struct {
		name, query string
		want        []int32
	}{
		{"nothing asked is everything", " ", []int32{0, 1, 2, 3, 4}},
		{"a word anywhere, in any case", "SSL", []int32{1, 4}},
		{"other letters than ASCII have cases too", "éCL", []int32{3}},
		{"words narrow each other", "ssl mit", []int32{4}},
		{"the name alone", "name:ssl", []int32{1, 4}},
		{"the version alone", "version:1.3", []int32{0, 2}},
		{"the licence in either spelling", "licence:mit license:MIT", []int32{2, 4}},
		{"the type of package URL", "type:apk", []int32{0, 1}},
		{"the package URL", "purl:npm/left", []int32{2}},
		{"a package URL is no field", "pkg:npm/left", []int32{2}},
		{"the supplier", "supplier:alp", []int32{0, 1}},
		{"not", "-type:npm -zlib", []int32{1, 3}},
		{"a lone hyphen is a text", "left -", []int32{2}},
		{"quotes keep words together", `"left pad"`, nil},
		{"a field that is still being typed", "name:", []int32{0, 1, 2, 3, 4}},
		{"any vulnerability", "vuln:any", []int32{1, 2, 4}},
		{"one that is not excused", "vuln:open", []int32{1, 4}},
		{"one that is excused", "vuln:excused", []int32{2}},
		{"one that is excused by somebody untrusted", "vuln:claimed", []int32{4}},
		{"none", "vuln:none", []int32{0, 3}},
		{"at least so grave", "vuln:medium", []int32{1}},
		{"low is at least low", "vuln:low", []int32{1, 4}},
		{"a vulnerability by its name", "vuln:cve-2026-22", []int32{2}},
		{"a vulnerability by another name, anywhere", "ghsa-aaaa", []int32{1}},
		{"the scope", "scope:image", []int32{0, 1, 2, 3, 4}},
		{"a text that two rows have together only", "zlibopenssl", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			q, err := ParseQuery(test.query)
			if err != nil {
				t.Fatal(err)
			}
			got, err := table.Filter(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got, cmp.Transformer("empty", func(v []int32) []int32 { return append([]int32{}, v...) })); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestASeverityThatThereIsNotIsNoFilter(t *testing.T) {
	t.Parallel()
	if q, err := ParseQuery("vuln:"); !errors.Is(err, ErrQuery) || len(q.terms) > 0 {
		t.Errorf("%v, %v: all rows look like an answer", q, err)
	}
	if q, err := ParseQuery("vuln:hihg"); !errors.Is(err, ErrQuery) || len(q.terms) > 0 {
		t.Errorf("%+v, %v: a typing error would look like an image without vulnerabilities", q, err)
	}
}

func TestSort(t *testing.T) {
	t.Parallel()
	table := sample(t)
	for _, test := range []struct {
		name string
		by   Column
		down bool
		want []int32
	}{
		{"as in the document", ByDocument, false, []int32{0, 1, 2, 3, 4}},
		{"backwards", ByDocument, true, []int32{4, 3, 2, 1, 0}},
		{"names in any case", ByName, false, []int32{2, 1, 4, 0, 3}},
		{"versions as numbers", ByVersion, false, []int32{4, 2, 0, 3, 1}},
		{"licences, the same in the document's order", ByLicence, false, []int32{3, 1, 2, 4, 0}},
		{"types", ByType, false, []int32{3, 0, 1, 2, 4}},
		{"suppliers", BySupplier, false, []int32{2, 3, 4, 0, 1}},
		{"package URLs", ByPURL, false, []int32{3, 1, 0, 2, 4}},
		{"the gravest that is not excused last, those excused before", BySeverity, false, []int32{0, 3, 2, 4, 1}},
		{"the gravest first", BySeverity, true, []int32{1, 4, 2, 3, 0}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := table.Sort(t.Context(), []int32{0, 1, 2, 3, 4}, test.by, test.down)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			part, err := table.Sort(t.Context(), []int32{4, 0}, test.by, test.down)
			if err != nil || len(part) != 2 || part[0] == part[1] {
				t.Errorf("a view of two rows became %v, %v", part, err)
			}
		})
	}
}

func TestWhatNobodyWantsAnyMoreStops(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	table := sample(t)
	q, err := ParseQuery("ssl")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := table.Filter(ctx, q); !errors.Is(err, context.Canceled) {
		t.Errorf("filter: %v", err)
	}
	if _, err := table.Sort(ctx, []int32{1, 0}, ByName, false); !errors.Is(err, context.Canceled) {
		t.Errorf("sort: %v", err)
	}
	if got, err := table.Sort(t.Context(), []int32{1, 0}, ByName, false); err != nil || len(got) != 2 {
		t.Errorf("the next sort: %v, %v", got, err)
	}
}

func TestSeveralSBOMsAreSeenTogether(t *testing.T) {
	t.Parallel()
	final := sbom(t, "sbom", "zlib 1.3 - pkg:apk/alpine/zlib@1.3?arch=x86_64 -", "plain 1 - - -", "app 1 - pkg:npm/%40x/app@1 -")
	stage := sbom(t, "sbom-builder", "gcc 15 - pkg:apk/alpine/gcc@15 -", "zlib 1.3 Zlib pkg:apk/alpine/zlib@1.3 Alpine", "Plain 1 - - -",
		"zlib 1.4 - pkg:apk/alpine/zlib@1.4 -", "zlib 1.3 - pkg:apk/alpine/zlib@1.3 -")
	table := NewTable(Source{Index: final, Node: "a"}, Source{Index: stage, Scope: Scope{Kind: ScopeStage, Name: "builder"}, Node: "b"})
	var got []string
	for row := range table.Len() {
		p := table.Row(row)
		got = append(got, strings.TrimSpace(fmt.Sprint(p.Name, " ", p.Version, " ", table.Places(row), " ", p.Licence, " ", p.Supplier)))
	}
	want := []string{
		"zlib 1.3 [{0 0} {1 1} {1 4}] Zlib Alpine", "plain 1 [{0 1} {1 2}]", "app 1 [{0 2}]", "gcc 15 [{1 0}]", "zlib 1.4 [{1 3}]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	q, err := ParseQuery("scope:builder zlib")
	if err != nil {
		t.Fatal(err)
	}
	if rows, err := table.Filter(t.Context(), q); err != nil || len(rows) != 2 {
		t.Errorf("%v %v", rows, err)
	}
	if q, err = ParseQuery("licence:zlib supplier:alpine"); err != nil {
		t.Fatal(err)
	}
	if rows, err := table.Filter(t.Context(), q); err != nil || len(rows) != 1 {
		t.Errorf("what the second SBOM says is not found: %v %v", rows, err)
	}
	for row := range table.Len() {
		for _, p := range table.Places(row) {
			if got := table.RowOf(p); got != row {
				t.Errorf("%v is in row %d, and said to be in %d", p, row, got)
			}
		}
	}
	if d := table.Detail(table.Places(0)[2]); d.Number != 4 || d.Name != "zlib" {
		t.Errorf("detail of the third place: %+v", d)
	}
	finder := table.Finder()
	if row, found := finder.ByID("b", "SPDXRef-4"); !found || row != 0 {
		t.Errorf("row %d, %v", row, found)
	}
}

func TestAnEmptyTableHasNoRows(t *testing.T) {
	t.Parallel()
	for _, table := range []*Table{NewTable(), NewTable(Source{Index: &Index{}})} {
		if table.Len() != 0 {
			t.Errorf("%d rows", table.Len())
		}
		if rows, err := table.Filter(t.Context(), Query{}); err != nil || len(rows) != 0 {
			t.Errorf("%v %v", rows, err)
		}
		if rows, err := table.Sort(t.Context(), nil, ByName, true); err != nil || len(rows) != 0 {
			t.Errorf("%v %v", rows, err)
		}
	}
}
