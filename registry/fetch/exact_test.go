package fetch

import (
	"encoding/json"
	"testing"
)

// answered is a document as a registry has it.
type answered struct {
	Name string `json:"name"`
	Dist *struct {
		Integrity string            `json:"integrity"`
		Hashes    map[string]string `json:"hashes"`
	} `json:"dist"`
	List []struct {
		ID string `json:"id"`
	} `json:"list"`
	Rest json.RawMessage `json:"rest"`
}

func TestMembersCountByTheirExactNamesAndOnce(t *testing.T) {
	for _, c := range []struct{ what, raw, want string }{
		{"as it is", `{"name":"a","dist":{"integrity":"x","hashes":{"a":"b"}},"list":[{"id":"1"},{"id":"2"}],"rest":{"A":1}}`, "a x b 12"},
		{"a name in other letters' case is another name", `{"NAME":"evil","name":"a","dist":{"integrity":"x","Integrity":"y"},"Dist":{"integrity":"z"}}`, "a x"},
		{"another name alone is none", `{"Name":"a","List":[{"id":"1"}]}`, ""},
		{"white space", " {\n\"name\" : \"a\" , \"list\" : [ { \"ID\" : \"1\", \"id\":\"2\" } ] } ", "a 2"},
		{"what nobody reads may be there twice", `{"name":"a","x":1,"x":2}`, "a"},
		{"null", `{"name":null,"dist":null,"list":null}`, ""},
	} {
		var v answered
		if err := Unmarshal([]byte(c.raw), &v); err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		got := v.Name
		if v.Dist != nil {
			got += " " + v.Dist.Integrity
			if v.Dist.Hashes != nil {
				got += " " + v.Dist.Hashes["a"]
			}
		}
		for i, one := range v.List {
			if i == 0 {
				got += " "
			}
			got += one.ID
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
	for what, raw := range map[string]string{
		"a member twice":           `{"name":"a","name":"b"}`,
		"a member twice, escaped":  `{"name":"a","\u006eame":"b"}`,
		"deeper, twice":            `{"dist":{"integrity":"x","integrity":"x"}}`,
		"in a list, twice":         `{"list":[{"id":"1","id":"2"}]}`,
		"the entry of a map twice": `{"dist":{"hashes":{"a":"1","a":"2"}}}`,
		"another kind":             `{"name":7}`,
		"no JSON":                  `{"name":"a"}}`,
		"nothing":                  ``,
	} {
		var v answered
		if err := Unmarshal([]byte(raw), &v); err == nil {
			t.Errorf("%s: read as %+v", what, v)
		}
	}
}

func FuzzUnmarshalReadsNoMoreThanJSONDoes(f *testing.F) {
	f.Add([]byte(`{"name":"a","dist":{"integrity":"x","hashes":{"a":"b"}},"list":[{"id":"1"}],"rest":{"A":1}}`))
	f.Add([]byte(`{"Name":"a","name":"b","list":[{"ID":"1"},null,7]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var v answered
		if Unmarshal(raw, &v) != nil {
			return
		}
		var members map[string]json.RawMessage
		if err := json.Unmarshal(raw, &members); err != nil && string(raw) != "null" {
			t.Fatalf("%q is no object, and was read as one", raw)
		}
		var name string
		_ = json.Unmarshal(members["name"], &name)
		if v.Name != name {
			t.Errorf("%q has the name %q, not %q", raw, name, v.Name)
		}
	})
}
