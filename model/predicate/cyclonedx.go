package predicate

import (
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// maxNesting is how deep components inside components are counted.
const maxNesting = 32

// decodeCycloneDX reads CycloneDX JSON, 1.2 to 1.7 (ECMA-424), in one pass over the document.
func decodeCycloneDX(raw []byte, _ string) model.Predicate {
	switch model.SniffChecked(raw) {
	case model.DocumentCycloneDX:
	case model.DocumentSPDX, model.DocumentSPDX3, model.DocumentSPDXText:
		return decodeSPDX(raw, "")
	case model.DocumentSARIF, model.DocumentOpenVEX, model.DocumentTrivy, model.DocumentGrype, model.DocumentOSV, model.DocumentCTRF:
		return SBOM{}
	default:
		return SBOM{}
	}
	s := SBOM{Format: "CycloneDX"}
	each(raw, func(key string, value gjson.Result) {
		switch key {
		case "specVersion":
			s.SpecVersion = str(value)
		case "serialNumber":
			s.Namespace = str(value)
		case "metadata":
			s.Name = nameVersion(value.Get("component"))
			s.Created = text(value, "timestamp")
			s.Tools = cycloneTools(value.Get("tools"))
			s.components(value.Get("component.components"), 0)
		case "components":
			s.components(value, 0)
		case "vulnerabilities":
			s.analyses(value)
		}
	})
	return s
}

// states are those of CycloneDX's analyses (ECMA-424, vulnerabilities[].analysis.state), the gravest first.
var states = []string{"exploitable", "in_triage", "not_affected", "false_positive", "resolved", "resolved_with_pedigree"}

// ratings are the severities of CycloneDX (ECMA-424, vulnerabilities[].ratings[].severity), the gravest first.
var ratings = []string{"critical", "high", "medium", "low", "info", "none", "unknown"}

// analyses counts the vulnerabilities by severity, and by what was found out about each. Those that nothing was found out
// about are named by their severity.
func (s *SBOM) analyses(vulnerabilities gjson.Result) {
	s.BySeverity, s.open, s.named = map[string]int{}, map[string]int{}, picked{}
	eachOf(vulnerabilities, func(v gjson.Result) {
		s.Vulnerabilities++
		severity, state := rated(v.Get("ratings")), text(v, "analysis.state")
		s.BySeverity[severity]++
		if !slices.Contains(states, state) {
			s.open[severity]++
			s.named.keep(severity, v, analysis)
			return
		}
		if s.ByState == nil {
			s.ByState = map[string]int{}
		}
		s.ByState[state]++
		s.named.keep(state, v, analysis)
		if state == "not_affected" && text(v, "analysis.justification") == "" && text(v, "analysis.detail") == "" {
			s.Unjustified++
		}
	})
}

// rated is the gravest of the ratings of a vulnerability: by its word, else by its score.
func rated(list gjson.Result) string {
	best := len(ratings) - 1
	eachOf(list, func(rating gjson.Result) {
		severity := strings.ToLower(text(rating, "severity"))
		if severity == "" || severity == "unknown" {
			severity = scored(str(rating.Get("score")))
		}
		if rank := slices.Index(ratings, severity); rank >= 0 {
			best = min(best, rank)
		}
	})
	return ratings[best]
}

// components counts a list of components with those nested in them. Files are components too (ECMA-424, components[].type),
// and no packages.
func (s *SBOM) components(list gjson.Result, depth int) {
	if !list.IsArray() || depth > maxNesting {
		return
	}
	list.ForEach(func(_, component gjson.Result) bool {
		if component.Get("type").Str == "file" {
			s.Files++
		} else {
			s.Packages++
		}
		if component.IsObject() && strings.Contains(component.Raw, `"components"`) {
			s.components(component.Get("components"), depth+1)
		}
		return true
	})
}

// cycloneTools reads metadata.tools: a list up to 1.4, an object with components and services since 1.5.
func cycloneTools(r gjson.Result) []string {
	if r.IsObject() {
		r = r.Get("components")
	}
	var out []string
	if r.IsArray() {
		r.ForEach(func(_, tool gjson.Result) bool {
			out = append(out, nameVersion(tool))
			return len(out) < maxList
		})
	}
	return out
}

func nameVersion(r gjson.Result) string {
	return strings.TrimSpace(text(r, "name") + " " + text(r, "version"))
}
