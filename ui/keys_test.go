package ui

import (
	"reflect"
	"slices"
	"testing"
)

func TestNoKeyMeansTwoThingsInOnePlace(t *testing.T) {
	for _, place := range contexts {
		taken := map[string]string{}
		km := reflect.TypeFor[keyMap]()
		for i := range km.NumField() {
			f := km.Field(i)
			if !place.has(f) {
				continue
			}
			for _, k := range keyNames(f.Tag) {
				if other, found := taken[k]; found {
					t.Errorf("in the %s, %q is %s and %s", place.name, k, other, f.Name)
				}
				taken[k] = f.Name
			}
		}
	}
}

func TestEveryKeyIsInTheHelp(t *testing.T) {
	km := reflect.TypeFor[keyMap]()
	n := 0
	for _, g := range KeyTable(Keys{}) {
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

func TestTheHelpIsNotCutShort(t *testing.T) {
	app := full(t, "80x24", "?")
	for i, l := range app.help.board.lines {
		if w := width(l.left); w > helpWidth-4 {
			t.Errorf("line %d is %d cells wide, %d too many", i, w, w-helpWidth+4)
		}
	}
}

func TestEveryKeyOfTheMapCanBePressedByItsName(t *testing.T) {
	km := reflect.TypeFor[keyMap]()
	for i := range km.NumField() {
		for _, name := range keyNames(km.Field(i).Tag) {
			if got := keyPress(name).String(); got != name {
				t.Errorf("%s: pressing %q presses %q", km.Field(i).Name, name, got)
			}
		}
	}
}
