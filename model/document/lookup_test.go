package document

import "testing"

func TestAPathLeadsToItsValueOrNowhere(t *testing.T) {
	d := mustIndex(t, `{"predicate":{"packages":[{"name":"a"},{"name":"b"}],"@graph":[1,[2,3]],"a.b":{"":4},"q\u0022":5}}`)
	for _, c := range []struct{ name, path, want string }{
		{"a member of an element", "predicate.packages.1.name", `"b"`},
		{"a key that gjson would take for a modifier", `predicate.\@graph.1.0`, "2"},
		{"a key with a dot, and one without letters", `predicate.a\.b.`, "4"},
		{"a key that is written with an escape", `predicate.q\"`, "5"},
		{"the whole", "@this", string(d.Raw())},
		{"behind the last element", "predicate.packages.2", ""},
		{"no number in an array", "predicate.packages.#", ""},
		{"into what holds nothing", "predicate.packages.0.name.x", ""},
		{"a key that is not there", "predicate.nothing", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			if i := d.Lookup(c.path); i >= 0 {
				got = string(d.Value(i))
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
