package kyverno

import (
	"slices"

	"go.yaml.in/yaml/v3"
)

func (r *reader) condition(path string, n *yaml.Node, group int, alternative bool) Condition {
	f := r.mapping(path+".", n, "key", "operator", "value", "message")
	c := Condition{Path: path, Line: n.Line, Group: group, Any: alternative, Operator: text(f["operator"])}
	if !slices.Contains(operators, c.Operator) {
		r.unsupported(path+".operator", n.Line, "%q is not evaluated here", c.Operator)
	}
	for _, side := range []struct {
		name string
		into *any
	}{{"key", &c.Key}, {"value", &c.Value}} {
		item := f[side.name]
		if item == nil {
			r.unsupported(path+"."+side.name, n.Line, "there is no %s", side.name)
			continue
		}
		v, err := value(item)
		if err == nil {
			err = checkExpressions(v)
		}
		if err != nil {
			r.unsupported(path+"."+side.name, item.Line, "%s", err.Error())
			continue
		}
		*side.into = v
	}
	return c
}
