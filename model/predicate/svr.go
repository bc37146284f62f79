package predicate

import (
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// decodeSVR reads a simple verification result (attestation spec, predicates/svr.md), v0.1 and v0.2: what somebody else
// found to hold. It lists passed properties only; what is not listed says nothing.
//
// The summary holds properties, verifierId, policies and timeCreated.
func decodeSVR(raw []byte, version string) model.Predicate {
	r := parse(raw)
	properties := list(r.Get("properties"))
	what := strings.Join(properties, ", ")
	if len(properties) != 1 {
		what = model.Counted(length(r.Get("properties")), "property")
	}
	n := newNote("Verification result "+version, what)
	n.list("Properties", "properties", properties)
	n.say("Verifier", "verifierId", text(r, "verifier.id"))
	policies := append(named(r.Get("verifier.policies")), named(r.Get("verifier.policy"))...)
	n.list("Policies", "policies", policies)
	n.say("Created", "timeCreated", text(r, "timeCreated"))
	if len(properties) == 0 {
		n.warn("no-properties", "it lists no verified property, so that it vouches for nothing: look at properties")
	}
	if version == "v0.2" && len(policies) == 0 {
		n.warn("no-policies", "v0.2 has to name the policies that were applied, and none is there: look at verifier.policies")
	}
	n.date("timeCreated", text(r, "timeCreated"))
	return n
}

// named are the lines of what is named: one resource descriptor or text, or a list of either.
func named(r gjson.Result) []string {
	if r.IsArray() {
		var out []string
		eachOf(r, func(policy gjson.Result) {
			if len(out) < maxList {
				out = append(out, named(policy)...)
			}
		})
		return out
	}
	if r.Type == gjson.String {
		return []string{clip(r.String(), maxField)}
	}
	d := resource(r)
	digest, _, _ := strings.Cut(d.Digests, "\n")
	if line := strings.TrimSpace(first(d.URI, d.Name) + " " + digest); line != "" {
		return []string{clip(line, maxField)}
	}
	return nil
}
