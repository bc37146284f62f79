package keymap

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Choice are those that a person wants in place of the default ones. The zero value changes none.
type Choice struct{ wanted map[string][]string } // by action

// Conflict says that a key would mean two things in one place.
type Conflict struct {
	Key, Place    string
	Action, Other string // Action is one whose keys were chosen
}

// Error implements error.
func (c *Conflict) Error() string {
	return fmt.Sprintf("%q means %s in the %s already", c.Key, c.Other, c.Place)
}

// lineKeys end a line of text that is typed, whatever else does.
var lineKeys = map[string]string{"enter": "enter", "back": "esc"}

// always quits, whatever else does.
const alwaysQuits = "ctrl+c"

// Choose has actions have other keys, each of which Check has nothing against. Table names the actions; others
// are ignored. A key that would mean two things in one place is refused.
func Choose(wanted map[string][]string) (Choice, *Conflict) {
	k := Choice{wanted}
	if c := k.conflict(); c != nil {
		return Choice{}, c
	}
	return k, nil
}

// Check says why an action cannot have a key.
func Check(action, name string) error {
	switch {
	case name == alwaysQuits && action != "quit":
		return fmt.Errorf("%s always quits", alwaysQuits)
	case !isKey(name):
		return fmt.Errorf("%q is no key; keys are characters, and names such as enter, esc, tab, space, up, f5, ctrl+k and alt+k", name)
	case lineKeys[action] != "" && Press(name).Text != "":
		return fmt.Errorf("%q cannot be %s: while a line is typed it is text", name, action)
	}
	return nil
}

// isKey reports whether a terminal sends a key by that name.
func isKey(name string) bool {
	base := name
	for _, modifier := range []string{"ctrl+", "alt+", "shift+"} {
		base = strings.TrimPrefix(base, modifier)
	}
	if _, named := namedKeys[base]; !named {
		r, size := utf8.DecodeRuneInString(base)
		if base == "" || r == utf8.RuneError || size != len(base) || !unicode.IsGraphic(r) || unicode.IsSpace(r) || strings.HasPrefix(name, "shift+") {
			return false
		}
	}
	return Press(name).String() == name
}

// of are the keys of a field of the key map.
func (k Choice) of(field reflect.StructField) []string {
	names, chosen := k.wanted[actionName(field.Name)]
	if !chosen {
		return KeyNames(field.Tag)
	}
	if own := lineKeys[actionName(field.Name)]; own != "" && !slices.Contains(names, own) {
		return append(slices.Clone(names), own)
	}
	if field.Name == "Quit" && !slices.Contains(names, alwaysQuits) {
		return append(slices.Clone(names), alwaysQuits)
	}
	return names
}

// conflict is the first key that means two things in one place.
func (k Choice) conflict() *Conflict {
	t := reflect.TypeFor[Map]()
	for i := range t.NumField() {
		for j := range i {
			place := sharedContext(t.Field(i), t.Field(j))
			if place == "" {
				continue
			}
			for _, name := range k.of(t.Field(i)) {
				if !slices.Contains(k.of(t.Field(j)), name) {
					continue
				}
				action, other := actionName(t.Field(i).Name), actionName(t.Field(j).Name)
				if _, chosen := k.wanted[action]; !chosen {
					action, other = other, action
				}
				return &Conflict{Key: name, Place: place, Action: action, Other: other}
			}
		}
	}
	return nil
}
