package keymap

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestAKeyCannotMeanTwoThingsInOnePlace(t *testing.T) {
	for _, test := range []struct {
		wanted map[string][]string
		want   string
	}{
		{map[string][]string{"coverage": {"p"}}, `"p" means policy in the tree already`},
		{map[string][]string{"hex": {"m"}}, `"m" means mouse in the raw bytes already`},
		{map[string][]string{"filter": {"s"}}, `"s" means sort in the list already`},
		{map[string][]string{"forget": {"p"}}, ""},                    // the policy is not on the start screen
		{map[string][]string{"forget": {"q"}}, "start screen"},        // where this quits
		{map[string][]string{"policy": {"c"}, "coverage": {"p"}}, ""}, // swapped
		{map[string][]string{"quit": {"Q"}, "copy": {"q"}}, ""},
	} {
		_, conflict := Choose(test.wanted)
		if test.want == "" && conflict != nil || test.want != "" && (conflict == nil || !strings.Contains(conflict.Error(), test.want)) {
			t.Errorf("%v: %v, want %q", test.wanted, conflict, test.want)
		}
	}
}

func TestWhatIsAKey(t *testing.T) {
	for _, name := range []string{"a", "Z", "é", ",", "space", "f12", "ctrl+k", "alt+x", "shift+tab", "ctrl+alt+a", "+", "ctrl++"} {
		if err := Check("copy", name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, name := range []string{"", "ab", " ", "f13", "ctrl+", "shift+a", "return", "ctrl+c", "\x1b", "alt+ctrl+a", "Ctrl+k", "\xff"} {
		if Check("copy", name) == nil {
			t.Errorf("%q is taken for a key", name)
		}
	}
	if err := Check("quit", "ctrl+c"); err != nil {
		t.Error(err)
	}
}

func TestALineThatIsTypedKeepsItsOwnKeys(t *testing.T) {
	choice, conflict := Choose(map[string][]string{"enter": {"alt+e"}, "back": {"f10"}})
	if conflict != nil {
		t.Fatal(conflict)
	}
	if m := New(choice); !slices.Equal(m.Enter.Keys(), []string{"alt+e", "enter"}) || !slices.Equal(m.Back.Keys(), []string{"f10", "esc"}) {
		t.Errorf("enter is %q, back is %q", m.Enter.Keys(), m.Back.Keys())
	}
	for action, name := range map[string]string{"enter": "o", "back": "space"} {
		if Check(action, name) == nil {
			t.Errorf("%s may be %s, which could not be typed any more", action, name)
		}
	}
	if err := Check("back", "f10"); err != nil {
		t.Error(err)
	}
}

func TestNoKeyMeansTwoThingsInOnePlace(t *testing.T) {
	for _, place := range contexts {
		taken := map[string]string{}
		km := reflect.TypeFor[Map]()
		for i := range km.NumField() {
			f := km.Field(i)
			if !place.has(f) {
				continue
			}
			for _, k := range KeyNames(f.Tag) {
				if other, found := taken[k]; found {
					t.Errorf("in the %s, %q is %s and %s", place.name, k, other, f.Name)
				}
				taken[k] = f.Name
			}
		}
	}
}

func TestEveryKeyIsInTheHelp(t *testing.T) {
	km := reflect.TypeFor[Map]()
	n := 0
	for _, g := range Table(Choice{}) {
		n += len(g.Keys)
		for _, k := range g.Keys {
			if k.Keys == "" || k.Does == "" || g.Name == "" {
				t.Errorf("incomplete: %+v in %q", k, g.Name)
			}
		}
	}
	if n != km.NumField() {
		t.Errorf("the table has %d keys, the map %d: a group is not in one piece", n, km.NumField())
	}
	for i := range km.NumField() {
		if in := km.Field(i).Tag.Get("in"); !slices.Contains([]string{"any", "tree", "nodes", "detail", "raw", "most", "page", "overlay", "list", "start"}, in) {
			t.Errorf("%s works in %q, which is no place", km.Field(i).Name, in)
		}
	}
}

func TestEveryKeyOfTheMapCanBePressedByItsName(t *testing.T) {
	km := reflect.TypeFor[Map]()
	for i := range km.NumField() {
		for _, name := range KeyNames(km.Field(i).Tag) {
			if got := Press(name).String(); got != name {
				t.Errorf("%s: pressing %q presses %q", km.Field(i).Name, name, got)
			}
		}
	}
}
