package output

import (
	"io"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
)

// policies is the contract of "policy SOURCE -o json", see docs/json.md.
type policies struct {
	SchemaVersion string       `json:"schemaVersion"`
	Tool          string       `json:"tool"`
	JudgedAt      string       `json:"judgedAt"`
	Source        string       `json:"source"`
	Resolved      string       `json:"resolved"`
	Digest        string       `json:"digest"`
	Complete      bool         `json:"complete"`
	Satisfied     bool         `json:"satisfied"`
	Notes         []string     `json:"notes"`
	Policies      []policyRule `json:"policies"`
}

type policyRule struct {
	File       string          `json:"file"`
	Kind       string          `json:"kind"`
	Rule       string          `json:"rule"`
	Line       int             `json:"line"`
	Result     string          `json:"result"`
	WouldBeMet bool            `json:"wouldBeMet"`
	Expression string          `json:"expression"`
	Node       string          `json:"node"`
	Trusted    bool            `json:"trusted"`
	Path       string          `json:"path"`
	Found      *string         `json:"found"`
	Reads      []policyRead    `json:"reads"`
	Message    string          `json:"message"`
	Diagnosis  []policyFinding `json:"diagnosis"`
}

// policyRead has the JSON text that was found, null for nothing.
type policyRead struct {
	Path  string  `json:"path"`
	Found *string `json:"found"`
}

type policyFinding struct {
	ID         string            `json:"id"`
	Severity   string            `json:"severity"`
	Message    string            `json:"message"`
	Correction *policyCorrection `json:"correction"`
}

type policyCorrection struct {
	Result     string         `json:"result"`
	WouldBeMet bool           `json:"wouldBeMet"`
	Changes    []policyChange `json:"changes"`
	Text       string         `json:"text"`
	Tampered   []string       `json:"tampered"`
}

type policyChange struct {
	Line int    `json:"line"`
	Old  string `json:"old"`
	New  string `json:"new"`
}

// PolicyFacts are what an examination of policies says beside the rules.
type PolicyFacts struct {
	Facts
	Complete bool     // everything that may be attached was seen
	Files    []string // in the order of the person
}

// PoliciesJSON writes what became of every rule.
func PoliciesJSON(w io.Writer, t *model.Tree, e diagnosis.Examination, f PolicyFacts) error {
	digest := ""
	if root := t.Root(); root != nil {
		digest = string(root.Node.Digest)
	}
	out := policies{
		SchemaVersion: "1", Tool: f.Tool, JudgedAt: f.JudgedAt.UTC().Format(time.RFC3339), Source: f.Source, Resolved: t.Reference,
		Digest: digest, Complete: f.Complete, Satisfied: e.Satisfied(), Notes: append([]string{}, f.Notes...), Policies: []policyRule{},
	}
	for _, r := range e.Rules {
		out.Policies = append(out.Policies, newPolicyRule(r))
	}
	return Encode(w, out)
}

func newPolicyRule(r diagnosis.Rule) policyRule {
	out := policyRule{
		File: r.File, Kind: string(r.Kind), Rule: r.Rule, Line: r.Line, Result: string(r.Result), WouldBeMet: r.WouldBe,
		Expression: r.Expression, Node: r.Node, Trusted: r.Trusted, Path: r.Path, Message: r.Message,
		Reads: []policyRead{}, Diagnosis: []policyFinding{},
	}
	if r.Path != "" {
		out.Found = found(r.Found, r.Missing)
	}
	for _, read := range r.Reads {
		out.Reads = append(out.Reads, policyRead{Path: read.Path, Found: found(read.Found, read.Missing)})
	}
	for _, d := range r.Diagnosis {
		finding := policyFinding{ID: d.ID, Severity: string(d.Severity), Message: d.Message}
		if c := d.Correction; c != nil {
			finding.Correction = &policyCorrection{
				Result: string(c.Result), WouldBeMet: c.WouldBe, Text: c.Text, Tampered: append([]string{}, c.Tampered...), Changes: []policyChange{},
			}
			for _, change := range c.Changes {
				finding.Correction.Changes = append(finding.Correction.Changes, policyChange(change))
			}
		}
		out.Diagnosis = append(out.Diagnosis, finding)
	}
	return out
}

func found(value string, missing bool) *string {
	if missing {
		return nil
	}
	return &value
}
