package kyverno

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// reader reads one file and collects what is not evaluated.
type reader struct {
	file *File
}

// Parse reads a file of Kyverno policies. The error says why it can be none; what is not evaluated is no error but listed.
func Parse(name string, data []byte) (*File, error) {
	list, err := documents(data)
	if err != nil {
		return nil, err
	}
	r := &reader{file: &File{Name: name}}
	for i, document := range list {
		path := ""
		if len(list) > 1 {
			path = fmt.Sprintf("document[%d].", i)
		}
		r.policy(path, document)
	}
	if len(r.file.Rules)+len(r.file.Unsupported) == 0 {
		r.unsupported("spec.rules", 1, "there is no verifyImages in it, so that it asks nothing of images")
	}
	return r.file, nil
}

// Looks reports whether the file may be a Kyverno policy, however wrong.
func Looks(data []byte) bool {
	list, err := documents(data)
	if err != nil {
		return strings.Contains(string(data), "kyverno.io/")
	}
	return slices.ContainsFunc(list, func(n *yaml.Node) bool {
		return strings.Contains(scalarOf(n, "apiVersion"), "kyverno.io/")
	})
}

func (r *reader) unsupported(path string, line int, format string, args ...any) {
	if len(r.file.Unsupported) < maxItems {
		r.file.Unsupported = append(r.file.Unsupported, Unsupported{Path: path, Line: max(line, 1), Why: fmt.Sprintf(format, args...)})
	}
}

// policy reads one document.
func (r *reader) policy(path string, n *yaml.Node) {
	before, first := len(r.file.Unsupported), len(r.file.Rules)
	top := r.mapping(path, n, "apiVersion", "kind", "metadata", "spec")
	version, kind := text(top["apiVersion"]), text(top["kind"])
	switch {
	case strings.HasPrefix(version, "policies.kyverno.io/"):
		r.unsupported(path+"kind", n.Line, "%q is written in CEL, which is not evaluated here; a ClusterPolicy is evaluated", kind)
		return
	case kind != "ClusterPolicy" && kind != "Policy":
		r.unsupported(path+"kind", n.Line, "%q is not evaluated here; a ClusterPolicy is", kind)
		return
	case version != "kyverno.io/v1" && version != "kyverno.io/v2beta1":
		r.unsupported(path+"apiVersion", n.Line, "%q is not evaluated here; kyverno.io/v1 is", version)
		return
	case top["spec"] == nil:
		r.unsupported(path+"spec", n.Line, "there is no spec")
		return
	}
	name := scalarOf(top["metadata"], "name")
	spec := r.mapping(path+"spec.", top["spec"], "validationFailureAction", "failurePolicy", "background", "webhookTimeoutSeconds",
		"webhookConfiguration", "emitWarning", "admission", "rules")
	if text(spec["admission"]) == "false" {
		r.unsupported(path+"spec.admission", spec["admission"].Line, "the policy is switched off for admission")
	}
	whole := Rule{Policy: name, Format: Cosign, Audit: strings.EqualFold(text(spec["validationFailureAction"]), "audit")}
	whole.LetsThrough = r.failure(path+"spec.", spec)
	around := len(r.file.Unsupported)
	for i, item := range r.list(path+"spec.rules", spec["rules"]) {
		r.rule(fmt.Sprintf("%sspec.rules[%d]", path, i), item, whole)
	}
	if around > before {
		r.block(first)
	}
}

// block marks every rule from first on as not evaluated.
func (r *reader) block(first int) {
	for i := first; i < len(r.file.Rules); i++ {
		r.file.Rules[i].Blocked = true
	}
}

// failure reads what becomes of a request while Kyverno does not answer, and reports whether it is let pass.
func (r *reader) failure(path string, spec map[string]*yaml.Node) bool {
	policy := text(spec["failurePolicy"])
	if hook := spec["webhookConfiguration"]; hook != nil {
		f := r.mapping(path+"webhookConfiguration.", hook, "failurePolicy", "timeoutSeconds", "matchConditions")
		if conditions := f["matchConditions"]; conditions != nil {
			r.unsupported(path+"webhookConfiguration.matchConditions", conditions.Line, "%s", notEvaluated("", "matchConditions"))
		}
		policy = cmp.Or(text(f["failurePolicy"]), policy)
	}
	return policy == "Ignore"
}

