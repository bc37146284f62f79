package audit

import (
	"fmt"
	"strings"

	"github.com/attestree/attestree/model"
)

// Spec is one server or skill of the catalogue, as its spec.yaml describes it.
type Spec struct {
	Path     string // as the person would name it, relative to the catalogue
	Name     string
	Version  string
	Protocol string // "npx", "uvx", "go"; "" for a skill
	Skill    bool   // a skill, whose scanner matches by other rules
	Ref      string // provenance.repository_ref
	Package  string // of an MCP server, as its ecosystem writes it
	Pinned   string // the commit that a skill is packaged from, "" where spec.ref is none
	// Claim is what the provenance section says of the package.
	Claim model.PackageClaim

	InsecureIgnore bool
	MockEnv        []string // names of the variables that the scan ran with
	Allowances     []Allowance
}

// Allowance is one entry of allowed_issues. Of Code, RuleID and Category at least one is set.
type Allowance struct {
	Code     string // MCP: of the taxonomy
	RuleID   string // skill
	Category string // skill
	Tool     string // written by people who expect it to count; the scanner ignores it
	Reason   string // as written
	Line     int
	Path     string // of the file that it stands in
	Global   bool   // of the list that holds for every server or skill
}

// Key is what the entry is known by: its code, rule or category.
func (a Allowance) Key() string {
	switch {
	case a.Code != "":
		return a.Code
	case a.RuleID != "":
		return a.RuleID
	}
	return a.Category
}

// id tells entries apart that let different things through: a rule may be called like a category.
func (a Allowance) id() string {
	switch {
	case a.Code != "":
		return "code " + a.Code
	case a.RuleID != "":
		return "rule " + a.RuleID
	}
	return "category " + a.Category
}

// Place is where the entry stands: "npx/server/spec.yaml:12".
func (a Allowance) Place() string {
	if a.Path == "" {
		return fmt.Sprintf("line %d", a.Line)
	}
	return fmt.Sprintf("%s:%d", a.Path, a.Line)
}

// Problem is a file that is not what it should be. Message may quote it.
type Problem struct {
	Path    string
	Line    int // 0 where it is about the whole file
	Message string
}

func (p *Problem) Error() string {
	if p.Line == 0 {
		return p.Path + ": " + p.Message
	}
	return fmt.Sprintf("%s:%d: %s", p.Path, p.Line, p.Message)
}

// plain is a reason in one line, so that line breaks make no difference.
func plain(reason string) string { return strings.Join(strings.Fields(reason), " ") }
