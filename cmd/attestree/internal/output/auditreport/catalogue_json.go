package auditreport

import (
	"io"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model/audit"
)

// auditDocument is the contract of "audit --specs -o json", see docs/audit.md.
type auditDocument struct {
	SchemaVersion string         `json:"schemaVersion"`
	Specs         []auditSpec    `json:"specs"`
	Globals       []auditSpec    `json:"globalLists,omitempty"`
	Problems      []auditProblem `json:"problems,omitempty"`
	NotJudged     []audit.FlagID `json:"notJudged"`
	PartlyJudged  []audit.FlagID `json:"partlyJudged,omitempty"`
	Totals        auditTotals    `json:"totals"`
	LookedAt      *auditLookedAt `json:"lookedAt,omitempty"`
}

type auditSpec struct {
	Path           string         `json:"path"`
	Name           string         `json:"name"`
	Version        string         `json:"version"`
	Protocol       string         `json:"protocol"`
	InsecureIgnore bool           `json:"insecureIgnore"`
	Entries        []auditEntry   `json:"entries"`
	Flags          []audit.FlagID `json:"flags"`
}

// auditEntry has that of code, ruleId and category which the entry is keyed by.
type auditEntry struct {
	Code      string         `json:"code,omitempty"`
	RuleID    string         `json:"ruleId,omitempty"`
	Category  string         `json:"category,omitempty"`
	Tool      string         `json:"tool"`
	Reason    string         `json:"reason"`
	AppliesTo string         `json:"appliesTo"`
	Flags     []audit.FlagID `json:"flags"`
}

type auditProblem struct {
	Path    string `json:"path"`
	Line    int    `json:"line"`
	Message string `json:"message"`
}

type auditTotals struct {
	Specs   int                  `json:"specs"`
	Entries int                  `json:"entries"`
	Flags   map[audit.FlagID]int `json:"flags"`
}

// auditLookedAt is how much there is where only some of it was asked for.
type auditLookedAt struct {
	Specs   int `json:"specs"`
	Entries int `json:"entries"`
}

// CatalogueJSON writes the audit of a catalogue as the contract says.
func CatalogueJSON(w io.Writer, c audit.Catalogue, f CatalogueFacts) error {
	d := auditDocument{SchemaVersion: "1", Specs: []auditSpec{}, NotJudged: c.NotJudged, PartlyJudged: c.Partly, Totals: auditTotals(c.Totals())}
	for _, r := range c.Specs {
		d.Specs = append(d.Specs, newAuditSpec(r))
	}
	for _, r := range c.Globals {
		d.Globals = append(d.Globals, newAuditSpec(r))
	}
	for _, p := range c.Problems {
		d.Problems = append(d.Problems, auditProblem(p))
	}
	if len(f.Only) > 0 {
		d.LookedAt = &auditLookedAt{f.LookedAt.Specs, f.LookedAt.Entries}
	}
	return output.Encode(w, d)
}

func newAuditSpec(r audit.SpecReport) auditSpec {
	s := auditSpec{
		Path: r.Spec.Path, Name: r.Spec.Name, Version: r.Spec.Version, Protocol: r.Spec.Protocol,
		InsecureIgnore: r.Spec.InsecureIgnore, Entries: []auditEntry{}, Flags: r.Flags.IDs(),
	}
	for _, e := range r.Entries {
		s.Entries = append(s.Entries, auditEntry{
			Code: e.Allowance.Code, RuleID: e.Allowance.RuleID, Category: e.Allowance.Category, Tool: e.Allowance.Tool,
			Reason: e.Allowance.Reason, AppliesTo: e.Applied, Flags: e.Flags.IDs(),
		})
	}
	return s
}
