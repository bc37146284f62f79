package predicate

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// VSA is a verification summary (slsa.dev/spec/v1.2/verification_summary): somebody else's verdict.
type VSA struct {
	Version  string
	Result   string
	Verifier string
	Resource string
	Policy   string
	Levels   []string
	Time     string // as written
	// Dependencies are how many dependencies reach which level; nil where nothing is said of them, empty where there are none.
	Dependencies map[string]int
	SLSAVersion  string
	Checker      string // the versions of what verified, one a line
	PolicyDigest string // "algorithm:value" lines
	Inputs       int    // attestations that it rests on
	Failed       bool   // a level says so
	Unnamed      bool   // its levels are no list of texts
}

// decodeVSA reads v1, and v0.1 and v0.2, which were written in snake case.
func decodeVSA(raw []byte, version string) model.Predicate {
	r := parse(raw)
	v := VSA{
		Version: version, Verifier: text(r, "verifier.id"), Policy: text(r, "policy.uri"),
		Result:   first(text(r, "verificationResult"), text(r, "verification_result")),
		Resource: first(text(r, "resourceUri"), text(r, "resource_uri")),
		Time:     first(text(r, "timeVerified"), text(r, "time_verified")),
		Levels:   list(r.Get("verifiedLevels")), SLSAVersion: anyText(r, "slsaVersion", "slsa_version"),
		Checker: pairs(r.Get("verifier.version"), " "), PolicyDigest: digests(r.Get("policy.digest")),
		Inputs: length(r.Get("inputAttestations")) + length(r.Get("input_attestations")),
	}
	for _, key := range []string{"dependencyLevels", "dependency_levels"} {
		v.readDependencies(r.Get(key))
	}
	levels := r.Get("verifiedLevels")
	v.Unnamed = levels.Type != gjson.Null && !levels.IsArray()
	eachOf(levels, func(level gjson.Result) {
		v.Unnamed = v.Unnamed || level.Type != gjson.String
		v.Failed = v.Failed || level.String() == "FAILED"
	})
	if level := text(r, "policy_level"); level != "" && len(v.Levels) == 0 {
		v.Levels = []string{level}
	}
	return v
}

func (v *VSA) readDependencies(levels gjson.Result) {
	if !levels.IsObject() {
		return
	}
	v.Dependencies = map[string]int{}
	levels.ForEach(func(level, _ gjson.Result) bool {
		v.Dependencies[clip(level.String(), maxTitle)], _ = number(levels, gjson.Escape(level.String()))
		return len(v.Dependencies) < maxList
	})
}

// dependencies says how many dependencies reach which level.
func (v VSA) dependencies() string {
	switch {
	case v.Dependencies == nil:
		return ""
	case len(v.Dependencies) == 0:
		return "none"
	}
	var parts []string
	for _, level := range slices.Sorted(maps.Keys(v.Dependencies)) {
		parts = append(parts, strconv.Itoa(v.Dependencies[level])+" at "+level)
	}
	return strings.Join(parts, ", ")
}

// Family is that of verification summaries.
func (v VSA) Family() model.Family { return model.FamilyVSA }

// Title says how the verification ended, and for which levels.
func (v VSA) Title() string {
	return title("Verification summary", v.Result, strings.Join(v.Levels, ", "))
}

// Fields say who verified what by which policy.
func (v VSA) Fields() []model.Field {
	var f fields
	f.add("Result", v.Result)
	f.add("Verifier", v.Verifier)
	f.add("Levels", strings.Join(v.Levels, "\n"))
	f.add("Resource", v.Resource)
	f.add("Policy", strings.TrimSpace(v.Policy+"\n"+v.PolicyDigest))
	f.add("Verified", v.Time)
	f.add("Dependencies", v.dependencies())
	if v.Inputs > 0 {
		f.add("Rests on", model.Counted(v.Inputs, "attestation"))
	}
	f.add("SLSA version", v.SLSAVersion)
	f.add("Verified with", v.Checker)
	return f
}

// Summary holds version, result, verifierId, levels, resourceUri, policyUri, timeVerified and, where something is said of
// them, dependencyLevels.
func (v VSA) Summary() map[string]any {
	levels := v.Levels
	if levels == nil {
		levels = []string{}
	}
	m := map[string]any{
		"version": v.Version, "result": v.Result, "verifierId": v.Verifier, "levels": levels,
		"resourceUri": v.Resource, "policyUri": v.Policy, "timeVerified": v.Time,
	}
	if v.Dependencies != nil {
		m["dependencyLevels"] = v.Dependencies
	}
	return m
}

// Findings says where the verification did not pass.
func (v VSA) Findings() []model.Finding {
	out := unset(v.Time)
	if v.Unnamed {
		out = append(out, finding(model.FindingUnexpectedShape, model.SeverityWarning, "its levels are no list of texts, so that nobody knows what was reached: look at verifiedLevels"))
	}
	switch {
	case v.Result == "":
		out = append(out, finding("not-passed", model.SeverityWarning, "it does not say in a word that the verification passed: look at verificationResult"))
	case v.Result != "PASSED" || v.Failed: // a level of that name says that the policy was not met
		out = append(out, finding("not-passed", model.SeverityWarning, "the verification that it summarises did not pass: look at verificationResult and verifiedLevels, and ask the verifier why"))
	}
	return out
}
