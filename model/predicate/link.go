package predicate

import (
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// decodeLink reads an in-toto link (attestation spec, predicates/link.md; in-toto spec 0.9 section 4.4). Materials are a
// map from path to digests in v0.2 and v1, and a list of resource descriptors in v0.3. Products are the subjects.
//
// The summary holds name, command, materials (a number) and exitCode, each null where none is given.
func decodeLink(raw []byte, version string) model.Predicate {
	r := parse(raw)
	name := text(r, "name")
	n := newNote("in-toto link "+version, name)
	n.say("Step", "name", name)
	command := r.Get("command")
	if command.IsArray() {
		n.say("Command", "command", strings.Join(list(command), " "))
	} else {
		n.say("Command", "command", str(command))
	}
	n.summary["exitCode"] = nil
	switch code, ok := number(r, "byproducts.return-value"); {
	case ok:
		n.tell("Exit code", "exitCode", code)
		if code != 0 {
			n.warn("failed-step", "the step's command ended with code "+strconv.Itoa(code)+
				", not with 0: look at what it printed, in byproducts")
		}
	case r.Get("byproducts.return-value").Type != gjson.Null:
		n.fields.add("Exit code", str(r.Get("byproducts.return-value")))
		n.warn("failed-step", "the step's exit code is no number, so that nobody knows whether it failed: look at byproducts.return-value")
	}
	materials := r.Get("materials")
	n.tellSaid(materials.IsArray() || materials.IsObject(), "Materials", "materials", members(materials))
	for i, label := range []string{"Printed", "Errors printed"} {
		n.fields.add(label, strings.TrimSpace(text(r, "byproducts."+[]string{"stdout", "stderr"}[i])))
	}
	if names := secretNames(r, "environment"); names != "" {
		n.warn("build-args-secret", "an environment variable looks like a secret, and whoever gets the attestation can read it: look at "+
			"the value of "+strings.ReplaceAll(names, "\n", ", ")+" in the payload, and revoke it if it is real")
	}
	n.fields.add("Material", strings.Join(resources(materials), "\n"))
	return n
}

// resources are the lines of a list of resource descriptors, or of a map from path to digests: a name, then the first
// digest.
func resources(r gjson.Result) []string {
	var out []string
	if !r.IsArray() && !r.IsObject() {
		return nil
	}
	r.ForEach(func(key, value gjson.Result) bool {
		name, digest := key.String(), digests(value)
		if r.IsArray() {
			d := resource(value)
			name, digest = first(d.Name, d.URI), d.Digests
		}
		digest, _, _ = strings.Cut(digest, "\n")
		out = append(out, clip(strings.TrimSpace(name+" "+digest), maxField))
		return len(out) < maxList
	})
	return out
}

// members is how many elements an array or an object has.
func members(r gjson.Result) int {
	n := 0
	if r.IsArray() || r.IsObject() {
		r.ForEach(func(_, _ gjson.Result) bool { n++; return true })
	}
	return n
}
