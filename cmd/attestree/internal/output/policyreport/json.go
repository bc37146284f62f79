package policyreport

import (
	"io"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
)

// document is the contract of "policy SOURCE -o json", see docs/json.md.
type document struct {
	SchemaVersion string   `json:"schemaVersion"`
	Tool          string   `json:"tool"`
	JudgedAt      string   `json:"judgedAt"`
	Source        string   `json:"source"`
	Resolved      string   `json:"resolved"`
	Digest        string   `json:"digest"`
	Complete      bool     `json:"complete"`
	Satisfied     bool     `json:"satisfied"`
	Notes         []string `json:"notes"`
	Policies      []rule   `json:"policies"`
}

type rule struct {
	File       string    `json:"file"`
	Kind       string    `json:"kind"`
	Rule       string    `json:"rule"`
	Line       int       `json:"line"`
	Result     string    `json:"result"`
	WouldBeMet bool      `json:"wouldBeMet"`
	Expression string    `json:"expression"`
	Node       string    `json:"node"`
	Trusted    bool      `json:"trusted"`
	Path       string    `json:"path"`
	Found      *string   `json:"found"`
	Reads      []read    `json:"reads"`
	Message    string    `json:"message"`
	Diagnosis  []finding `json:"diagnosis"`
}

// read has the JSON text that was found, null for nothing.
type read struct {
	Path  string  `json:"path"`
	Found *string `json:"found"`
}

type finding struct {
	ID         string      `json:"id"`
	Severity   string      `json:"severity"`
	Message    string      `json:"message"`
	Correction *correction `json:"correction"`
}

type correction struct {
	Result     string   `json:"result"`
	WouldBeMet bool     `json:"wouldBeMet"`
	Changes    []change `json:"changes"`
	Text       string   `json:"text"`
	Passing    string   `json:"passing"`
	Tampered   []string `json:"tampered"`
}

type change struct {
	Line int    `json:"line"`
	Old  string `json:"old"`
	New  string `json:"new"`
}

// Facts are what an examination of policies says beside the rules.
type Facts struct {
	output.Facts
	Complete bool     // everything that may be attached was seen
	Files    []string // in the order of the person
}

// JSON writes what became of every rule.
func JSON(w io.Writer, t *model.Tree, e diagnosis.Examination, f Facts) error {
	digest := ""
	if root := t.Root(); root != nil {
		digest = string(root.Node.Digest)
	}
	out := document{
		SchemaVersion: "1", Tool: f.Tool, JudgedAt: output.Instant(f.JudgedAt), Source: f.Source, Resolved: t.Reference,
		Digest: digest, Complete: f.Complete, Satisfied: e.Satisfied(), Notes: append([]string{}, f.Notes...), Policies: []rule{},
	}
	for _, r := range e.Rules {
		out.Policies = append(out.Policies, newRule(r))
	}
	return output.Encode(w, out)
}

func newRule(r diagnosis.Rule) rule {
	out := rule{
		File: r.File, Kind: string(r.Kind), Rule: r.Rule, Line: r.Line, Result: string(r.Result), WouldBeMet: r.WouldBe,
		Expression: r.Expression, Node: r.Node, Trusted: r.Trusted, Path: r.Path, Message: r.Message,
		Reads: []read{}, Diagnosis: []finding{},
	}
	if r.Path != "" {
		out.Found = found(r.Found, r.Missing)
	}
	for _, at := range r.Reads {
		out.Reads = append(out.Reads, read{Path: at.Path, Found: found(at.Found, at.Missing)})
	}
	for _, d := range r.Diagnosis {
		f := finding{ID: d.ID, Severity: string(d.Severity), Message: d.Message}
		if c := d.Correction; c != nil {
			f.Correction = &correction{
				Result: string(c.Result), WouldBeMet: c.WouldBe, Text: c.Text, Passing: c.Passing, Tampered: append([]string{}, c.Tampered...), Changes: []change{},
			}
			for _, line := range c.Changes {
				f.Correction.Changes = append(f.Correction.Changes, change(line))
			}
		}
		out.Diagnosis = append(out.Diagnosis, f)
	}
	return out
}

func found(value string, missing bool) *string {
	if missing {
		return nil
	}
	return &value
}
