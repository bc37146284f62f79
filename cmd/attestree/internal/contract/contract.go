// Package contract holds documentation against the code, in tests: which fields a document of JSON has, and which a page
// names.
//
// It must not know what any of them means.
package contract

import (
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Fields are the names of all fields of JSON that values of these types are written with, at any depth.
func Fields(documents ...any) map[string]bool {
	out, seen := map[string]bool{}, map[reflect.Type]bool{}
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Array || t.Kind() == reflect.Map {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || seen[t] {
			return
		}
		seen[t] = true
		for i := range t.NumField() {
			field := t.Field(i)
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if name == "-" || !field.IsExported() && !field.Anonymous {
				continue
			}
			if name != "" {
				out[name] = true
			}
			walk(field.Type)
		}
	}
	for _, d := range documents {
		walk(reflect.TypeOf(d))
	}
	return out
}

// Page is a page of documentation, with its sections by their headings. What stands in a block of code counts as code.
type Page map[string]string

// Read reads a page of Markdown. Text before the first heading is under "".
func Read(t testing.TB, path string) Page {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	page, heading, fenced := Page{}, "", false
	for line := range strings.Lines(string(raw)) {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
			continue
		}
		if fenced {
			page[heading] += "`" + strings.TrimSpace(line) + "`\n"
			continue
		}
		if title := strings.TrimLeft(line, "#"); title != line && strings.HasPrefix(title, " ") {
			heading = strings.TrimSpace(title)
			continue
		}
		page[heading] += line
	}
	return page
}

var code = regexp.MustCompile("`([^`]+)`")

// Names are the names that are written as code in these sections, whole or as parts of it: `roots[].name` has two.
func (p Page) Names(t testing.TB, headings ...string) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, h := range headings {
		text, ok := p[h]
		if !ok {
			t.Fatalf("the page has no section %q", h)
		}
		for _, m := range code.FindAllStringSubmatch(text, -1) {
			for _, word := range strings.FieldsFunc(m[1], func(r rune) bool { return strings.ContainsRune(" .[]{}\",:", r) }) {
				out[word] = true
			}
		}
	}
	return out
}

// Describes holds sections against a document: every field that it is written with is named there, and every field that a
// table of theirs names is there.
func (p Page) Describes(t testing.TB, document any, headings ...string) {
	t.Helper()
	fields := Fields(document)
	if len(fields) < 3 {
		t.Fatalf("%q: the code has the fields %v only", headings, fields)
	}
	p.NamesAll(t, fields, headings...)
	for _, f := range slices.Sorted(maps.Keys(p.FieldNames(headings...))) {
		if !fields[f] {
			t.Errorf("%q: %q is described and not written", headings[0], f)
		}
	}
}

// NamesAll complains of fields that sections do not name.
func (p Page) NamesAll(t testing.TB, fields map[string]bool, headings ...string) {
	t.Helper()
	named := p.Names(t, headings...)
	for _, f := range slices.Sorted(maps.Keys(fields)) {
		if !named[f] {
			t.Errorf("%q: %q is written and not described", headings[0], f)
		}
	}
}

// FieldNames are the names in the first column of a section's tables whose first column is called "field".
func (p Page) FieldNames(headings ...string) map[string]bool {
	out := map[string]bool{}
	for _, h := range headings {
		fields := false
		for line := range strings.Lines(p[h]) {
			cells := strings.Split(line, "|")
			switch {
			case len(cells) < 3:
				fields = false
			case strings.TrimSpace(cells[1]) == "field":
				fields = true
			case fields:
				for _, m := range code.FindAllStringSubmatch(cells[1], -1) {
					parts := strings.Split(m[1], ".")
					out[strings.TrimSuffix(parts[len(parts)-1], "[]")] = true
				}
			}
		}
	}
	return out
}
