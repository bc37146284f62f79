package output

import (
	"io"

	"github.com/attestree/attestree/model/diff"
)

type diffDocument struct {
	SchemaVersion string       `json:"schemaVersion"`
	Tool          string       `json:"tool"`
	Before        diffSide     `json:"before"`
	After         diffSide     `json:"after"`
	Notes         []string     `json:"notes"`
	Worse         bool         `json:"worse"`
	Changes       []diffChange `json:"changes"`
	// Packages is null where the packages of a side are not known.
	Packages *diffPackages `json:"packages"`
}

type diffSide struct {
	Source   string   `json:"source"`
	Resolved string   `json:"resolved"`
	Digest   string   `json:"digest"`
	JudgedAt string   `json:"judgedAt"`
	Saved    bool     `json:"saved"`
	Verdict  string   `json:"verdict"`
	Policy   string   `json:"policy"`
	Unseen   []string `json:"unseen"`
}

type diffChange struct {
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

type diffPackages struct {
	Before  int           `json:"before"`
	After   int           `json:"after"`
	Same    int           `json:"same"`
	Changes []diffPackage `json:"changes"`
}

type diffPackage struct {
	Way    string `json:"way"`
	Name   string `json:"name"`
	Type   string `json:"type"`
	PURL   string `json:"purl"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// DiffJSON writes a comparison as docs/json.md says.
func DiffJSON(w io.Writer, tool string, r diff.Report) error {
	d := diffDocument{
		SchemaVersion: "1", Tool: tool, Before: newDiffSide(r.Before), After: newDiffSide(r.After),
		Notes: append([]string{}, r.Notes...), Worse: r.Worse(), Changes: []diffChange{},
	}
	for _, c := range r.Changes {
		out := diffChange{
			Area: string(c.Area), Way: string(c.Way), Weight: string(c.Weight), What: c.What, Detail: c.Detail,
			Before: c.Before, After: c.After, Proven: c.Proven,
		}
		out.Nodes.Before, out.Nodes.After = c.BeforeID, c.AfterID
		d.Changes = append(d.Changes, out)
	}
	if p := r.Packages; p != nil {
		d.Packages = &diffPackages{Before: p.Before, After: p.After, Same: p.Same, Changes: []diffPackage{}}
		for _, c := range p.Changes {
			d.Packages.Changes = append(d.Packages.Changes, diffPackage{
				Way: string(c.Way), Name: c.Name, Type: c.Type, PURL: c.PURL, Before: c.Before, After: c.After,
			})
		}
	}
	return Encode(w, d)
}

func newDiffSide(s diff.Side) diffSide {
	return diffSide{
		Source: s.Name, Resolved: s.Resolved, Digest: string(s.Digest), JudgedAt: Instant(s.JudgedAt), Saved: s.Saved,
		Verdict: s.Verdict, Policy: s.Policy, Unseen: append([]string{}, s.Unseen...),
	}
}
