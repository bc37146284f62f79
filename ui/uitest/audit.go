package uitest

import (
	"context"
	"errors"
	"fmt"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
)

// Audit is what a fake backend audits by. What is written is written down.
type Audit struct {
	Given  audit.Case
	Refuse error
	Wrote  []string
}

// Audit implements audit.Backend.
func (f Backend) Audit(_ context.Context, t *model.Tree) (audit.Answer, error) {
	if f.Audits == nil {
		return audit.Answer{Report: audit.JudgeImage(t, audit.Case{Now: Now}), Complete: true}, nil
	}
	r := audit.JudgeImage(t, f.Audits.Given)
	return audit.Answer{Report: r, Complete: f.Audits.Given.Unseen == "", Satisfied: r.Satisfied(model.SeverityWarning)}, f.Audits.Refuse
}

// Review implements audit.Backend.
func (f Backend) Review(r audit.Report, d audit.Review, file string) (string, error) {
	made, err := r.Record(d.Code, d.Decision, d.Note, d.Reviewer, Now)
	if err != nil {
		return "", err
	}
	if f.Audits.Refuse != nil {
		return "", f.Audits.Refuse
	}
	f.Audits.Given.Reviews = append(f.Audits.Given.Reviews, made...)
	f.Audits.Wrote = append(f.Audits.Wrote, fmt.Sprint(file, " ", d.Code, " ", d.Decision, " ", d.Note, " ", d.Reviewer))
	return "/home/ann/" + file, nil
}

// ExportAudit implements audit.Backend.
func (f Backend) ExportAudit(_ *model.Tree, answer audit.Answer, file string) (string, error) {
	if f.Audits == nil {
		return "", errors.New("write report: open " + file + ": permission denied")
	}
	f.Audits.Wrote = append(f.Audits.Wrote, fmt.Sprint(file, " ", len(answer.Report.Current.Issues)))
	return "/home/ann/" + file, nil
}

// ScanSummary is the evidence of a scan that four findings were let through.
const ScanSummary = `{"server":"context7","status":"passed","tools_scanned":6,"analyzers":["yara"],"allowed_count":4,"allowed_issues":[
 {"code":"AITech-1.1","aitech":"AITech-1.1","aitech_name":"Direct Prompt Injection","aisubtech":"AISubtech-1.1.1","aisubtech_name":"Instruction Manipulation","severity":"HIGH","category":"PROMPT INJECTION","message":"the description tells the model not to ask","tool_name":"delete_notes","analyzer":"yara_analyzer","allowed_reason":"search_notes says \"always search before you write\" so that notes are not kept twice. Read in v1.3.0."},
 {"code":"AITech-1.1","aitech":"AITech-1.1","aitech_name":"Direct Prompt Injection","aisubtech":"AISubtech-1.1.1","aisubtech_name":"Instruction Manipulation","severity":"HIGH","category":"PROMPT INJECTION","message":"the description says what must be done first","tool_name":"search_notes","analyzer":"yara_analyzer","allowed_reason":"search_notes says \"always search before you write\" so that notes are not kept twice. Read in v1.3.0."},
 {"code":"AITech-9.1","aitech":"AITech-9.1","aitech_name":"Code Execution","severity":"CRITICAL","category":"CODE EXECUTION","message":"the tool runs a shell","tool_name":"run","analyzer":"llm_analyzer","allowed_reason":"Explicitly allowed"},
 {"code":"AITech-8.2","aitech":"AITech-8.2","aitech_name":"Data Exfiltration","severity":"MEDIUM","category":"EXFILTRATION","message":"an address in the description","tool_name":"resolve","analyzer":"yara_analyzer","allowed_reason":"The address is that of the project's own documentation, and nothing is sent there."}]}`

const scanSpec = `metadata:
  name: context7
  protocol: npx
spec:
  package: "@upstash/context7-mcp"
  version: 2.1.0
provenance:
  repository_ref: refs/tags/v2.0.0
security:
  allowed_issues:
    - code: AITech-1.1
      tool: search_notes
      reason: search_notes says "always search before you write" so that notes are not kept twice. Read in v1.3.0.
    - code: AITech-9.1
      reason: ""
    - code: AITech-8.2
      reason: The address is that of the project's own documentation, and nothing is sent there.
    - code: W001
      reason: an old scanner's word
`

// Scanned is a tree with two scans, one of them trusted.
func Scanned() [][]model.Event {
	s := &Story{}
	root := Digest("root")
	s.Add(model.Resolved{Reference: "ghcr.io/stacklok/dockyard/npx/context7@" + string(root), Digest: root},
		model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindIndex, Digest: root, MediaType: model.MediaTypeOCIIndex}})
	evidence := model.DigestOf([]byte(ScanSummary)).Hex()
	s.Scan("scai", evidence, By(Ladder(model.Trusted, "", "", ""), "dockyard"))
	s.Scan("stranger", evidence, By(Ladder(model.Untrusted, model.CheckSigner, model.CheckFailed, "the signer is not one of the pinned ones"), ""))
	s.Add(model.DiscoveryDone{}, model.Done{})
	return [][]model.Event{s.Events}
}

// Scan adds an SCAI attestation of a scan.
func (s *Story) Scan(name, evidence string, r model.Report) {
	s.Attached(name, model.KindAttestation, Predicate{Of: model.FamilySCAI, Name: "SCAI · MCP scan PASSED · 4 allowed"}, r)
	raw := `{"attributes":[{"attribute":"MCP_SECURITY_SCAN_PASSED","conditions":{"scanner":"cisco-ai-mcp-scanner","analyzers":["yara"],` +
		`"toolsScanned":6,"blockingIssues":0,"allowedIssues":4,"scanDate":"2026-11-20T12:00:00Z","configFile":"npx/context7/spec.yaml"},` +
		`"evidence":{"name":"scan-summary.json","uri":"https://github.com/stacklok/dockyard/actions/runs/21","digest":{"sha256":"` + evidence + `"}}}],` +
		`"producer":{"name":"dockyard","uri":"https://github.com/stacklok/dockyard","digest":{"gitCommit":"90715a5a3a2c1b"}}}`
	const typ = "https://in-toto.io/attestation/scai/attribute-report/v0.2"
	s.Add(model.Opened{ID: string(Digest(name)), Attestation: &model.Attestation{
		PredicateType: typ, RawPredicate: []byte(raw), Predicate: Predicate{Of: model.FamilySCAI, Name: "SCAI · MCP scan PASSED · 4 allowed"},
		Statement: &model.Statement{PredicateType: typ, Subjects: []model.Subject{{
			Name: "context7", Digests: []model.NamedDigest{{Algorithm: "sha256", Value: Digest("root").Hex()}},
		}}},
	}})
}

// Auditing is a backend on a tree with scans, their evidence and their specification.
func Auditing() Backend {
	spec, err := audit.ParseSpec("npx/context7/spec.yaml", []byte(scanSpec))
	if err != nil {
		panic(err)
	}
	return Backend{Events: Scanned(), Audits: &Audit{Given: audit.Case{
		Now: Now, Evidence: &audit.File{Name: "scan-summary.json", Bytes: []byte(ScanSummary)},
		Spec: &audit.SpecFile{Spec: spec, From: "catalogue/npx/context7/spec.yaml", Vouched: true, Commit: "90715a5a3a2c1b",
			Trust: "it is of a checkout, in which changes that are in no commit would not be noticed"},
	}}}
}
