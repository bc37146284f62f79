package rego

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Asked says what a tool wants of a decision to let something pass.
type Asked string

// What is asked.
const (
	AskTrue  Asked = "true"  // it must be true
	AskEmpty Asked = "empty" // it must be empty, or false
)

// Tool is who asks for a decision by its name.
type Tool string

// The tools.
const (
	ToolCosign     Tool = "cosign verify-attestation"
	ToolController Tool = "policy-controller"
	ToolNone       Tool = "" // whoever runs OPA by hand
)

// Decision is what a tool asks a policy for.
type Decision struct {
	Name  string // "data.signature.allow"
	Rule  string // "allow"
	Asked Asked
	Tool  Tool
	Line  int  // of its first definition
	Set   bool // it is a set or an object, and no single value
}

// entries are the names that are asked for, with what is asked.
var entries = []struct {
	name  string
	asked Asked
}{
	{"allow", AskTrue}, {"isCompliant", AskTrue}, {"deny", AskEmpty}, {"violation", AskEmpty},
}

// The packages that tools ask for by name.
const (
	packageCosign     = "signature"
	packageController = "sigstore"
)

// Decisions are those that the policy has, in a fixed order: cosign asks for allow in the package signature,
// policy-controller for isCompliant in the package sigstore; allow, deny and violation are what people ask OPA for.
func (p *Policy) Decisions() []Decision {
	var list []Decision
	for _, e := range entries {
		i := slices.IndexFunc(p.module.Rules, func(r *ast.Rule) bool { return ruleName(r) == e.name && !r.Default })
		if i < 0 {
			i = slices.IndexFunc(p.module.Rules, func(r *ast.Rule) bool { return ruleName(r) == e.name })
		}
		if i < 0 || len(p.module.Rules[i].Head.Args) > 0 {
			continue
		}
		rule := p.module.Rules[i]
		d := Decision{
			Name: "data." + p.Package + "." + e.name, Rule: e.name, Asked: e.asked, Line: rule.Location.Row,
			Set: rule.Head.RuleKind() == ast.MultiValue || len(rule.Head.Reference) > 1,
		}
		switch {
		case p.Package == packageCosign && e.name == "allow":
			d.Tool = ToolCosign
		case p.Package == packageController && e.name == "isCompliant":
			d.Tool = ToolController
		}
		list = append(list, d)
	}
	return list
}

// ruleName is the first part of a rule's name, which is all that tools ask for.
func ruleName(r *ast.Rule) string {
	ref := r.Head.Ref()
	if len(ref) == 0 {
		return ""
	}
	if v, ok := ref[0].Value.(ast.Var); ok {
		return string(v)
	}
	return ""
}
