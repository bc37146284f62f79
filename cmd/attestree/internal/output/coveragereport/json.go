package coveragereport

import (
	"io"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model/pkg"
)

// document is the report in the JSON contract (docs/json.md).
type document struct {
	SchemaVersion string   `json:"schemaVersion"`
	Tool          string   `json:"tool"`
	JudgedAt      string   `json:"judgedAt"`
	Folder        string   `json:"folder"`
	Note          string   `json:"note"`
	Totals        []total  `json:"totals"`
	Skills        int      `json:"skills"`
	Packages      []row    `json:"packages"`
	Problems      []string `json:"problems"`
}

type total struct {
	Protocol     string `json:"protocol"`
	Packages     int    `json:"packages"`
	None         int    `json:"none"`
	Signatures   int    `json:"signatures"`
	Attestations int    `json:"attestations"`
	Verified     int    `json:"verified"`
	Wrong        int    `json:"wrong"`
	Unknown      int    `json:"unknown"`
}

type row struct {
	Spec       string           `json:"spec"`
	Name       string           `json:"name"`
	Protocol   string           `json:"protocol"`
	Package    string           `json:"package"`
	Coverage   string           `json:"coverage"`
	Verified   bool             `json:"verified"`
	Satisfied  bool             `json:"satisfied"`
	Wrong      bool             `json:"wrong"`
	Publishers []string         `json:"publishers"`
	Named      string           `json:"namedPublisher"`
	Reasons    []string         `json:"reasons"`
	Findings   []output.Finding `json:"findings"`
	Problem    string           `json:"problem"`
	At         string           `json:"at"`
}

// JSON writes the report as the contract says.
func JSON(w io.Writer, rows []pkg.Row, f Facts) error {
	d := document{
		SchemaVersion: "1", Tool: f.Tool, JudgedAt: output.Instant(f.JudgedAt), Folder: f.Folder, Note: f.Note,
		Totals: []total{}, Skills: skills(rows), Packages: []row{}, Problems: []string{},
	}
	for _, c := range pkg.Counts(rows) {
		d.Totals = append(d.Totals, total{
			c.Protocol, c.Packages, c.By[pkg.None], c.By[pkg.Signatures], c.By[pkg.Attestations], c.Verified, c.Wrong, c.Unknown,
		})
	}
	for _, r := range rows {
		if r.Package == "" && r.Problem == "" {
			continue
		}
		d.Packages = append(d.Packages, row{
			Spec: r.Spec, Name: r.Name, Protocol: r.Protocol, Package: r.Package, Coverage: string(r.Coverage), Verified: r.Verified,
			Satisfied: r.Satisfied, Wrong: r.Wrong, Publishers: append([]string{}, r.Publishers...), Named: r.Claimed,
			Reasons: append([]string{}, r.Reasons...), Findings: output.Findings(r.Findings), Problem: r.Problem, At: output.Instant(r.At),
		})
	}
	for _, problem := range f.Problems {
		d.Problems = append(d.Problems, problem.Error())
	}
	return output.Encode(w, d)
}