// rule reads one rule; whole is what the policy says of all of them.
func (r *reader) rule(path string, n *yaml.Node, whole Rule) {
	before, first := len(r.file.Unsupported), len(r.file.Rules)
	f := r.mapping(path+".", n, "name", "match", "verifyImages", "skipBackgroundRequests")
	if f["match"] != nil {
		r.match(path+".match", f["match"], 0)
	}
	if f["verifyImages"] == nil && len(r.file.Unsupported) == before {
		r.unsupported(path, n.Line, "the rule does not verify images, and is not evaluated here")
	}
	around := len(r.file.Unsupported) > before
	for i, item := range r.list(path+".verifyImages", f["verifyImages"]) {
		at := len(r.file.Unsupported)
		rule := whole
		rule.Name, rule.Path, rule.Line = text(f["name"]), fmt.Sprintf("%s.verifyImages[%d]", path, i), item.Line
		r.images(&rule, item)
		rule.Blocked = len(r.file.Unsupported) > at
		r.file.Rules = append(r.file.Rules, rule)
	}
	if around {
		r.block(first)
	}
}

// match reads which resources a rule is about. Kinds say nothing about images; whatever narrows them does.
func (r *reader) match(path string, n *yaml.Node, depth int) {
	f := r.mapping(path+".", n, "any", "all", "resources")
	if resources := f["resources"]; resources != nil {
		r.mapping(path+".resources.", resources, "kinds", "operations")
	}
	for _, name := range []string{"any", "all"} {
		for i, item := range r.list(path+"."+name, f[name]) {
			if depth > 0 {
				r.unsupported(path, item.Line, "it is nested deeper than Kyverno reads")
				return
			}
			r.match(fmt.Sprintf("%s.%s[%d]", path, name, i), item, depth+1)
		}
	}
}

// mapping is the members of an object; what is not known is not evaluated.
func (r *reader) mapping(prefix string, n *yaml.Node, known ...string) map[string]*yaml.Node {
	fields := map[string]*yaml.Node{}
	if n == nil || n.Kind != yaml.MappingNode {
		line := 1
		if n != nil {
			line = n.Line
		}
		r.unsupported(strings.TrimSuffix(prefix, "."), line, "named values are needed here")
		return fields
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name := n.Content[i]
		switch {
		case name.Kind != yaml.ScalarNode || !slices.Contains(known, name.Value):
			r.unsupported(prefix+name.Value, name.Line, "%s", notEvaluated(prefix, name.Value))
		case fields[name.Value] != nil:
			r.unsupported(prefix+name.Value, name.Line, "%q is there twice", name.Value)
		default:
			fields[name.Value] = n.Content[i+1]
		}
	}
	return fields
}

// list is the items of a list, nil where there is none.
func (r *reader) list(path string, n *yaml.Node) []*yaml.Node {
	switch {
	case n == nil:
		return nil
	case n.Kind != yaml.SequenceNode:
		r.unsupported(path, n.Line, "a list is needed here")
		return nil
	case len(n.Content) > maxItems:
		r.unsupported(path, n.Line, "more than %d items are too many", maxItems)
		return nil
	}
	return n.Content
}

// texts are the items of a list of texts.
func (r *reader) texts(path string, n *yaml.Node) []string {
	var list []string
	for i, item := range r.list(path, n) {
		if item.Kind != yaml.ScalarNode || item.ShortTag() != "!!str" || item.Value == "" {
			r.unsupported(fmt.Sprintf("%s[%d]", path, i), item.Line, "a text is needed here")
			continue
		}
		list = append(list, item.Value)
	}
	return list
}

// text is a scalar as written, "" for anything else.
func text(n *yaml.Node) string {
	if n == nil || n.Kind != yaml.ScalarNode || n.ShortTag() == "!!null" {
		return ""
	}
	return n.Value
}

// scalarOf is the text of a member.
func scalarOf(n *yaml.Node, member string) string {
	if n == nil || n.Kind != yaml.MappingNode {
		return ""
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == member {
			return text(n.Content[i+1])
		}
	}
	return ""
}
