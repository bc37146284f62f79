package predicate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model/document"
)

// TestEveryFieldOfAPayloadCanBeReached holds that no decoder hides anything: whatever it leaves out of the summary is a
// row of the payload's tree, under its own names, and its path leads back to it.
func TestEveryFieldOfAPayloadCanBeReached(t *testing.T) {
	t.Parallel()
	for name, s := range samples(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, err := document.Index(s.Predicate)
			if err != nil {
				t.Fatal(err)
			}
			rows := document.NewView(d, 1).ExpandAll()
			var got []string
			for row := range rows.Len() {
				i := rows.Node(row)
				if found := d.Lookup(d.Path(i)); found != i {
					t.Errorf("the path %q of value %d leads to value %d", d.Path(i), i, found)
				}
				if d.Children(i) == 0 {
					got = append(got, place(t, d, i)+" = "+plainValue(t, d.Value(i)))
				}
			}
			if diff := cmp.Diff(leaves(t, s.Predicate), got); diff != "" {
				t.Errorf("(-payload +rows)\n%s", diff)
			}
		})
	}
}

// place is where a value of an outline is, by what holds it.
func place(t *testing.T, d *document.Document, i int) string {
	t.Helper()
	if d.Parent(i) < 0 {
		return ""
	}
	step := strconv.Itoa(d.Position(i))
	if d.HasKey(i) {
		step = plainValue(t, []byte(`"`+string(d.Key(i))+`"`))
	}
	return place(t, d, d.Parent(i)) + "/" + step
}

// plainValue is a JSON value without children in one way of writing.
func plainValue(t *testing.T, raw []byte) string {
	t.Helper()
	var v any
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if err := decoder.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%#v", v)
}

// leaves are the values of a JSON text that hold no others, in its order, as the standard library reads it.
func leaves(t *testing.T, raw []byte) []string {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var out []string
	var read func(at string)
	read = func(at string) {
		token, err := decoder.Token()
		if err != nil {
			t.Fatal(err)
		}
		opened, isOpen := token.(json.Delim)
		if !isOpen {
			out = append(out, at+" = "+fmt.Sprintf("%#v", token))
			return
		}
		n := 0
		for ; decoder.More(); n++ {
			step := strconv.Itoa(n)
			if opened == '{' {
				key, err := decoder.Token()
				if err != nil {
					t.Fatal(err)
				}
				step = fmt.Sprintf("%#v", key)
			}
			read(at + "/" + step)
		}
		if _, err := decoder.Token(); err != nil {
			t.Fatal(err)
		}
		if empty := map[json.Delim]any{'{': map[string]any{}, '[': []any{}}[opened]; n == 0 {
			out = append(out, at+" = "+fmt.Sprintf("%#v", empty))
		}
	}
	read("")
	if _, err := decoder.Token(); err != io.EOF {
		t.Fatalf("more than one value: %v", err)
	}
	return out
}
