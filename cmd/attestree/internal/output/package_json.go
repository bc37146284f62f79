package output

import (
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/pkg"
)

// packageSummary is one package in the JSON contract (docs/json.md, "packages").
type packageSummary struct {
	Node       string        `json:"node"`
	Ecosystem  string        `json:"ecosystem"`
	Name       string        `json:"name"`
	Version    string        `json:"version"`
	Registry   string        `json:"registry"`
	Published  string        `json:"published"`
	Repository string        `json:"repository"`
	Coverage   string        `json:"coverage"`
	Verified   bool          `json:"verified"`
	Satisfied  bool          `json:"satisfied"`
	Complete   bool          `json:"complete"`
	Verdict    string        `json:"verdict"`
	Reasons    []string      `json:"reasons"`
	Proves     []string      `json:"proves"`
	Publishers []string      `json:"publishers"`
	NamedBy    *publisher    `json:"namedPublisher"`
	Checksum   string        `json:"checksum,omitempty"`
	Files      []packageFile `json:"files"`
	Findings   []Finding     `json:"findings"`
	ComparedTo string        `json:"comparedTo"`
	ChosenBy   string        `json:"chosenBy"`
	VouchedFor bool          `json:"vouchedFor"`
}

type publisher struct {
	Kind        string `json:"kind"`
	Repository  string `json:"repository"`
	Workflow    string `json:"workflow"`
	Environment string `json:"environment"`
	Email       string `json:"email"`
}

type packageFile struct {
	Name         string `json:"name"`
	Digest       string `json:"digest"`
	Verdict      string `json:"verdict"`
	Signatures   int    `json:"signatures"`
	Attestations int    `json:"attestations"`
}

func packageSummaries(in []pkg.Summary) []packageSummary {
	var out []packageSummary
	for _, s := range in {
		if s.Package != nil {
			out = append(out, newPackageSummary(s))
		}
	}
	return out
}

func newPackageSummary(s pkg.Summary) packageSummary {
	p := s.Package
	out := packageSummary{
		Node: p.PURL, Ecosystem: string(p.Ecosystem), Name: p.Name, Version: p.Version, Registry: p.Asked,
		Published: Instant(p.Published.Truncate(time.Second)), Repository: p.Repository, Coverage: string(s.Coverage),
		Verified: s.Verified, Satisfied: s.Satisfied, Complete: !s.Incomplete, Verdict: s.Verdict.String(),
		Reasons: append([]string{}, s.Reasons...), Proves: append([]string{}, s.Proves...),
		Publishers: append([]string{}, s.Publishers...), NamedBy: newPublisher(p.Publisher), Checksum: p.Checksum,
		ChosenBy: s.Chosen, VouchedFor: s.Vouched,
		Files: []packageFile{}, Findings: Findings(s.Findings),
	}
	if p.Claim != nil {
		out.ComparedTo = p.Claim.From
	}
	for _, f := range s.Files {
		out.Files = append(out.Files, packageFile{
			Name: f.Name, Digest: string(f.Digest), Verdict: f.Verdict.String(), Signatures: f.Signatures, Attestations: f.Attestations,
		})
	}
	return out
}

func newPublisher(p model.Publisher) *publisher {
	if p.Zero() {
		return nil
	}
	return &publisher{Kind: p.Kind, Repository: p.Repository, Workflow: p.Workflow, Environment: p.Environment, Email: p.Email}
}
