package model

import (
	"encoding/json"
	"testing"
)

// FuzzWalkingFindsWhatEncodingJSONFinds: the walker agrees with encoding/json about every value of a document.
func FuzzWalkingFindsWhatEncodingJSONFinds(f *testing.F) {
	for _, seed := range []string{
		`{}`, `[]`, ` [ 1 , "a\"]" , {"b" : [ ] } , null ] `, `{"a":"\\","b":{"c":"}"},"d":-1e9}`, `"x"`, `true`, ` { "k" : "v" } `,
		`[[[]],{},"\\\\\"",0]`, `{"\u0061":1}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if !json.Valid(raw) {
			return
		}
		if end := skipSpace(raw, skipValue(raw, skipSpace(raw, 0))); end != len(raw) {
			t.Fatalf("the value ends at %d of %d", end, len(raw))
		}
		var elements []json.RawMessage
		if isArray := json.Unmarshal(raw, &elements) == nil && firstByte(raw) == '['; isArray {
			i := 0
			eachElement(raw, func(value json.RawMessage) bool {
				if i >= len(elements) || string(value) != string(elements[i]) {
					t.Fatalf("element %d is %s", i, value)
				}
				i++
				return true
			})
			if i != len(elements) {
				t.Fatalf("%d elements, want %d", i, len(elements))
			}
		}
		var members map[string]json.RawMessage
		if isObject := json.Unmarshal(raw, &members) == nil && firstByte(raw) == '{'; isObject {
			last := map[string]string{}
			eachMember(raw, func(key string, value json.RawMessage) bool {
				last[string([]rune(key))] = string(value)
				return true
			})
			for key, value := range members {
				if last[key] != string(value) {
					t.Fatalf("member %q is %s, want %s", key, last[key], value)
				}
			}
		}
		var text string
		if json.Unmarshal(raw, &text) == nil && firstByte(raw) == '"' && string([]rune(unquote(raw))) != text {
			t.Fatalf("text %q, want %q", unquote(raw), text)
		}
	})
}

func TestOtherValuesAreNeitherObjectsNorArraysNorText(t *testing.T) {
	for _, raw := range []string{"", " ", "null", "12", `"a"`, "true"} {
		never := func(json.RawMessage) bool { t.Errorf("%q has elements", raw); return true }
		if eachElement([]byte(raw), never) || eachMember([]byte(raw), func(_ string, v json.RawMessage) bool { return never(v) }) {
			t.Errorf("%q is a collection", raw)
		}
	}
	for _, raw := range []string{"", "1", "null", "[]", `{"a":"b"}`, `"`} {
		if text := unquote([]byte(raw)); text != "" {
			t.Errorf("%q is the text %q", raw, text)
		}
	}
}

func TestWalkingStopsWhenAskedTo(t *testing.T) {
	seen := 0
	stop := func() bool { seen++; return false }
	eachElement([]byte(`[1,2,3]`), func(json.RawMessage) bool { return stop() })
	eachMember([]byte(`{"a":1,"b":2}`), func(string, json.RawMessage) bool { return stop() })
	if seen != 2 {
		t.Errorf("%d values were visited", seen)
	}
}
