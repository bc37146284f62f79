package pointer

import (
	"encoding/json"
	"testing"
)

const document = `{"a":{"b":[{"c":1,"d":"x"},{"c":2}],"e-f":true},"none":[]}`

func decoded(t testing.TB) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(document), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestFind(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		path          Path
		want, missing string
	}{
		"a member":                      {Keys("a", "e-f"), "true", ""},
		"an element":                    {append(Keys("a", "b"), Index(1), Key("c")), "2", ""},
		"every element":                 {append(Keys("a", "b"), Every(), Key("c")), "[1,2]", ""},
		"one element without the field": {append(Keys("a", "b"), Every(), Key("d")), `"x"`, "in.a.b[1].d"},
		"what is not there":             {Keys("a", "x", "y"), "[]", "in.a.x"},
		"an element beyond the end":     {append(Keys("a", "b"), Index(2)), "[]", "in.a.b[2]"},
		"an empty list is there":        {append(Keys("none"), Every(), Key("x")), "[]", ""},
		"a member of a text":            {Keys("a", "e-f", "x"), "[]", `in.a["e-f"].x`},
		"everything":                    {nil, document, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			values, missing := Find(decoded(t), c.path)
			got := ""
			if missing != nil {
				got = missing.Text("in", "_")
			}
			shown := Show(values)
			if values == nil {
				shown = "[]"
			}
			if got != c.missing || len(shown) != len(c.want) {
				t.Errorf("%s, missing %q; want %s, %q", shown, got, c.want, c.missing)
			}
		})
	}
}

func TestEditChangesACopyAlone(t *testing.T) {
	t.Parallel()
	v := decoded(t)
	changed := Edit(v, append(Keys("a", "b"), Every(), Key("c")), func(any) (any, bool) { return "other", true })
	if values, _ := Find(changed, append(Keys("a", "b"), Every(), Key("c"))); Show(values) != `["other","other"]` {
		t.Errorf("changed to %s", Show(values))
	}
	gone := Edit(v, Keys("a", "b"), func(any) (any, bool) { return nil, false })
	if _, missing := Find(gone, Keys("a", "b")); missing == nil {
		t.Error("it is still there")
	}
	if Show([]any{v}) != Show([]any{decoded(t)}) {
		t.Errorf("the document itself was changed: %s", Show([]any{v}))
	}
}

func TestALongValueIsCut(t *testing.T) {
	t.Parallel()
	long := make([]any, 1000)
	if got := Show([]any{long}); len(got) > shown+len("…") {
		t.Errorf("%d bytes", len(got))
	}
}
