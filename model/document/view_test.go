package document

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shown is the rows of a view, as key or text.
func shown(v View) string {
	var rows []string
	for row := range v.Len() {
		i := v.Node(row)
		text := string(v.Document().Key(i))
		if text == "" {
			text = string(v.Document().Value(i))
		}
		rows = append(rows, text[:min(len(text), 3)])
	}
	return strings.Join(rows, " ")
}

func TestView(t *testing.T) {
	t.Parallel()
	d := mustIndex(t, `{"a":{"b":{"c":1},"d":2},"e":[3,[4]],"f":5}`)
	const a, b, c, e, four = 1, 2, 3, 5, 8
	v := NewView(d, 1)
	for _, test := range []struct {
		name string
		got  View
		want string
	}{
		{"one level", v, `{"a a e f`},
		{"no level", NewView(d, 0), `{"a`},
		{"two levels", NewView(d, 2), `{"a a b d e 3 [4] f`},
		{"expanded", v.Expand(a), `{"a a b d e f`},
		{"expanded and collapsed", v.Expand(a).Collapse(a), `{"a a e f`},
		{"toggled", v.Toggle(e).Toggle(a), `{"a a b d e 3 [4] f`},
		{"what was expanded inside is so again", v.Expand(a).Expand(b).Collapse(a).Expand(a), `{"a a b c d e f`},
		{"expanded deep", v.ExpandDeep(a), `{"a a b c d e f`},
		{"collapsed deep forgets", v.ExpandDeep(a).CollapseDeep(a).Expand(a), `{"a a b d e f`},
		{"everything", v.ExpandAll(), `{"a a b c d e 3 [4] 4 f`},
		{"everything collapsed again", v.ExpandAll().CollapseAll(), `{"a a e f`},
		{"revealed", NewView(d, 0).Reveal(c), `{"a a b c d e f`},
		{"expanding a number does nothing", v.Expand(four), `{"a a e f`},
		{"the first view is as it was", v, `{"a a e f`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, shown(test.got)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	if row, visible := v.Row(c); visible || v.Node(row) != a {
		t.Errorf("Row(c) = %d, %v; want the row of a", row, visible)
	}
	if row, visible := v.Row(e); !visible || v.Node(row) != e {
		t.Errorf("Row(e) = %d, %v", row, visible)
	}
	if v.Expandable(four) || !v.Expandable(a) || v.Expanded(a) || !v.Expanded(0) {
		t.Error("expandable and expanded are wrong")
	}
}

// large is a document in the shape of an SPDX document of about that many bytes.
func large(bytes int) []byte {
	var b strings.Builder
	b.WriteString(`{"spdxVersion":"SPDX-2.3","packages":[`)
	for i := 0; b.Len() < bytes; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"SPDXID":"SPDXRef-Package-%d","name":"package-%d","versionInfo":"1.%d.0","filesAnalyzed":false,`+
			`"licenseConcluded":"NOASSERTION","externalRefs":[{"referenceCategory":"PACKAGE-MANAGER",`+
			`"referenceLocator":"pkg:npm/package-%d@1.%d.0","referenceType":"purl"}]}`, i, i, i%100, i, i%100)
	}
	b.WriteString("]}")
	return []byte(b.String())
}

func BenchmarkIndex(b *testing.B) {
	for _, megabytes := range []int{1, 10, 50} {
		raw := large(megabytes << 20)
		b.Run(fmt.Sprint(megabytes, " MB"), func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Index(raw); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkOf50MB(b *testing.B) {
	d, err := Index(large(50 << 20))
	if err != nil {
		b.Fatal(err)
	}
	v := NewView(d, 2)
	for _, bench := range []struct {
		name string
		run  func()
	}{
		{"find nothing", func() { d.Find("not there", 1000) }},
		{"find at the end", func() { d.Find("]}", 1000) }},
		{"find many", func() { d.Find("noassertion", 1000) }},
		{"query", func() { d.Query("packages.#.name") }},
		{"path of the last", func() { d.Path(d.Len() - 1) }},
		{"expand one", func() { v.Expand(3) }},
		{"expand all", func() { v.ExpandAll() }},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				bench.run()
			}
		})
	}
}
