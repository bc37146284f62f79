package output

import "github.com/attestree/attestree/model"

type slsaLevel struct {
	Level   int        `json:"level"`
	Reason  string     `json:"reason"`
	Hint    string     `json:"hint"`
	Builder string     `json:"builder"`
	Source  string     `json:"source"`
	Ref     string     `json:"ref"`
	Commit  string     `json:"commit"`
	Run     string     `json:"run"`
	Lines   []slsaLine `json:"lines"`
}

type slsaLine struct {
	Label    string `json:"label"`
	Claimed  string `json:"claimed"`
	Verified string `json:"verified"`
	Because  string `json:"because"`
	Status   string `json:"status"`
	Tenant   bool   `json:"tenantOnly"`
}

func newSLSA(s *model.SLSA) *slsaLevel {
	if s == nil {
		return nil
	}
	out := &slsaLevel{
		Level: s.Level, Reason: s.Reason, Hint: s.Hint, Builder: s.Builder, Source: s.Source, Ref: s.Ref,
		Commit: s.Commit, Run: s.Run, Lines: []slsaLine{},
	}
	for _, l := range s.Lines {
		out.Lines = append(out.Lines, slsaLine{
			Label: l.Label, Claimed: l.Claimed, Verified: l.Verified, Because: l.Because, Status: l.Status.String(), Tenant: l.Tenant,
		})
	}
	return out
}
