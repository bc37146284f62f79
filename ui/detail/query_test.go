package detail

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/attestree/attestree/model/document"
	"github.com/attestree/attestree/ui/widget"
)

// Whatever is asked, each value of an answer that is said to be one of the payload is that one.
func FuzzAnswersLeadToWhereTheyCameFrom(f *testing.F) {
	for _, q := range []string{"a", "a.#.b", "a.#(b==1)#", "a.#", "@this", "a.0", "{a,c}", "[a.0.b,c]", "@keys", "a|0", "*", "a.#.b|0", "..#", "!1"} {
		f.Add(`{"a":[{"b":1},{"b":[2,{"x":null}]}],"c":{"d":"e"},"a":1}`, q)
	}
	f.Fuzz(func(t *testing.T, text, query string) {
		payload := newPayloadDocument([]byte(text))
		if payload.problem != "" || len(text) > 4096 || len(query) > widget.MostQuery {
			return
		}
		tab := payloadTab{payload: payload}
		tab, _ = tab.beginQuery()
		tab, cmd := tab.ask(query)
		if cmd == nil {
			return
		}
		tab, _ = tab.answered(cmd().(queryAnsweredMsg))
		shown := tab.payload.view.Document()
		if shown == nil {
			return
		}
		for i := range shown.Len() {
			if from := tab.origin(i); from >= 0 && i > 0 && !bytes.Equal(payload.view.Document().Value(from), shown.Value(i)) {
				t.Fatalf("%s: value %d is %s, and said to be %s", query, i, shown.Value(i), payload.view.Document().Value(from))
			}
		}
	})
}

func TestCompletionsAreBounded(t *testing.T) {
	var b strings.Builder
	for i := range 3 * mostChoices {
		fmt.Fprintf(&b, `,"k%d":%d`, i, i)
	}
	doc, err := document.Index([]byte(`{"a.b":1,"a.b":2` + b.String() + `}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := completions(doc, "k"); len(got) != mostChoices {
		t.Errorf("%d choices", len(got))
	}
	if got := completions(doc, "a"); !slices.Equal(got, []string{`a\.b`}) {
		t.Errorf("a key with a point, twice: %q", got)
	}
}
