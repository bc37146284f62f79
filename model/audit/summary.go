package audit

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/attestree/attestree/model"
)

// MaxSummary is the largest scan-summary.json that is read, in bytes.
const MaxSummary = 32 << 20

// maxIssues is how many findings of one list are read; real scans have dozens.
const maxIssues = 4000

// Summary is a scan-summary.json: what a scan found, and what it was told to overlook.
type Summary struct {
	Server    string
	Skill     bool
	Status    string // "passed", "failed", "warning", "error"
	Tools     int    // scanned; of a skill, the number of findings
	Analyzers []string
	Message   string
	Blocking  []Issue
	Warnings  []Issue
	Allowed   []Issue
	// Counted is what the summary itself says that it holds of each list; -1 where it says nothing.
	BlockingCount, AllowedCount int
}

// Issue is one finding of a scan. Which fields are set depends on the scanner.
type Issue struct {
	Technique, TechniqueName       string // MCP: "AITech-1.1"
	Subtechnique, SubtechniqueName string // MCP: "AISubtech-1.1.1"
	Tool                           string // MCP
	Rule, Title, File              string // skill
	Line                           int    // skill; 0 where it is not said
	Severity                       string
	Category                       string
	Message                        string
	Analyzer                       string
	Reason                         string // why it was allowed, as the scanner wrote it down
}

// Code is what the finding is known by: the most specific code, or the rule.
func (i Issue) Code() string {
	for _, code := range []string{i.Subtechnique, i.Technique, i.Rule} {
		if code != "" {
			return code
		}
	}
	return i.Category
}

// Name is the code's name in the taxonomy, or the rule's title.
func (i Issue) Name() string {
	for _, name := range []string{i.SubtechniqueName, i.TechniqueName, i.Title} {
		if name != "" {
			return name
		}
	}
	return ""
}

// Where is what the finding is about: a tool, or a file with its line.
func (i Issue) Where() string {
	switch {
	case i.Tool != "":
		return i.Tool
	case i.File != "" && i.Line > 0:
		return fmt.Sprintf("%s:%d", i.File, i.Line)
	}
	return i.File
}

type summaryJSON struct {
	Server    string      `json:"server"`
	Skill     string      `json:"skill"`
	Status    string      `json:"status"`
	Tools     int         `json:"tools_scanned"`
	Findings  int         `json:"findings_count"`
	Analyzers []string    `json:"analyzers"`
	Message   string      `json:"message"`
	Blocking  []issueJSON `json:"blocking_issues"`
	Warnings  []issueJSON `json:"warning_issues"`
	Allowed   []issueJSON `json:"allowed_issues"`
	NBlocking *int        `json:"blocking_count"`
	NAllowed  *int        `json:"allowed_count"`
}

type issueJSON struct {
	AITech    string `json:"aitech"`
	TechName  string `json:"aitech_name"`
	AISubtech string `json:"aisubtech"`
	SubName   string `json:"aisubtech_name"`
	RuleID    string `json:"rule_id"`
	Code      string `json:"code"`
	Severity  string `json:"severity"`
	Category  string `json:"category"`
	Title     string `json:"title"`
	Message   string `json:"message"`
	Tool      string `json:"tool_name"`
	Analyzer  string `json:"analyzer"`
	File      string `json:"file_path"`
	Line      int    `json:"line_number"`
	Reason    string `json:"allowed_reason"`
}

// parseSummary reads a scan-summary.json. Lists and counts of nothing are absent in it. The error says why data is none.
func parseSummary(data []byte) (Summary, error) {
	if len(data) > MaxSummary {
		return Summary{}, fmt.Errorf("read scan summary: larger than %d MiB", MaxSummary>>20)
	}
	var in summaryJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return Summary{}, fmt.Errorf("read scan summary: %w", model.JSONProblem(err))
	}
	if in.Status == "" {
		return Summary{}, errors.New("read scan summary: it has no status")
	}
	if max(len(in.Blocking), len(in.Warnings), len(in.Allowed)) > maxIssues {
		return Summary{}, fmt.Errorf("read scan summary: more than %d findings in one list", maxIssues)
	}
	s := Summary{
		Server: in.Server, Skill: in.Skill != "", Status: in.Status, Tools: in.Tools, Analyzers: in.Analyzers,
		Message: in.Message, BlockingCount: count(in.NBlocking), AllowedCount: count(in.NAllowed),
	}
	if s.Skill {
		s.Server, s.Tools = in.Skill, in.Findings
	}
	s.Blocking, s.Warnings, s.Allowed = issues(in.Blocking, s.Skill), issues(in.Warnings, s.Skill), issues(in.Allowed, s.Skill)
	return s, nil
}

func count(n *int) int {
	if n == nil {
		return -1
	}
	return *n
}

func issues(in []issueJSON, skill bool) []Issue {
	out := make([]Issue, 0, len(in))
	for _, i := range in {
		issue := Issue{
			Technique: i.AITech, TechniqueName: i.TechName, Subtechnique: i.AISubtech, SubtechniqueName: i.SubName,
			Tool: i.Tool, Rule: i.RuleID, Title: i.Title, File: i.File, Line: i.Line, Severity: i.Severity,
			Category: i.Category, Message: i.Message, Analyzer: i.Analyzer, Reason: i.Reason,
		}
		switch { // code repeats the technique or the rule
		case skill && issue.Rule == "":
			issue.Rule = i.Code
		case !skill && issue.Technique == "":
			issue.Technique = i.Code
		}
		out = append(out, issue)
	}
	return out
}

// Binding is how a scan summary was found, and whether it is the one whose digest is signed.
type Binding struct {
	From    string // "attached to the image", "--evidence FILE"; "" where there is none
	Digest  model.Digest
	Summary *Summary // nil unless its digest is the signed one and it could be read
	Problem string   // why Summary is nil, in a sentence
}
