package ui

import (
	"context"
	"errors"
	"fmt"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
)

// fakeAudit is what a fake backend audits by. What is written is written down.
type fakeAudit struct {
	given  audit.Case
	refuse error
	wrote  []string
}

func (f fakeBackend) Audit(_ context.Context, t *model.Tree) (audit.Answer, error) {
	if f.audit == nil {
		return audit.Answer{Report: audit.JudgeImage(t, audit.Case{Now: fakeInfo.Now}), Complete: true}, nil
	}
	r := audit.JudgeImage(t, f.audit.given)
	return audit.Answer{Report: r, Complete: f.audit.given.Unseen == "", Satisfied: r.Satisfied(model.SeverityWarning)}, f.audit.refuse
}

func (f fakeBackend) Review(r audit.Report, d audit.Review, file string) (string, error) {
	made, err := r.Record(d.Code, d.Decision, d.Note, d.Reviewer, fakeInfo.Now)
	if err != nil {
		return "", err
	}
	if f.audit.refuse != nil {
		return "", f.audit.refuse
	}
	f.audit.given.Reviews = append(f.audit.given.Reviews, made...)
	f.audit.wrote = append(f.audit.wrote, fmt.Sprint(file, " ", d.Code, " ", d.Decision, " ", d.Note, " ", d.Reviewer))
	return "/home/ann/" + file, nil
}

func (f fakeBackend) ExportAudit(_ *model.Tree, answer audit.Answer, file string) (string, error) {
	if f.audit == nil {
		return "", errors.New("write report: open " + file + ": permission denied")
	}
	f.audit.wrote = append(f.audit.wrote, fmt.Sprint(file, " ", len(answer.Report.Current.Issues)))
	return "/home/ann/" + file, nil
}

const scanSummary = `{"server":"context7","status":"passed","tools_scanned":6,"analyzers":["yara"],"allowed_count":4,"allowed_issues":[
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

// scanned is a tree with two scans, one of them trusted.
func scanned() [][]model.Event {
	s := &story{}
	root := digest("root")
	s.add(model.Resolved{Reference: "ghcr.io/stacklok/dockyard/npx/context7@" + string(root), Digest: root},
		model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindIndex, Digest: root, MediaType: model.MediaTypeOCIIndex}})
	evidence := model.DigestOf([]byte(scanSummary)).Hex()
	s.scan("scai", evidence, by(ladder(model.Trusted, "", "", ""), "dockyard"))
	s.scan("stranger", evidence, by(ladder(model.Untrusted, model.CheckSigner, model.CheckFailed, "the signer is not one of the pinned ones"), ""))
	s.add(model.DiscoveryDone{}, model.Done{})
	return [][]model.Event{s.events}
}

// scan adds an SCAI attestation of a scan.
func (s *story) scan(name, evidence string, r model.Report) {
	s.attached(name, model.KindAttestation, fakePredicate{family: model.FamilySCAI, title: "SCAI · MCP scan PASSED · 4 allowed"}, r)
	raw := `{"attributes":[{"attribute":"MCP_SECURITY_SCAN_PASSED","conditions":{"scanner":"cisco-ai-mcp-scanner","analyzers":["yara"],` +
		`"toolsScanned":6,"blockingIssues":0,"allowedIssues":4,"scanDate":"2026-11-20T12:00:00Z","configFile":"npx/context7/spec.yaml"},` +
		`"evidence":{"name":"scan-summary.json","uri":"https://github.com/stacklok/dockyard/actions/runs/21","digest":{"sha256":"` + evidence + `"}}}],` +
		`"producer":{"name":"dockyard","uri":"https://github.com/stacklok/dockyard","digest":{"gitCommit":"90715a5a3a2c1b"}}}`
	const typ = "https://in-toto.io/attestation/scai/attribute-report/v0.2"
	s.add(model.Opened{ID: string(digest(name)), Attestation: &model.Attestation{
		PredicateType: typ, RawPredicate: []byte(raw), Predicate: fakePredicate{family: model.FamilySCAI, title: "SCAI · MCP scan PASSED · 4 allowed"},
		Statement: &model.Statement{PredicateType: typ, Subjects: []model.Subject{{
			Name: "context7", Digests: []model.NamedDigest{{Algorithm: "sha256", Value: digest("root").Hex()}},
		}}},
	}})
}

// auditing is a backend on a tree with scans, their evidence and their specification.
func auditing() fakeBackend {
	spec, err := audit.ParseSpec("npx/context7/spec.yaml", []byte(scanSpec))
	if err != nil {
		panic(err)
	}
	return fakeBackend{open: scanned(), audit: &fakeAudit{given: audit.Case{
		Now: fakeInfo.Now, Evidence: &audit.File{Name: "scan-summary.json", Bytes: []byte(scanSummary)},
		Spec: &audit.SpecFile{Spec: spec, From: "catalogue/npx/context7/spec.yaml", Vouched: true, Commit: "90715a5a3a2c1b",
			Trust: "it is of a checkout, in which changes that are in no commit would not be noticed"},
	}}}
}
