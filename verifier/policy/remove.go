package policy

import (
	"bytes"
	"strings"

	"go.yaml.in/yaml/v3"
)

// remove takes one entry out of trusted_keys. A list that becomes empty is written as such.
func (t text) remove(c contents, i int) ([]byte, error) {
	item := c.entries[i]
	if c.keys.Style&yaml.FlowStyle != 0 {
		return t.removeInline(c.entries, i)
	}
	dash, err := t.dash(item, c.keys.Column)
	if err != nil {
		return nil, err
	}
	end, err := t.end(item)
	if err != nil {
		return nil, err
	}
	from, to := t.lineStart(dash), t.nextLine(end)
	if len(c.entries) > 1 {
		return t.splice(from, to, ""), nil
	}
	key := keyOf(c.policy, "trusted_keys")
	after, err := t.end(key)
	if err != nil {
		return nil, err
	}
	colon := bytes.IndexByte(t.data[after:from], ':')
	if colon < 0 {
		return nil, errForm
	}
	at := after + colon + 1
	return newText(t.splice(from, to, "")).splice(at, at, " []"), nil
}

// keyOf is the key of a mapping's field.
func keyOf(mapping *yaml.Node, field string) *yaml.Node {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == field {
			return mapping.Content[i]
		}
	}
	return &yaml.Node{}
}

// dash is the offset of the dash that an element of a list has in a column: on its own line, or alone on one before.
func (t text) dash(item *yaml.Node, column int) (int, error) {
	at, err := t.start(item)
	if err != nil {
		return 0, err
	}
	before := t.data[t.lineStart(at):at]
	for line := t.lineStart(at); ; {
		trimmed := strings.TrimSpace(string(before))
		if trimmed == "-" && bytes.IndexByte(before, '-') == column-1 {
			return line + column - 1, nil
		}
		if trimmed != "" && trimmed[0] != '#' || line == 0 {
			return 0, errForm
		}
		end := line - 1
		line = t.lineStart(end)
		before = t.data[line:end]
	}
}

// removeInline takes an element out of a list in one line, with the comma that belongs to it.
func (t text) removeInline(items []*yaml.Node, i int) ([]byte, error) {
	from, err := t.start(items[i])
	if err != nil {
		return nil, err
	}
	to, err := t.end(items[i])
	if err != nil {
		return nil, err
	}
	rest := t.data[to:]
	after := len(rest) - len(bytes.TrimLeft(rest, " \t"))
	if after < len(rest) && rest[after] == ',' {
		to += after + 1
		for to < len(t.data) && t.data[to] == ' ' {
			to++
		}
		return t.splice(from, to, ""), nil
	}
	if i > 0 {
		previous, err := t.end(items[i-1])
		if err != nil {
			return nil, err
		}
		comma := bytes.IndexByte(t.data[previous:from], ',')
		if comma < 0 {
			return nil, errForm
		}
		from = previous + comma
	}
	return t.splice(from, to, ""), nil
}

// set gives a field of an entry a value, where it stands or at the end of the entry; "" takes the field out.
func (t text) set(entry *yaml.Node, field, value string) ([]byte, error) {
	inLine := entry.Style&yaml.FlowStyle != 0
	for i := 0; i+1 < len(entry.Content); i += 2 {
		if entry.Content[i].Value != field {
			continue
		}
		from, err := t.start(entry.Content[i+1])
		if err != nil {
			return nil, err
		}
		to, err := t.end(entry.Content[i+1])
		if err != nil {
			return nil, err
		}
		if value != "" {
			return t.splice(from, to, value), nil
		}
		return t.cut(entry, i, to)
	}
	switch {
	case value == "":
		return t.data, nil
	case inLine:
		return t.addInline(entry, field+": "+value)
	}
	return t.addAfter(entry, []string{strings.Repeat(" ", entry.Column-1) + field + ": " + value})
}

// cut takes the field whose key is element i, and whose value ends at to, out of an entry. The first field of an entry
// shares its line with a dash or bracket and stays.
func (t text) cut(entry *yaml.Node, i, to int) ([]byte, error) {
	if i == 0 {
		return nil, errForm
	}
	if entry.Style&yaml.FlowStyle != 0 {
		from, err := t.end(entry.Content[i-1])
		if err != nil {
			return nil, err
		}
		return t.splice(from, to, ""), nil
	}
	key, err := t.start(entry.Content[i])
	if err != nil {
		return nil, err
	}
	return t.splice(t.lineStart(key), t.nextLine(to), ""), nil
}
