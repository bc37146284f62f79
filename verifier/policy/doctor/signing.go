package doctor

import (
	"errors"
	"fmt"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/verifier/policy"
	"github.com/attestree/attestree/verifier/trust"
)

// signing is what a signing policy of our own asks, line by line. Only the reader's own can be judged: the tree was judged
// by its signers.
func (e *examiner) signing(f File) []diagnosis.Rule {
	parsed, err := policy.Parse(f.Name, f.Data, noKey)
	var wrong *policy.SyntaxError
	switch {
	case errors.As(err, &wrong):
		return e.wrongPolicy(wrong, f)
	case err != nil:
		return []diagnosis.Rule{{Rule: "signing_policy", Result: diagnosis.Unsupported, Message: err.Error()}}
	case f.Name != e.options.Own:
		return []diagnosis.Rule{{
			Rule: "signing_policy", Line: 1, Result: diagnosis.Unsupported,
			Message: "Everything is judged by the signers of one policy, and that is another one; examine this file by itself.",
		}}
	}
	var rules []diagnosis.Rule
	for _, line := range e.options.Answer.Requirements {
		rules = append(rules, e.requirement(line))
	}
	if len(rules) == 0 {
		rules = []diagnosis.Rule{{Rule: "signing_policy", Line: 1, Result: diagnosis.Undefined, Message: strings.Join(e.options.Answer.Reasons, " ")}}
	}
	if !e.options.Answer.Satisfied && metAll(rules) {
		rules[0].Result, rules[0].Message = diagnosis.Undefined, strings.Join(e.options.Answer.Reasons, " ")
	}
	rules[0].Diagnosis = append(rules[0].Diagnosis, e.aboutSigners(parsed.Signers())...)
	if strings.HasSuffix(f.Name, ".yaml") || strings.HasSuffix(f.Name, ".yml") {
		rules[0].Diagnosis = append(rules[0].Diagnosis, remark("cosign-refuses-file",
			"it is for attestree verify --policy; cosign verify-attestation --policy takes files that end in .cue or .rego"))
	}
	return rules
}

func metAll(rules []diagnosis.Rule) bool { return diagnosis.Examination{Rules: rules}.Satisfied() }

// noKey stands in for keys that a service keeps: whose they are was settled before anything was judged.
func noKey(string) (trust.Key, error) { return trust.Key{}, nil }

func (e *examiner) requirement(line model.Requirement) diagnosis.Rule {
	r := diagnosis.Rule{Rule: line.ID, Expression: line.Wants, Node: line.Node, Message: line.Message}
	switch line.Status {
	case model.RequirementMet:
		r.Result = diagnosis.Met
	case model.RequirementNotMet:
		r.Result = diagnosis.NotMet
	case model.RequirementUnknown:
		r.Result = diagnosis.Undefined
	}
	if entry := e.tree.Entry(line.Node); entry != nil {
		r.Trusted = entry.Standing.Verdict == model.Trusted
	}
	return r
}

// wrongPolicy is the answer to a signing policy that nobody is trusted by, one rule for each problem.
func (e *examiner) wrongPolicy(wrong *policy.SyntaxError, f File) []diagnosis.Rule {
	var rules []diagnosis.Rule
	for _, p := range wrong.Problems {
		rules = append(rules, diagnosis.Rule{
			Rule: "signing_policy", Line: p.Line, Result: diagnosis.Unsupported, Message: sentence(p.Message) + ".",
			Expression: strings.TrimSpace(lineOf(f.Data, p.Line)),
		})
	}
	for _, issuer := range issuersIn(f.Data) {
		if finding, bad := aboutIssuer(issuer); bad {
			rules[0].Diagnosis = append(rules[0].Diagnosis, finding)
		}
	}
	e.proposeSigning(f, wrong, rules)
	return rules
}

// aboutSigners is what is wrong with the identities of a signing policy.
func (e *examiner) aboutSigners(signers trust.Signers) []diagnosis.Finding {
	var list []diagnosis.Finding
	for _, s := range signers {
		if !s.Keyless || !s.Enabled {
			continue
		}
		var mine []diagnosis.Finding
		if finding, bad := aboutIssuer(s.Issuer); bad {
			mine = append(mine, finding)
		}
		mine = append(mine, e.aboutIdentity(identity{issuer: s.Issuer, subject: s.Subject, subjectRegexp: wholeRegexp(s.SubjectRegexp)})...)
		for _, finding := range mine {
			finding.Message = fmt.Sprintf("trusted key %q: %s", s.Name, finding.Message)
			list = append(list, finding)
		}
	}
	return list
}

func wholeRegexp(p string) string {
	if p == "" {
		return ""
	}
	return `\A(?:` + p + `)\z`
}

// sentence begins with a capital letter, unless it begins with an address.
func sentence(s string) string {
	if first, _, _ := strings.Cut(s, " "); s == "" || strings.Contains(first, "://") {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func lineOf(data []byte, n int) string {
	all := lines(data)
	if n < 1 || n > len(all) {
		return ""
	}
	return string(all[n-1])
}

// issuersIn are the values that stand after "issuer:" in a file that cannot be read otherwise.
func issuersIn(data []byte) []string {
	var list []string
	for _, line := range lines(data) {
		_, value, found := strings.Cut(string(line), "issuer:")
		if value = strings.Trim(strings.TrimSpace(value), `"'`); found && value != "" {
			list = append(list, value)
		}
	}
	return list
}
