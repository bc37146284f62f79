package predicate

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// SBOM is a list of components in any of the formats. It counts them and does not hold them.
type SBOM struct {
	Format          string // "SPDX" or "CycloneDX", "" if the content is neither
	SpecVersion     string
	Name            string // of the document, or of what it describes
	Namespace       string // SPDX documentNamespace or CycloneDX serialNumber
	Created         string // as written
	Tools           []string
	Packages        int
	Files           int
	Vulnerabilities int            // CycloneDX
	Unjustified     int            // vulnerabilities of CycloneDX that are not_affected without a justification or a detail
	ByState         map[string]int // vulnerabilities of CycloneDX by their analysis, where they have one
	BySeverity      map[string]int // vulnerabilities of CycloneDX by their gravest rating
	open            map[string]int // those of them that have no analysis
	named           picked         // by analysis, else by severity
}

// decodeSBOM reads an SBOM whose type does not say which format it has.
func decodeSBOM(raw []byte, version string) model.Predicate {
	if document := model.SniffChecked(raw); document.SBOM() {
		return documents[document](raw, version)
	}
	if r := parse(raw); r.Get("artifacts").IsArray() { // Docker Scout's own form
		return SBOM{Format: "Docker Scout", Packages: length(r.Get("artifacts")), Name: text(r, "source.image.name")}
	}
	return SBOM{}
}

// Family is that of SBOMs.
func (s SBOM) Family() model.Family { return model.FamilySBOM }

// Title names the format and how much it lists.
func (s SBOM) Title() string {
	what := strings.TrimSpace("SBOM " + s.Format + " " + s.SpecVersion)
	if s.Format == "" {
		return title(what, "unknown form")
	}
	if s.Packages == 0 && s.Vulnerabilities > 0 {
		return title(what, "VEX", model.Counted(s.Vulnerabilities, "vulnerability"))
	}
	return title(what, model.Counted(s.Packages, "package"), someOf(s.Vulnerabilities, "vulnerability"))
}

// Fields are the document's own description and its counts.
func (s SBOM) Fields() []model.Field {
	var f fields
	f.add("Format", strings.TrimSpace(s.Format+" "+s.SpecVersion))
	f.add("Describes", s.Name)
	if s.Format != "" {
		f.add("Packages", strconv.Itoa(s.Packages))
	}
	if s.Files > 0 {
		f.add("Files", strconv.Itoa(s.Files))
	}
	if s.Vulnerabilities > 0 {
		f.note("Vulnerabilities", strconv.Itoa(s.Vulnerabilities), s.tallies())
	}
	for _, severity := range ratings {
		s.named.field(&f, label(severity), severity, s.open[severity])
	}
	for _, state := range states {
		s.named.field(&f, label(state), state, s.ByState[state])
	}
	f.add("Made by", strings.Join(s.Tools, "\n"))
	f.add("Created", s.Created)
	f.add("Document", s.Namespace)
	return f
}

// tallies are how grave the vulnerabilities are, and what was found out about them.
func (s SBOM) tallies() string {
	both := []string{tally(ratings, s.BySeverity), tally(states, s.ByState)}
	return strings.Join(slices.DeleteFunc(both, func(t string) bool { return t == "" }), "; ")
}

// Summary holds format, specVersion, name, created, tools, packages (null where the content is no SBOM) and, where there
// are any, files, vulnerabilities, bySeverity and byState.
func (s SBOM) Summary() map[string]any {
	tools := s.Tools
	if tools == nil {
		tools = []string{}
	}
	m := map[string]any{
		"format": s.Format, "specVersion": s.SpecVersion, "name": s.Name, "created": s.Created, "tools": tools,
		"packages": s.Packages,
	}
	if s.Format == "" {
		m["packages"] = nil
	}
	if s.Files > 0 {
		m["files"] = s.Files
	}
	if s.Vulnerabilities > 0 {
		m["vulnerabilities"] = s.Vulnerabilities
	}
	if len(s.BySeverity) > 0 {
		m["bySeverity"] = s.BySeverity
	}
	if len(s.ByState) > 0 {
		m["byState"] = s.ByState
	}
	return m
}

// Findings says where there is no SBOM in the SBOM.
func (s SBOM) Findings() []model.Finding {
	switch {
	case s.Format == "":
		return []model.Finding{finding(model.FindingUnexpectedShape, model.SeverityWarning,
			"the type promises an SBOM, but the content is neither SPDX nor CycloneDX: look at the payload's first keys")}
	case s.Packages == 0 && s.Vulnerabilities == 0:
		return append(unset(s.Created), finding("no-packages", model.SeverityWarning, "the SBOM lists no package at all: look at packages, or components, in the payload"))
	case s.Unjustified > 0:
		return append(unset(s.Created), finding("unjustified-vex", model.SeverityWarning,
			model.Counted(s.Unjustified, "vulnerability")+" said to be not affected without a justification or a detail: look at "+
				"vulnerabilities[].analysis"))
	}
	return unset(s.Created)
}

// each calls visit for every member of an object, in the order of the document. The members are not copied.
func each(raw []byte, visit func(key string, value gjson.Result)) {
	r := parse(raw)
	if !r.IsObject() {
		return
	}
	r.ForEach(func(key, value gjson.Result) bool {
		visit(key.String(), value)
		return true
	})
}
