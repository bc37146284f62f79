package predicate

import (
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// VEX is an OpenVEX document (OpenVEX specification v0.2.0): which vulnerabilities affect a product, and why not.
type VEX struct {
	ID, Author, Role string
	Timestamp        string // as written
	Version          string
	Statements       int
	ByStatus         map[string]int
	Unjustified      int // statements of not_affected without a justification or an impact statement
}

// statuses are those of OpenVEX, in the order in which they are shown.
var statuses = []string{"affected", "under_investigation", "not_affected", "fixed"}

func decodeVEX(raw []byte, _ string) model.Predicate {
	r := parse(raw)
	v := VEX{
		ID: text(r, "@id"), Author: text(r, "author"), Role: text(r, "role"), Timestamp: text(r, "timestamp"),
		Version: str(r.Get("version")), ByStatus: map[string]int{},
	}
	statements := r.Get("statements")
	if !statements.IsArray() {
		return v
	}
	statements.ForEach(func(_, s gjson.Result) bool {
		v.Statements++
		status := text(s, "status")
		for _, known := range statuses {
			if status == known {
				v.ByStatus[status]++
			}
		}
		if status == "not_affected" && text(s, "justification") == "" && text(s, "impact_statement") == "" {
			v.Unjustified++
		}
		return true
	})
	return v
}

// Family is that of VEX.
func (v VEX) Family() model.Family { return model.FamilyVEX }

// Title says how many statements there are.
func (v VEX) Title() string { return title("VEX", count(v.Statements, "statement")) }

// Fields are the author and the counts.
func (v VEX) Fields() []model.Field {
	var f fields
	f.add("Author", v.Author)
	f.add("Role", v.Role)
	f.add("Written", v.Timestamp)
	f.add("Version", v.Version)
	f.add("Statements", strconv.Itoa(v.Statements))
	for _, status := range statuses {
		if n := v.ByStatus[status]; n > 0 {
			f.add(strings.ReplaceAll(status, "_", " "), strconv.Itoa(n))
		}
	}
	f.add("Document", v.ID)
	return f
}

// Summary holds author, timestamp, statements and byStatus.
func (v VEX) Summary() map[string]any {
	byStatus := map[string]any{}
	for status, n := range v.ByStatus {
		byStatus[status] = n
	}
	return map[string]any{"author": v.Author, "timestamp": v.Timestamp, "statements": v.Statements, "byStatus": byStatus}
}

// Findings says where the specification asks for more than is said.
func (v VEX) Findings() []model.Finding {
	var out []model.Finding
	if v.Statements == 0 {
		out = append(out, finding("no-statements", model.SeverityWarning, "the document makes no statement: look at statements"))
	}
	if v.Unjustified > 0 {
		out = append(out, finding("unjustified-vex", model.SeverityWarning,
			count(v.Unjustified, "statement")+" of not_affected without a justification or an impact statement: look at statements[].status"))
	}
	return append(out, unset(v.Timestamp)...)
}
