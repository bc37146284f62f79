package predicate

import (
	"strings"

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
}

// decodeVSA reads v1, and v0.1 and v0.2, which were written in snake case.
func decodeVSA(raw []byte, version string) model.Predicate {
	r := parse(raw)
	v := VSA{
		Version: version, Verifier: text(r, "verifier.id"), Policy: text(r, "policy.uri"),
		Result:   first(text(r, "verificationResult"), text(r, "verification_result")),
		Resource: first(text(r, "resourceUri"), text(r, "resource_uri")),
		Time:     first(text(r, "timeVerified"), text(r, "time_verified")),
		Levels:   list(r.Get("verifiedLevels")),
	}
	if level := text(r, "policy_level"); level != "" && len(v.Levels) == 0 {
		v.Levels = []string{level}
	}
	return v
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
	f.add("Policy", v.Policy)
	f.add("Verified", v.Time)
	return f
}

// Summary holds version, result, verifierId, levels, resourceUri, policyUri and timeVerified.
func (v VSA) Summary() map[string]any {
	levels := v.Levels
	if levels == nil {
		levels = []string{}
	}
	return map[string]any{
		"version": v.Version, "result": v.Result, "verifierId": v.Verifier, "levels": levels,
		"resourceUri": v.Resource, "policyUri": v.Policy, "timeVerified": v.Time,
	}
}

// Findings says where the verification did not pass.
func (v VSA) Findings() []model.Finding {
	out := unset(v.Time)
	if v.Result != "PASSED" {
		out = append(out, finding("not-passed", model.SeverityWarning, "the verification that it summarises did not pass: look at verificationResult, and ask the verifier why"))
	}
	return out
}
