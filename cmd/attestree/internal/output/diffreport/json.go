package diffreport

import (
	"io"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model/diff"
)

type document struct {
	SchemaVersion string   `json:"schemaVersion"`
	Tool          string   `json:"tool"`
	Before        side     `json:"before"`
	After         side     `json:"after"`
	Notes         []string `json:"notes"`
	Worse         bool     `json:"worse"`
	Changes       []change `json:"changes"`
	// Packages is null where the packages of a side are not known.
	Packages *packages `json:"packages"`
}

type side struct {
	Source   string   `json:"source"`
	Resolved string   `json:"resolved"`
	Digest   string   `json:"digest"`
	JudgedAt string   `json:"judgedAt"`
	Saved    bool     `json:"saved"`
	Verdict  string   `json:"verdict"`
	Policy   string   `json:"policy"`
	Unseen   []string `json:"unseen"`
}

type change struct {
	Area   string `json:"area"`
	Way    string `json:"way"`
	Weight string `json:"weight"`
	What   string `json:"what"`
	Detail string `json:"detail"`
	Before string `json:"before"`
	After  string `json:"after"`
	Proven bool   `json:"proven"`
	Nodes  struct {
		Before string `json:"before"`
		After  string `json:"after"`
	} `json:"nodes"`
}

type packages struct {
	Before  int             `json:"before"`
	After   int             `json:"after"`
	Same    int             `json:"same"`
	Changes []packageChange `json:"changes"`
}

type packageChange struct {
	Way    string `json:"way"`
	Name   string `json:"name"`
	Type   string `json:"type"`
	PURL   string `json:"purl"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// JSON writes a comparison as docs/json.md says.
func JSON(w io.Writer, tool string, r diff.Report) error {
	d := document{
		SchemaVersion: "1", Tool: tool, Before: newSide(r.Before), After: newSide(r.After),
		Notes: append([]string{}, r.Notes...), Worse: r.Worse(), Changes: []change{},
	}
	for _, c := range r.Changes {
		out := change{
			Area: string(c.Area), Way: string(c.Way), Weight: string(c.Weight), What: c.What, Detail: c.Detail,
			Before: c.Before, After: c.After, Proven: c.Proven,
		}
		out.Nodes.Before, out.Nodes.After = c.BeforeID, c.AfterID
		d.Changes = append(d.Changes, out)
	}
	if p := r.Packages; p != nil {
		d.Packages = &packages{Before: p.Before, After: p.After, Same: p.Same, Changes: []packageChange{}}
		for _, c := range p.Changes {
			d.Packages.Changes = append(d.Packages.Changes, packageChange{
				Way: string(c.Way), Name: c.Name, Type: c.Type, PURL: c.PURL, Before: c.Before, After: c.After,
			})
		}
	}
	return output.Encode(w, d)
}

func newSide(s diff.Side) side {
	return side{
		Source: s.Name, Resolved: s.Resolved, Digest: string(s.Digest), JudgedAt: output.Instant(s.JudgedAt), Saved: s.Saved,
		Verdict: s.Verdict, Policy: s.Policy, Unseen: append([]string{}, s.Unseen...),
	}
}
