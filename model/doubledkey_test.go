package model

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestAKeyThatIsThereTwiceIsFoundAtAnyDepth(t *testing.T) {
	t.Parallel()
	many := make([]string, 200)
	for i := range many {
		many[i] = fmt.Sprintf(`"k%d":%d`, i, i)
	}
	for name, c := range map[string]struct {
		document    string
		exact, fold string
	}{
		"none":                                  {`{"a":{"b":1,"c":[{"b":1},{"b":2}]},"b":"a"}`, "", ""},
		"at the top":                            {`{"a":1,"b":2,"a":3}`, "a", "a"},
		"below":                                 {`{"x":[1,{"y":{"a":{},"b":[],"a":null}}]}`, "a", "a"},
		"after an object":                       {`{"a":{"b":1},"a":2}`, "a", "a"},
		"with space":                            {"{ \"a\" : 1 ,\n\t\"a\" : 2 }", "a", "a"},
		"in another spelling":                   {`{"a":1,"\u0061":2}`, "a", "a"},
		"in another case":                       {`{"x":{"attribute":1,"Attribute":2}}`, "", "Attribute"},
		"of two surrogates that are none":       {`{"\ud800":1,"\udfff":2}`, "\ufffd", "\ufffd"},
		"a text that looks like a key":          {`{"a":"b","b":"a","c":["a","a"]}`, "", ""},
		"a text with what looks like an object": {`{"a":"{\"x\":1,\"x\":2}","b":"\\"}`, "", ""},
		"among many":                            {`{"x":{` + strings.Join(many, ",") + `,"k150":1}}`, "k150", "k150"},
		"no object":                             {`[true,false,null,-1.5e3,"a","a"]`, "", ""},
		"many, each once":                       {`{` + strings.Join(many, ",") + `}`, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, ask := range []struct {
				fold bool
				key  string
			}{{false, c.exact}, {true, c.fold}} {
				want := ""
				if ask.key != "" {
					want = fmt.Sprintf("the key %q is there twice", ask.key)
				}
				if got := DoubledKey([]byte(c.document), ask.fold); got != want {
					t.Errorf("fold %v: %q, want %q", ask.fold, got, want)
				}
			}
		})
	}
	var huge strings.Builder
	for i := range maxKeys + fewKeys + 1 {
		fmt.Fprintf(&huge, `,"k%d":0`, i)
	}
	if problem := DoubledKey([]byte(`{"a":{`+huge.String()[1:]+`}}`), false); !strings.Contains(problem, "more keys") {
		t.Errorf("%q, of more keys than are compared", problem)
	}
}

// FuzzWhatHasNoKeyTwiceIsReadAlikeByEverybody writes documents again by way of a map, which keeps one of each key.
func FuzzWhatHasNoKeyTwiceIsReadAlikeByEverybody(f *testing.F) {
	for _, seed := range []string{`{"a":{"b":[1,{"c":"d"}]}}`, `{"a":1,"a":2}`, `[{"x":{}},{"x":{}}]`, `{"":"","\u0000":{}}`, `"x"`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if !json.Valid(raw) {
			return
		}
		var v any
		if json.Unmarshal(raw, &v) != nil {
			return
		}
		problem := DoubledKey(raw, false)
		again, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if of := DoubledKey(again, false); of != "" {
			t.Errorf("%s, in a map: %s", of, again)
		}
		if lost := keysIn(raw) != keysIn(again); lost != (problem != "") {
			t.Errorf("%q of %s, which as a map is %s", problem, raw, again)
		}
	})
}

// keysIn counts the keys of a document by encoding/json's own tokens, those behind a doubled key included.
func keysIn(raw []byte) (n int) {
	var count func(json.RawMessage)
	count = func(raw json.RawMessage) {
		eachMember(raw, func(_ string, value json.RawMessage) bool { n++; count(value); return true })
		eachElement(raw, func(value json.RawMessage) bool { count(value); return true })
	}
	count(raw)
	return n
}
