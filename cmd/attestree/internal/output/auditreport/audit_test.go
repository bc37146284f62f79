package auditreport

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/ui/theme"
)

// hostile is what somebody may write into a name, a code or a reason.
const hostile = "a\x1b[2Jb\u009b31mc\u202ed\u200be\r\n\x07# h <img src=x> [l](https://evil.example) | `c` *b* @who www.evil.example"

func hostileCatalogue() audit.Catalogue {
	entry := audit.Allowance{Code: hostile, Tool: hostile, Reason: hostile, Line: 1, Path: hostile}
	spec := audit.Spec{
		Path: hostile, Name: hostile, Version: hostile, Protocol: hostile, Ref: hostile, MockEnv: []string{hostile}, InsecureIgnore: true,
		Allowances: []audit.Allowance{entry, entry},
	}
	return audit.JudgeCatalogue([]audit.Spec{spec}, []audit.Spec{spec}, []audit.Problem{{Path: hostile, Line: 1, Message: hostile}})
}

func hostileReport() audit.Report {
	spec := hostileCatalogue().Specs[0]
	summary := &audit.Summary{Status: hostile}
	flag := audit.Flags{{ID: audit.NoReason, Severity: model.SeverityError, Message: hostile}}
	entry := spec.Spec.Allowances[0]
	scan := audit.ScanReport{
		ID: hostile, Platform: hostile, Standing: model.Standing{Verdict: model.Untrusted, Reason: hostile},
		Signer: &model.Signer{Kind: model.SignerCertificate, Subject: hostile, Issuer: hostile}, Nested: true,
		Claim: audit.Claim{
			Attribute: hostile, Target: hostile, Producer: hostile, ProducerURI: hostile, ProducerCommit: hostile, EvidenceName: hostile,
			EvidenceURI: hostile, Conditions: []model.Field{{Label: hostile, Value: hostile}},
		},
		Binding: audit.Binding{From: hostile, Digest: hostile, Summary: summary, Problem: hostile},
		Links:   []audit.Link{{ID: "run", Claimed: hostile, Actual: hostile, Status: model.CheckFailed, Detail: hostile}},
		Issues: []audit.IssueReport{{
			Issue: audit.Issue{
				Technique: hostile, TechniqueName: hostile, Tool: hostile, Severity: hostile, Category: hostile, Message: hostile,
				Analyzer: hostile, Reason: hostile,
			},
			Entry: &entry, Written: hostile, Applied: hostile, Flags: flag,
			Review: &audit.Reviewed{Review: audit.Review{Decision: audit.Accept, Note: hostile, Reviewer: hostile}, Again: hostile},
		}},
		Flags: flag,
	}
	unbound := scan
	unbound.Binding.Summary = nil
	return audit.Report{
		Current: &scan, Others: []audit.ScanReport{unbound}, Spec: &spec, Flags: flag,
		SpecFile: &audit.SpecFile{Spec: spec.Spec, From: hostile, Commit: hostile, Trust: hostile},
	}
}

// auditOutputs are every way in which an audit is written.
func auditOutputs(t *testing.T) map[string]string {
	t.Helper()
	facts := ImageFacts{Facts: output.Facts{Tool: "attestree test", Source: hostile, JudgedAt: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Notes: []string{hostile}}, FailOn: model.SeverityWarning}
	folder := CatalogueFacts{Folder: hostile, Skipped: []string{hostile}}
	styles := theme.New(theme.Options{Mono: true})
	tree := model.NewTree()
	tree.Apply(model.Resolved{Reference: hostile})
	out := map[string]string{}
	for name, write := range map[string]func(*bytes.Buffer) error{
		"catalogue.txt": func(b *bytes.Buffer) error {
			return CatalogueText(output.NewPage(b, &styles), hostileCatalogue(), folder)
		},
		"catalogue.md":   func(b *bytes.Buffer) error { return CatalogueMarkdown(b, hostileCatalogue(), folder) },
		"catalogue.json": func(b *bytes.Buffer) error { return CatalogueJSON(b, hostileCatalogue(), folder) },
		"image.txt": func(b *bytes.Buffer) error {
			return ImageText(output.NewPage(b, &styles), tree, hostileReport(), facts)
		},
		"image.md":   func(b *bytes.Buffer) error { return ImageMarkdown(b, tree, hostileReport(), facts) },
		"image.json": func(b *bytes.Buffer) error { return ImageJSON(b, tree, hostileReport(), facts) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		out[name] = b.String()
	}
	return out
}

func TestNoAuditLetsHostileTextThrough(t *testing.T) {
	for name, text := range auditOutputs(t) {
		t.Run(name, func(t *testing.T) {
			if strings.HasSuffix(name, ".txt") {
				text = ansi.Strip(text)
			}
			for _, r := range text {
				if r != '\n' && !unicode.IsPrint(r) {
					t.Fatalf("it has the raw character %U", r)
				}
			}
			if strings.HasSuffix(name, ".json") && (!json.Valid([]byte(text)) || !strings.Contains(text, `\u202e`)) {
				t.Error("it is no JSON, or loses something")
			}
			if !strings.HasSuffix(name, ".md") {
				return
			}
			for _, markup := range []string{"<img", "[l](", "https://", "@who", "www.", "`c`", " *b*", "\n# h"} {
				if strings.Contains(text, markup) {
					t.Errorf("it has %q", markup)
				}
			}
		})
	}
}
