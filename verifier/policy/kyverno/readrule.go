package kyverno

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// images reads one entry of verifyImages.
func (r *reader) images(rule *Rule, n *yaml.Node) {
	path := rule.Path
	f := r.mapping(path+".", n, "image", "imageReferences", "skipImageReferences", "type", "attestors", "attestations",
		"mutateDigest", "verifyDigest", "required", "failureAction", "useCache", "imageRegistryCredentials")
	rule.Images = r.texts(path+".imageReferences", f["imageReferences"])
	if image := text(f["image"]); image != "" {
		rule.Images = append(rule.Images, image)
	}
	rule.Skip = r.texts(path+".skipImageReferences", f["skipImageReferences"])
	if len(rule.Images) == 0 {
		r.unsupported(path+".imageReferences", n.Line, "it names no images")
	}
	if format := f["type"]; format != nil {
		rule.Format, rule.FormatLine = Format(text(format)), format.Line
		if rule.Format != Cosign && rule.Format != SigstoreBundle {
			r.unsupported(path+".type", format.Line, "%q is not evaluated here; Cosign and SigstoreBundle are", text(format))
		}
	}
	if action := text(f["failureAction"]); action != "" {
		rule.Audit = strings.EqualFold(action, "audit")
	}
	if login := f["imageRegistryCredentials"]; login != nil {
		r.mapping(path+".imageRegistryCredentials.", login, "providers", "secrets")
	}
	rule.Optional = !r.flag(path+".required", f["required"], true)
	mutate, verify := r.flag(path+".mutateDigest", f["mutateDigest"], true), r.flag(path+".verifyDigest", f["verifyDigest"], true)
	rule.TagStays = !mutate && !verify
	r.flag(path+".useCache", f["useCache"], true)
	rule.Attestors = r.attestors(path+".attestors", f["attestors"], ofImage)
	for i, item := range r.list(path+".attestations", f["attestations"]) {
		rule.Attestations = append(rule.Attestations, r.attestation(fmt.Sprintf("%s.attestations[%d]", path, i), item))
	}
	if len(rule.Attestors)+len(rule.Attestations) == 0 {
		r.unsupported(path, n.Line, "it asks for no attestor and no attestation")
	}
}

// flag is true or false as it is given, or what holds where it is not.
func (r *reader) flag(path string, n *yaml.Node, otherwise bool) bool {
	if n == nil {
		return otherwise
	}
	if n.Kind != yaml.ScalarNode || n.Value != "true" && n.Value != "false" || n.ShortTag() != "!!bool" {
		r.unsupported(path, n.Line, "true or false is needed here")
		return otherwise
	}
	return n.Value == "true"
}

func (r *reader) attestation(path string, n *yaml.Node) Attestation {
	f := r.mapping(path+".", n, "name", "type", "predicateType", "attestors", "conditions")
	a := Attestation{Path: path, Line: n.Line, Type: text(f["type"]), Attestors: r.attestors(path+".attestors", f["attestors"], ofAttestation)}
	typed := f["type"]
	if a.Type == "" {
		a.Type, typed = text(f["predicateType"]), f["predicateType"]
	}
	if a.Type == "" {
		r.unsupported(path+".type", n.Line, "it names no predicate type")
	} else {
		a.TypeLine = typed.Line
	}
	group := 0
	for i, item := range r.list(path+".conditions", f["conditions"]) {
		at := fmt.Sprintf("%s.conditions[%d]", path, i)
		c := r.mapping(at+".", item, "any", "all")
		if len(c) == 0 {
			r.unsupported(at, item.Line, "it asks nothing; any or all is needed")
		}
		for _, name := range []string{"any", "all"} {
			group++
			items := r.list(at+"."+name, c[name])
			if c[name] != nil && len(items) == 0 {
				r.unsupported(at+"."+name, c[name].Line, "it is empty, and asks nothing")
			}
			for k, condition := range items {
				a.Conditions = append(a.Conditions, r.condition(fmt.Sprintf("%s.%s[%d]", at, name, k), condition, group, name == "any"))
			}
		}
	}
	return a
}
