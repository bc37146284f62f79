package pkg

import (
	"slices"
	"time"

	"github.com/attestree/attestree/model"
)

// Row is one specification of a catalogue with what is known of its package.
type Row struct {
	Spec       string          `json:"spec"` // path
	Name       string          `json:"name"`
	Protocol   string          `json:"protocol"` // "npx", "uvx", "go"; "" for a skill
	Package    string          `json:"package"`  // package URL, "" where the specification names none
	Coverage   Coverage        `json:"coverage"`
	Verified   bool            `json:"verified"`
	Satisfied  bool            `json:"satisfied"`
	Wrong      bool            `json:"wrong"`
	Publishers []string        `json:"publishers"`
	Claimed    string          `json:"claimed"` // the publisher that the registry names
	Reasons    []string        `json:"reasons"`
	Findings   []model.Finding `json:"findings"`
	// Problem says why the package could not be looked at, "" if it could.
	Problem string    `json:"problem"`
	At      time.Time `json:"at"` // when it was looked at
}

// Fill takes what a summary says.
func (r *Row) Fill(s Summary) {
	r.Coverage, r.Verified, r.Satisfied, r.Wrong = s.Coverage, s.Verified, s.Satisfied, s.Wrong
	r.Publishers, r.Reasons = s.Publishers, s.Reasons
	for _, f := range s.Findings {
		if f.Severity != model.SeverityInfo {
			r.Findings = append(r.Findings, f)
		}
	}
	if s.Package != nil {
		r.Claimed = s.Package.Publisher.String()
	}
	if s.Incomplete && len(s.Reasons) > 0 {
		r.Problem = s.Reasons[0]
	}
}

// Count is how many packages of one protocol are attested how far. What could not be looked at whole counts for nothing else,
// but for what is wrong about it.
type Count struct {
	Protocol string
	Packages int
	By       map[Coverage]int
	Verified int
	Wrong    int
	Unknown  int // could not be looked at
}

// Counts sums rows up by protocol, in order of their names.
func Counts(rows []Row) []Count {
	by := map[string]*Count{}
	var order []string
	for _, r := range rows {
		if r.Package == "" && r.Problem == "" {
			continue // a skill
		}
		c := by[r.Protocol]
		if c == nil {
			c = &Count{Protocol: r.Protocol, By: map[Coverage]int{}}
			by[r.Protocol] = c
			order = append(order, r.Protocol)
		}
		c.add(r)
	}
	slices.Sort(order)
	out := make([]Count, 0, len(order))
	for _, protocol := range order {
		out = append(out, *by[protocol])
	}
	return out
}

func (c *Count) add(r Row) {
	c.Packages++
	if r.Problem != "" {
		c.Unknown++
		if r.Wrong {
			c.Wrong++
		}
		return
	}
	c.By[r.Coverage]++
	if r.Verified {
		c.Verified++
	}
	if r.Wrong {
		c.Wrong++
	}
}
