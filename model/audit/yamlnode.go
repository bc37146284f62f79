package audit

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

// node is a value of a YAML document; its zero value is one that is absent. Aliases are followed one step at a time, so
// that a document that refers to itself ends where it is read and nothing is multiplied.
type node struct{ *yaml.Node }

// unexpected is a Problem at the node's line.
func (n node) unexpected(format string, args ...any) error {
	p := &Problem{Message: fmt.Sprintf(format, args...)}
	if n.Node != nil {
		p.Line = n.Line
	}
	return p
}

// empty reports whether there is no value.
func (n node) empty() bool {
	return n.Node == nil || n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null"
}

// behind is what an alias stands for.
func (n node) behind() node {
	if n.Node != nil && n.Kind == yaml.AliasNode && n.Alias != nil {
		return node{n.Alias}
	}
	return n
}

// mapping is the node's members. Which one of two equal keys counts depends on who reads, and what "<<" merges is
// easily overlooked: both are refused.
func (n node) mapping(what string) (map[string]node, error) {
	n = n.behind()
	if n.empty() {
		return nil, n.unexpected("there is no mapping where %s should be", what)
	}
	if n.Kind != yaml.MappingNode {
		return nil, n.unexpected("%s is not a mapping", what)
	}
	out := make(map[string]node, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := node{n.Content[i]}
		if key.Kind != yaml.ScalarNode {
			continue
		}
		if key.ShortTag() == "!!merge" {
			return nil, key.unexpected("%s merges another mapping (<<), which is not read here", what)
		}
		if _, twice := out[key.Value]; twice {
			return nil, key.unexpected("%s has the key %q twice", what, key.Value)
		}
		out[key.Value] = node{n.Content[i+1]}
	}
	return out, nil
}

// optional is mapping for one that may be absent.
func (n node) optional(what string) (map[string]node, error) {
	if n.behind().empty() {
		return nil, nil
	}
	return n.mapping(what)
}

// list is the node's elements; none where it is absent.
func (n node) list(what string) ([]node, error) {
	n = n.behind()
	if n.empty() {
		return nil, nil
	}
	if n.Kind != yaml.SequenceNode {
		return nil, n.unexpected("%s is not a list", what)
	}
	out := make([]node, 0, len(n.Content))
	for _, item := range n.Content {
		out = append(out, node{item})
	}
	return out, nil
}

// boolean reads a truth value as YAML 1.1 spells it, which is what the catalogue's own scripts read. What is quoted is
// text, and would count as true there whatever it says: it is refused.
func (n node) boolean(what string) (bool, error) {
	n = n.behind()
	if n.empty() {
		return false, nil
	}
	if n.Kind == yaml.ScalarNode && n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0 {
		switch n.Value {
		case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON":
			return true, nil
		case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF":
			return false, nil
		}
	}
	return false, n.unexpected("%s is neither true nor false", what)
}

// texts reads members that are text and keeps the first error.
type texts struct{ err error }

func (t *texts) text(members map[string]node, key string) string {
	n := members[key].behind()
	if n.empty() {
		return ""
	}
	if n.Kind != yaml.ScalarNode {
		if t.err == nil {
			t.err = n.unexpected("%s is not text", key)
		}
		return ""
	}
	return n.Value
}

// tool is the value of a key that nothing reads, in whatever shape it was written.
func (t *texts) tool(n node) string {
	n = n.behind()
	switch {
	case n.empty():
		return ""
	case n.Kind == yaml.ScalarNode:
		return n.Value
	case n.Kind == yaml.SequenceNode:
		out := ""
		for i, item := range n.Content {
			if i > 0 {
				out += ", "
			}
			out += item.Value
		}
		return out
	}
	return "(not text)"
}
