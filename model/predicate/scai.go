package predicate

import (
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// SCAI is a list of attributes asserted of an artifact (in-toto attestation spec, predicates/scai.md), v0.2 and v0.3.
type SCAI struct {
	Attributes []Attribute
	Producer   Resource
	More       bool // there may be more attributes than were read
	Count      int  // of attributes, also of those that were not read
}

// Attribute is one assertion with what it holds under.
type Attribute struct {
	Attribute string
	Target    Resource
	Evidence  Resource
	Scan      *Scan // what Dockyard's scans say in the conditions, nil for other attributes
	// Conditions are the members of the conditions as written, in their order.
	Conditions []model.Field
}

// Resource is a resource descriptor as far as it is shown.
type Resource struct {
	Name, URI, MediaType string
	Digests              string // "algorithm:value" lines
}

// Scan is a security scan by Dockyard: {MCP,SKILL}_SECURITY_SCAN_{PASSED,WARNING,FAILED}.
type Scan struct {
	Subject  string // "MCP" or "SKILL"
	Status   string // "PASSED", "WARNING", "FAILED"
	Scanner  string
	Version  string
	Date     string // when the attestation was made
	Blocking int
	Allowed  int
	Tools    int // scanned
	// HasBlocking, HasAllowed and HasTools say that these counts are there: an absent one is 0 and says nothing.
	HasBlocking, HasAllowed, HasTools bool
}

func decodeSCAI(raw []byte, _ string) model.Predicate {
	r := parse(raw)
	s := SCAI{Producer: resource(r.Get("producer"))}
	if attributes := r.Get("attributes"); attributes.IsArray() {
		attributes.ForEach(func(_, a gjson.Result) bool {
			s.Attributes = append(s.Attributes, readAttribute(a))
			return len(s.Attributes) < maxList
		})
	}
	s.Count = length(r.Get("attributes"))
	s.More = len(s.Attributes) == maxList
	return s
}

func resource(r gjson.Result) Resource {
	return Resource{Name: text(r, "name"), URI: text(r, "uri"), MediaType: text(r, "mediaType"), Digests: digests(r.Get("digest"))}
}

func readAttribute(r gjson.Result) Attribute {
	a := Attribute{Attribute: text(r, "attribute"), Target: resource(r.Get("target")), Evidence: resource(r.Get("evidence"))}
	conditions := r.Get("conditions")
	if conditions.IsObject() {
		conditions.ForEach(func(key, value gjson.Result) bool {
			shown := str(value)
			if value.IsArray() {
				shown = strings.Join(list(value), ", ")
			}
			a.Conditions = append(a.Conditions, model.Field{Label: clip(key.String(), maxTitle), Value: clip(shown, maxField)})
			return len(a.Conditions) < maxList
		})
	}
	subject, status, found := strings.Cut(a.Attribute, "_SECURITY_SCAN_")
	if !found || (subject != "MCP" && subject != "SKILL") {
		return a
	}
	a.Scan = &Scan{
		Subject: subject, Status: status, Scanner: text(conditions, "scanner"), Version: text(conditions, "scannerVersion"),
		Date: text(conditions, "scanDate"),
	}
	a.Scan.Blocking, a.Scan.HasBlocking = number(conditions, "blockingIssues")
	a.Scan.Allowed, a.Scan.HasAllowed = number(conditions, "allowedIssues")
	a.Scan.Tools, a.Scan.HasTools = number(conditions, "toolsScanned")
	return a
}

// Family is that of SCAI.
func (s SCAI) Family() model.Family { return model.FamilySCAI }

// Title says what is asserted; of a scan, how it ended and what was waved through.
func (s SCAI) Title() string {
	if len(s.Attributes) != 1 {
		parts := []string{"SCAI", model.Counted(s.Count, "attribute")}
		for _, a := range s.Attributes {
			if a.Scan != nil && len(parts) < 4 {
				parts = append(parts, a.Scan.name())
			}
		}
		return title(parts...)
	}
	a := s.Attributes[0]
	if a.Scan == nil {
		return title("SCAI", first(a.Attribute, "an attribute without a name"))
	}
	return title("SCAI", a.Scan.name(), some(a.Scan.Blocking, "blocking"), some(a.Scan.Allowed, "allowed"))
}

// name is a scan and how it ended: "MCP scan PASSED".
func (s *Scan) name() string {
	if s.Subject == "SKILL" {
		return "skill scan " + s.Status
	}
	return s.Subject + " scan " + s.Status
}

// scanConditions are the conditions of Dockyard's scans in the order in which they are read: how it ended, how thorough
// it was, who scanned what. What is not among them follows as written.
var scanConditions = []struct{ key, label, note string }{
	{"blockingIssues", "Blocking", ""},
	{"allowedIssues", "Allowed", "issues that were waved through, whatever their severity: see the audit"},
	{"toolsScanned", "Tools scanned", ""},
	{"findingsCount", "Findings", ""},
	{"analyzers", "Analyzers", ""},
	{"scanDate", "Scanned", "when the attestation was made"},
	{"scanner", "Scanner", ""},
	{"scannerVersion", "Its version", ""},
	{"scannerUri", "Its source", ""},
	{"configFile", "Configuration", "where issues are allowed"},
	{"sourceRepository", "Source", "copied from the configuration, not checked"},
	{"runId", "Run", ""},
}

// Fields are the attributes with their conditions, then who asserts them.
func (s SCAI) Fields() []model.Field {
	var f fields
	for _, a := range s.Attributes {
		f.add("Attribute", a.Attribute)
		f.add("Target", strings.TrimSpace(first(a.Target.Name, a.Target.URI)+"\n"+a.Target.Digests))
		a.conditionFields(&f)
		f.add("Evidence", strings.TrimSpace(a.Evidence.Name+"\n"+a.Evidence.URI))
		f.add("Evidence digest", a.Evidence.Digests)
	}
	if more := s.Count - len(s.Attributes); more > 0 {
		f.add("And", model.Counted(more, "more attribute")+" in the payload")
	}
	f.add("Producer", strings.TrimSpace(s.Producer.Name+"\n"+s.Producer.URI))
	f.add("Producer digest", s.Producer.Digests)
	return f
}

// conditionFields are the conditions: of a scan the known ones in words and in order, of anything else as written.
func (a Attribute) conditionFields(f *fields) {
	said := map[string]bool{}
	for _, known := range scanConditions {
		at := slices.IndexFunc(a.Conditions, func(c model.Field) bool { return c.Label == known.key })
		if a.Scan == nil || at < 0 {
			continue
		}
		said[known.key] = true
		note := known.note
		if a.Conditions[at].Value == "0" {
			note = ""
		}
		f.note(known.label, a.Conditions[at].Value, note)
	}
	for _, c := range a.Conditions {
		if !said[c.Label] {
			f.add(c.Label, c.Value)
		}
	}
}

// Summary holds attributes, each with attribute, evidenceUri, evidenceDigest and, for a scan, status, scanner,
// scannerVersion, scanDate, blockingIssues, allowedIssues (null where they are no numbers) and toolsScanned; and producerUri. moreAttributes is how many are
// not among them.
func (s SCAI) Summary() map[string]any {
	attributes := make([]any, 0, len(s.Attributes))
	for _, a := range s.Attributes {
		m := map[string]any{"attribute": a.Attribute, "evidenceUri": a.Evidence.URI, "evidenceDigest": a.Evidence.Digests}
		if scan := a.Scan; scan != nil {
			m["status"], m["scanner"], m["scannerVersion"] = scan.Status, scan.Scanner, scan.Version
			m["scanDate"], m["blockingIssues"], m["allowedIssues"] = scan.Date, nil, nil
			if scan.HasBlocking {
				m["blockingIssues"] = scan.Blocking
			}
			if scan.HasAllowed {
				m["allowedIssues"] = scan.Allowed
			}
			if scan.HasTools {
				m["toolsScanned"] = scan.Tools
			}
		}
		attributes = append(attributes, m)
	}
	m := map[string]any{"attributes": attributes, "producerUri": s.Producer.URI}
	if more := s.Count - len(s.Attributes); more > 0 {
		m["moreAttributes"] = more
	}
	return m
}

// Findings says where a scan asserts less than its name suggests.
func (s SCAI) Findings() []model.Finding {
	var out []model.Finding
	if len(s.Attributes) == 0 {
		out = append(out, finding("no-attributes", model.SeverityWarning, "it asserts no attribute at all"))
	}
	for _, a := range s.Attributes {
		if a.Attribute == "" && !slices.ContainsFunc(out, func(f model.Finding) bool { return f.ID == model.FindingUnexpectedShape }) {
			out = append(out, finding(model.FindingUnexpectedShape, model.SeverityWarning,
				"an attribute has no name that is a text, so that nobody knows what it asserts: look at attributes[].attribute"))
		}
		if a.Scan == nil {
			continue
		}
		switch scan := a.Scan; {
		case scan.Status == "WARNING":
			out = append(out, finding("scan-warning", model.SeverityWarning,
				"WARNING means that the scan gave nothing usable and was let through all the same"))
		case scan.Status == "FAILED":
			out = append(out, finding("scan-failed", model.SeverityWarning, "the scan found issues that block"))
		case scan.Status == "PASSED" && scan.Subject == "MCP" && !scan.HasTools:
			out = append(out, finding("hollow-pass", model.SeverityWarning, "the scan passed, and does not say how many tools were scanned"))
		case scan.Status == "PASSED" && scan.Subject == "MCP" && scan.Tools == 0:
			out = append(out, finding("hollow-pass", model.SeverityWarning, "the scan passed, but no tool was scanned"))
		}
		if a.Scan.Status == "PASSED" && a.Scan.Blocking != 0 {
			out = append(out, finding("blocking-pass", model.SeverityWarning,
				"the scan is said to have passed with "+model.Counted(a.Scan.Blocking, "blocking issue")))
		}
		if a.Scan.Status == "PASSED" && (!a.Scan.HasBlocking || !a.Scan.HasAllowed) {
			out = append(out, finding("uncounted-pass", model.SeverityWarning,
				"the scan passed, and does not say in a number how many issues block and how many were allowed"))
		}
		out = append(out, unset(a.Scan.Date)...)
	}
	return out
}
