package keymap

import (
	"reflect"
	"slices"
	"strings"
	"unicode"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Group is a part of the key table.
type Group struct {
	Name string
	Keys []Help
}

// Help is one line of the key table.
type Help struct {
	Keys    string // with blanks between
	Does    string
	Action  string // what the settings call it
	In      string // where it works, as the key map says
	Default string // the keys without settings
}

// Table is every key and what it does, in the groups and the order of the help overlay.
func Table(k Choice) []Group { return New(k).Table() }

// New is the key map with the keys that a person chose.
func New(k Choice) Map {
	var m Map
	v := reflect.ValueOf(&m).Elem()
	for i := range v.NumField() {
		field := v.Type().Field(i)
		names := k.of(field)
		shown := strings.Join(names, " ")
		v.Field(i).Set(reflect.ValueOf(key.NewBinding(key.WithKeys(names...), key.WithHelp(shown, field.Tag.Get("does")))))
	}
	return m
}

// Table is what the map holds, in groups.
func (m Map) Table() []Group {
	var groups []Group
	v := reflect.ValueOf(m)
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if name := field.Tag.Get("group"); len(groups) == 0 || groups[len(groups)-1].Name != name {
			groups = append(groups, Group{Name: name})
		}
		binding, _ := v.Field(i).Interface().(key.Binding)
		last := &groups[len(groups)-1]
		last.Keys = append(last.Keys, Help{
			Keys: strings.Join(binding.Keys(), " "), Does: field.Tag.Get("does"), Action: actionName(field.Name),
			In: field.Tag.Get("in"), Default: strings.Join(KeyNames(field.Tag), " "),
		})
	}
	return groups
}

// KeyNames are the keys of a tag, which commas are between, unless the key is the comma itself.
func KeyNames(tag reflect.StructTag) []string {
	if names := tag.Get("keys"); names != "," {
		return strings.Split(names, ",")
	}
	return []string{","}
}

// actionName is what the settings call a field of the key map: NextPane is next-pane.
func actionName(field string) string {
	var b strings.Builder
	for i, r := range field {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// Place is where the keys go.
type Place string

// Places of the explorer, of which a key may mean something in one and nothing in another.
const (
	InTree    Place = "tree"
	InDetail  Place = "detail"
	InPayload Place = "payload"
	InRaw     Place = "raw bytes"
	InLedger  Place = "look-ups"
)

// Means reports whether a key means anything in a place.
func (m Map) Means(k tea.KeyPressMsg, in Place) bool {
	v := reflect.ValueOf(m)
	for _, c := range contexts {
		if c.name != string(in) {
			continue
		}
		for i := range v.NumField() {
			if binding, is := v.Field(i).Interface().(key.Binding); is && c.has(v.Type().Field(i)) && key.Matches(k, binding) {
				return true
			}
		}
	}
	return false
}

// contexts are the places that have the keys at one time, and what works there: a key means one thing in each.
var contexts = []context{
	{"overlay", []string{"overlay"}, nil},
	{"list", []string{"list"}, nil},
	{"start screen", []string{"start", "page"}, []string{
		"Up", "Down", "HalfUp", "HalfDown", "PageUp", "PageDown", "Top", "Bottom", "Enter", "Search", "NextPane", "PrevPane",
		"Back", "Start", "Mouse", "Redraw", "Help", "Suspend", "Quit",
	}},
	{"tree", []string{"any", "tree", "nodes", "most"}, nil},
	{"detail", []string{"any", "detail", "page", "most"}, nil},
	{"payload", []string{"any", "tree", "detail", "page", "most"}, nil},
	{"raw bytes", []string{"any", "detail", "raw", "page"}, nil},
	{"look-ups", []string{"any", "page", "most"}, nil},
}

// context is one of them.
type context struct {
	name string
	in   []string // as the key map says
	also []string // fields of the key map
}

// has reports whether a field of the key map has a meaning there.
func (c context) has(field reflect.StructField) bool {
	return slices.Contains(c.in, field.Tag.Get("in")) || slices.Contains(c.also, field.Name)
}

// sharedContext is a place in which two actions have the keys, "" where there is none.
func sharedContext(a, b reflect.StructField) string {
	for _, c := range contexts {
		if c.has(a) && c.has(b) {
			return c.name
		}
	}
	return ""
}
