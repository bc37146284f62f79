package fetch

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// Unmarshal reads a service's answer as its own clients do: names of members count letter by letter. encoding/json takes
// "Dist" for "dist", npm and pip do not, so that what is verified here would not be what they install. A member that
// is there twice, of those that v has a place for, is an error: readers disagree about which of the two counts.
func Unmarshal(raw []byte, v any) error {
	if !json.Valid(raw) {
		return errors.New("it is no JSON")
	}
	only, err := exact(raw, reflect.TypeOf(v))
	if err != nil {
		return err
	}
	return json.Unmarshal(only, v)
}

var rawMessage = reflect.TypeFor[json.RawMessage]()

// exact is a valid document with no other members than those that a type has a place for.
func exact(raw json.RawMessage, t reflect.Type) (json.RawMessage, error) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == rawMessage || len(bytes.TrimSpace(raw)) == 0:
		return raw, nil
	case t.Kind() == reflect.Struct && first(raw) == '{':
		places := map[string]reflect.Type{}
		for i := range t.NumField() {
			name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
			places[name] = t.Field(i).Type
		}
		return exactObject(raw, func(name string) (reflect.Type, bool) { place, has := places[name]; return place, has })
	case t.Kind() == reflect.Map && first(raw) == '{':
		return exactObject(raw, func(string) (reflect.Type, bool) { return t.Elem(), true })
	case t.Kind() == reflect.Slice && first(raw) == '[':
		return exactList(raw, t.Elem())
	}
	return raw, nil
}

func first(raw json.RawMessage) byte { return bytes.TrimSpace(raw)[0] }

// exactObject keeps the members that place has a type for.
func exactObject(raw json.RawMessage, place func(name string) (reflect.Type, bool)) (json.RawMessage, error) {
	in := json.NewDecoder(bytes.NewReader(raw))
	if _, err := in.Token(); err != nil {
		return nil, err
	}
	out, seen := []byte{'{'}, map[string]bool{}
	for in.More() {
		token, err := in.Token()
		if err != nil {
			return nil, err
		}
		name, _ := token.(string)
		var value json.RawMessage
		if err := in.Decode(&value); err != nil {
			return nil, err
		}
		t, known := place(name)
		if !known {
			continue
		}
		if seen[name] {
			return nil, fmt.Errorf("%q is there twice", name)
		}
		seen[name] = true
		if value, err = exact(value, t); err != nil {
			return nil, err
		}
		key, err := json.Marshal(name)
		if err != nil {
			return nil, err
		}
		out = append(append(append(append(out, key...), ':'), value...), ',')
	}
	return closed(out, '}'), nil
}

func exactList(raw json.RawMessage, t reflect.Type) (json.RawMessage, error) {
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, err
	}
	out := []byte{'['}
	for _, value := range list {
		value, err := exact(value, t)
		if err != nil {
			return nil, err
		}
		out = append(append(out, value...), ',')
	}
	return closed(out, ']'), nil
}

// closed ends an object or a list.
func closed(out []byte, end byte) json.RawMessage {
	return append(bytes.TrimSuffix(out, []byte{','}), end)
}
