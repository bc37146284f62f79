package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const sample = ` {
  "subject": [ {"name": "a\/b", "digest": {"sha256": "00ff"}} ],
  "n": -1.5e3, "ok" : true, "none":null, "empty": {}, "list": [], "dup": 1, "dup": 2, "e\u0301\".*": "\\" } `

func mustIndex(t testing.TB, raw string) *Document {
	t.Helper()
	d, err := Index([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestIndexKeepsEveryValueAsItWasWritten(t *testing.T) {
	t.Parallel()
	d := mustIndex(t, sample)
	var got []string
	for i := range d.Len() {
		text := "…"
		if d.Children(i) == 0 {
			text = string(d.Value(i))
		}
		got = append(got, fmt.Sprintf("%*s%s %d(%d) %s", d.Depth(i), "", d.Key(i), d.Kind(i), d.Children(i), text))
	}
	want := []string{
		" 0(9) …",
		" subject 1(1) …",
		"   0(2) …",
		`   name 2(0) "a\/b"`,
		"   digest 0(1) …",
		`    sha256 2(0) "00ff"`,
		" n 3(0) -1.5e3", " ok 4(0) true", " none 5(0) null", " empty 0(0) {}", " list 1(0) []",
		" dup 3(0) 1", " dup 3(0) 2",
		` e\u0301\".* 2(0) "\\"`,
	}
	for i := range want {
		want[i] = strings.TrimPrefix(want[i], strings.Repeat(" ", 1))
		got[i] = strings.TrimPrefix(got[i], strings.Repeat(" ", 1))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestIndexRefusesWhatItCannotOutline(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, raw string
		want      error
	}{
		{"nothing", "", ErrNotJSON},
		{"a half object", `{"a":`, ErrNotJSON},
		{"two values", `{} {}`, ErrNotJSON},
		{"a comment", `{} // no`, ErrNotJSON},
		{"too deep a nesting", strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001), ErrNotJSON},
		{"too many values", "[" + strings.Repeat("0,", maxValues) + "0]", ErrTooLarge},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if _, err := Index([]byte(test.raw)); !errors.Is(err, test.want) {
				t.Errorf("err = %v, want %v", err, test.want)
			}
		})
	}
}

func TestTheDeepestNestingIsOutlined(t *testing.T) {
	t.Parallel()
	d := mustIndex(t, strings.Repeat("[", 10_000)+strings.Repeat("]", 10_000))
	if d.Len() != 10_000 || d.Depth(9_999) != 9_999 {
		t.Errorf("%d values, the last %d deep", d.Len(), d.Depth(d.Len()-1))
	}
	if got := strings.Count(d.Path(9_999), "0"); got != 9_999 {
		t.Errorf("a path of %d steps", got)
	}
}

func TestPathsLeadBack(t *testing.T) {
	t.Parallel()
	d := mustIndex(t, sample)
	for i := range d.Len() {
		if string(d.Key(i)) == "dup" {
			continue // ambiguous: the path leads to the first
		}
		path := d.Path(i)
		if got := d.Query(path); len(got.Nodes) != 1 || got.Nodes[0] != i {
			t.Errorf("value %d is at %q, where %v is", i, path, got.Nodes)
		}
	}
	if got := d.Path(5); got != "subject.0.digest.sha256" {
		t.Errorf("path = %q", got)
	}
}

func TestQuery(t *testing.T) {
	t.Parallel()
	d := mustIndex(t, `{"p":[{"n":"zlib","v":1},{"n":"curl","v":2},{"n":"x","v":3}],"k":{"a":1}}`)
	for _, test := range []struct {
		name, path, raw string
		values          []string
	}{
		{"a path", "p.1.n", `"curl"`, []string{`"curl"`}},
		{"white space around it", " k ", `{"a":1}`, []string{`{"a":1}`}},
		{"every element", "p.#.v", `[1,2,3]`, []string{"1", "2", "3"}},
		{"the first match", `p.#(n=="curl").v`, "2", []string{"2"}},
		{"all matches", `p.#(v>1)#.n`, `["curl","x"]`, []string{`"curl"`, `"x"`}},
		{"a computed answer is no part of the document", "p.#", "3", nil},
		{"a modifier", "k|@keys", `["a"]`, nil},
		{"nothing is there", "q", "", nil},
		{"nothing is asked", " ", "", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			answer := d.Query(test.path)
			if string(answer.Raw) != test.raw || answer.Found() != (test.raw != "") {
				t.Errorf("answer is %s, want %s", answer.Raw, test.raw)
			}
			var values []string
			for _, i := range answer.Nodes {
				values = append(values, string(d.Value(i)))
			}
			if diff := cmp.Diff(test.values, values); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	d := mustIndex(t, `{"Name":"Zlib zlib","x":[12,true,{"name":null}],"zlib":"{"}`)
	for _, test := range []struct {
		name, text string
		limit      int
		want       []int
	}{
		{"in a value, once, and in a key", "zlib", 9, []int{1, 7}},
		{"small letters find both cases", "name", 9, []int{1, 6}},
		{"a capital makes it exact", "Name", 9, []int{1}},
		{"numbers and literals", "12", 9, []int{3}},
		{"null", "ull", 9, []int{6}},
		{"punctuation is no text", `":`, 9, nil},
		{"a quote is no text", `"`, 9, nil},
		{"a brace in a string is", "{", 9, []int{7}},
		{"the limit holds", "e", 2, []int{1, 4}},
		{"nothing finds nothing", "", 9, nil},
		{"longer than the document", strings.Repeat("x", 1000), 9, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, d.Find(test.text, test.limit)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func FuzzOutlineAgreesWithTheText(f *testing.F) {
	for _, raw := range []string{sample, "1", `"\\\""`, "[[],{}]", `{"a":{"a":{}}}`, "\t[1 , 2\n]", `{"":"","":[]}`, "[", `{"a" 1}`, "{\"\xaf\":{}}"} {
		f.Add([]byte(raw), "a", "a.#.b")
	}
	f.Add([]byte("["+strings.Repeat(`[1,{"a":2}],`, 40)+strings.Repeat("[", 40)+strings.Repeat("]", 40)+"]"), "2", "39.1.a")
	f.Fuzz(func(t *testing.T, raw []byte, text, path string) {
		d, err := Index(raw)
		if (err == nil) != json.Valid(raw) {
			t.Fatalf("err = %v, valid %v", err, json.Valid(raw))
		}
		if err != nil {
			return
		}
		consistent(t, d)
		for _, i := range d.Find(text, 100) {
			own := d.Key(i)
			if d.Children(i) == 0 {
				own = append(append(bytes.Clone(own), '\n'), d.Value(i)...)
			}
			if !bytes.Contains(bytes.ToLower(own), bytes.ToLower([]byte(text))) {
				t.Fatalf("%q was found in value %d, which is %q", text, i, own)
			}
		}
		for _, i := range d.Query(path).Nodes {
			if i < 0 || i >= d.Len() {
				t.Fatalf("%q answers with value %d of %d", path, i, d.Len())
			}
		}
	})
}

// consistent checks every value against the text and against each other.
func consistent(t *testing.T, d *Document) {
	t.Helper()
	if got, want := d.Value(0), bytes.TrimSpace(d.Raw()); !bytes.Equal(got, want) || d.Skip(0) != d.Len() {
		t.Fatalf("the outermost value is %q of %q and ends at %d of %d", got, want, d.Skip(0), d.Len())
	}
	found := make([]bool, d.Len()) // by its path; of equal keys the first one is
	for i := range d.Len() {
		if !json.Valid(d.Value(i)) {
			t.Fatalf("value %d is %q", i, d.Value(i))
		}
		if key := d.Key(i); d.HasKey(i) && !json.Valid([]byte(`"`+string(key)+`"`)) {
			t.Fatalf("key %d is %q", i, key)
		}
		if got := children(d, i); got != d.Children(i) {
			t.Fatalf("value %d says it has %d children, there are %d", i, d.Children(i), got)
		}
		var rebuilt any
		numbers := json.NewDecoder(bytes.NewReader(d.Value(i)))
		numbers.UseNumber() // which may be beyond what a float64 holds
		if err := numbers.Decode(&rebuilt); err != nil {
			t.Fatal(err)
		}
		if want := kindOf(rebuilt); d.Kind(i) != want {
			t.Fatalf("value %d is a %d, want %d", i, d.Kind(i), want)
		}
		first, parent := d.Lookup(d.Path(i)), d.Parent(i)
		found[i] = first == i
		if (parent < 0 || found[parent]) && !found[i] && (first < 0 || first > i || d.Path(first) != d.Path(i)) {
			t.Fatalf("the path %q of value %d leads to value %d", d.Path(i), i, first)
		}
	}
}

// children walks over what a value holds and checks that each says so.
func children(d *Document, i int) int {
	n := 0
	for c := i + 1; c < d.Skip(i); c = d.Skip(c) {
		if d.Parent(c) != i || d.Position(c) != n || d.Depth(c) != d.Depth(i)+1 || d.HasKey(c) != (d.Kind(i) == Object) {
			return -1
		}
		n++
	}
	return n
}

func kindOf(v any) Kind {
	switch v.(type) {
	case map[string]any:
		return Object
	case []any:
		return Array
	case string:
		return String
	case json.Number:
		return Number
	case bool:
		return Bool
	}
	return Null
}
