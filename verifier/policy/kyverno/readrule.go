package kyverno

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/attestree/attestree/verifier/trust"
)

// images reads one entry of verifyImages.
func (r *reader) images(rule *Rule, n *yaml.Node) {
	path := rule.Path
	f := r.mapping(path+".", n, "image", "imageReferences", "skipImageReferences", "type", "attestors", "attestations",
		"mutateDigest", "verifyDigest", "required", "failureAction", "useCache")
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
	rule.Optional = text(f["required"]) == "false"
	rule.Attestors = r.attestors(path+".attestors", f["attestors"])
	for i, item := range r.list(path+".attestations", f["attestations"]) {
		rule.Attestations = append(rule.Attestations, r.attestation(fmt.Sprintf("%s.attestations[%d]", path, i), item))
	}
	if len(rule.Attestors)+len(rule.Attestations) == 0 {
		r.unsupported(path, n.Line, "it asks for no attestor and no attestation")
	}
}

func (r *reader) attestors(path string, n *yaml.Node) []AttestorSet {
	var list []AttestorSet
	for i, item := range r.list(path, n) {
		at := fmt.Sprintf("%s[%d]", path, i)
		f := r.mapping(at+".", item, "count", "entries")
		set := AttestorSet{Path: at, Line: item.Line}
		for k, entry := range r.list(at+".entries", f["entries"]) {
			set.Entries = append(set.Entries, r.attestor(fmt.Sprintf("%s.entries[%d]", at, k), entry)...)
		}
		set.Count = len(set.Entries)
		if count := f["count"]; count != nil {
			wanted, err := strconv.Atoi(text(count))
			if err != nil || wanted < 1 || wanted > len(set.Entries) {
				r.unsupported(at+".count", count.Line, "a number from 1 to that of the entries is needed here")
			} else {
				set.Count = wanted
			}
		}
		if len(set.Entries) == 0 {
			r.unsupported(at+".entries", item.Line, "it names nobody")
		}
		list = append(list, set)
	}
	return list
}

// attestor reads one entry: an identity, or keys, each of which is an attestor of its own.
func (r *reader) attestor(path string, n *yaml.Node) []Attestor {
	f := r.mapping(path+".", n, "keyless", "keys")
	switch {
	case (f["keyless"] == nil) == (f["keys"] == nil):
		r.unsupported(path, n.Line, "either keyless or keys is needed here")
		return []Attestor{{Path: path, Line: n.Line}}
	case f["keys"] != nil:
		return r.keys(path+".keys", f["keys"])
	}
	path += ".keyless"
	n = f["keyless"]
	k := r.mapping(path+".", n, "issuer", "issuerRegExp", "subject", "subjectRegExp", "rekor")
	a := Attestor{
		Path: path, Line: n.Line, Issuer: text(k["issuer"]), IssuerRegexp: text(k["issuerRegExp"]),
		Subject: text(k["subject"]), SubjectRegexp: text(k["subjectRegExp"]),
	}
	r.rekor(path+".rekor", k["rekor"])
	for name, pattern := range map[string]string{"issuerRegExp": a.IssuerRegexp, "subjectRegExp": a.SubjectRegexp} {
		if _, err := regexp.Compile(pattern); err != nil {
			r.unsupported(path+"."+name, k[name].Line, "it is no regular expression")
		}
	}
	return []Attestor{a}
}

// endOfKey is where one key of several ends.
const endOfKey = "-----END PUBLIC KEY-----"

func (r *reader) keys(path string, n *yaml.Node) []Attestor {
	f := r.mapping(path+".", n, "publicKeys", "signatureAlgorithm", "rekor")
	r.rekor(path+".rekor", f["rekor"])
	if algorithm := text(f["signatureAlgorithm"]); algorithm != "" && algorithm != "sha256" {
		r.unsupported(path+".signatureAlgorithm", f["signatureAlgorithm"].Line, "%q is not evaluated here; sha256 is", algorithm)
	}
	pems := text(f["publicKeys"])
	if !strings.Contains(pems, endOfKey) {
		r.unsupported(path+".publicKeys", n.Line, "public keys in PEM are needed here; references are not followed")
		return []Attestor{{Path: path, Line: n.Line}}
	}
	var list []Attestor
	for _, one := range strings.SplitAfter(pems, endOfKey) {
		if strings.TrimSpace(one) == "" {
			continue
		}
		key, err := trust.ParseKey("publicKeys", []byte(one))
		if err != nil {
			r.unsupported(path+".publicKeys", n.Line, "a key in it cannot be read")
			continue
		}
		list = append(list, Attestor{Path: path, Line: n.Line, Key: &key})
	}
	return list
}

// publicRekor is the log that Kyverno asks for where nothing else is said.
const publicRekor = "https://rekor.sigstore.dev"

func (r *reader) rekor(path string, n *yaml.Node) {
	if n == nil {
		return
	}
	f := r.mapping(path+".", n, "url")
	if url := strings.TrimSuffix(text(f["url"]), "/"); url != "" && url != publicRekor {
		r.unsupported(path+".url", n.Line, "only the public log is evaluated here")
	}
}

func (r *reader) attestation(path string, n *yaml.Node) Attestation {
	f := r.mapping(path+".", n, "name", "type", "predicateType", "attestors", "conditions")
	a := Attestation{Path: path, Line: n.Line, Type: text(f["type"]), Attestors: r.attestors(path+".attestors", f["attestors"])}
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
