package predicate

import (
	"slices"
	"strconv"

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
	Unknown          int // statements whose status OpenVEX does not have
	named            picked
}

// statuses are those of OpenVEX, in the order in which they are shown.
var statuses = []string{"affected", "under_investigation", "not_affected", "fixed"}

func decodeVEX(raw []byte, _ string) model.Predicate {
	r := parse(raw)
	v := VEX{
		ID: text(r, "@id"), Author: text(r, "author"), Role: text(r, "role"), Timestamp: text(r, "timestamp"),
		Version: str(r.Get("version")), ByStatus: map[string]int{}, named: picked{},
	}
	statements := r.Get("statements")
	if !statements.IsArray() {
		return v
	}
	statements.ForEach(func(_, s gjson.Result) bool {
		v.Statements++
		status := text(s, "status")
		if slices.Contains(statuses, status) {
			v.ByStatus[status]++
			v.named.keep(status, s, statement)
		} else {
			v.Unknown++
			v.named.keep("", s, func(s gjson.Result) string {
				return statement(s) + " (" + clip(first(str(s.Get("status")), "none"), maxTitle) + ")"
			})
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

// Title says how many statements there are, and of how many vulnerabilities they say that they matter.
func (v VEX) Title() string {
	return title("VEX", model.Counted(v.Statements, "statement"), some(v.ByStatus["affected"], "affected"))
}

// Fields are the statements, those that ask for something first, then whose word they are.
func (v VEX) Fields() []model.Field {
	var f fields
	f.note("Statements", strconv.Itoa(v.Statements), tally(statuses, v.ByStatus))
	v.named.field(&f, "Unknown status", "", v.Unknown)
	for _, status := range statuses {
		v.named.field(&f, label(status), status, v.ByStatus[status])
	}
	f.add("Author", v.Author)
	f.add("Role", v.Role)
	f.add("Written", v.Timestamp)
	f.add("Version", v.Version)
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
			model.Counted(v.Unjustified, "statement")+" of not_affected without a justification or an impact statement: look at statements[].status"))
	}
	if v.Unknown > 0 {
		out = append(out, finding("unknown-status", model.SeverityWarning,
			model.Counted(v.Unknown, "statement")+" with a status that OpenVEX does not have, so that it says nothing of whether that matters: look at statements[].status"))
	}
	return append(out, unset(v.Timestamp)...)
}
