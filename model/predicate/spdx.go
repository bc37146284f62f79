package predicate

import (
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// decodeSPDX reads an SPDX document of any version, by its content: the unversioned predicate type is used for all.
func decodeSPDX(raw []byte, _ string) model.Predicate {
	switch model.SniffChecked(raw) {
	case model.DocumentSPDX:
		return decodeSPDX2(raw)
	case model.DocumentSPDX3:
		return decodeSPDX3(raw)
	case model.DocumentSPDXText:
		return decodeSPDXText(string(raw))
	case model.DocumentCycloneDX:
		return decodeCycloneDX(raw, "")
	case model.DocumentSARIF, model.DocumentOpenVEX, model.DocumentTrivy, model.DocumentGrype, model.DocumentOSV, model.DocumentCTRF:
	}
	return SBOM{}
}

// decodeSPDX2 reads SPDX 2.x JSON (SPDX specification 2.3, clause 6 to 8) in one pass.
func decodeSPDX2(raw []byte) SBOM {
	s := SBOM{Format: "SPDX"}
	each(raw, func(key string, value gjson.Result) {
		switch key {
		case "spdxVersion":
			s.SpecVersion = strings.TrimPrefix(str(value), "SPDX-")
		case "name":
			s.Name = str(value)
		case "documentNamespace":
			s.Namespace = str(value)
		case "creationInfo":
			s.Created = text(value, "created")
			s.Tools = tools(list(value.Get("creators")))
		case "packages":
			s.Packages = length(value)
		case "files":
			s.Files = length(value)
		}
	})
	return s
}

// tools are those of the creators that are programs ("Tool: syft-1.52").
func tools(creators []string) []string {
	var out []string
	for _, creator := range creators {
		if tool, found := strings.CutPrefix(creator, "Tool:"); found {
			out = append(out, strings.TrimSpace(tool))
		}
	}
	return out
}

// decodeSPDX3 reads SPDX 3 JSON-LD (SPDX specification 3.0.1, annex on serialization): elements of a graph, by type, or one
// element that is the document.
func decodeSPDX3(raw []byte) SBOM {
	s := SBOM{Format: "SPDX", SpecVersion: "3"}
	graphs := 0
	each(raw, func(key string, graph gjson.Result) {
		if key == "@graph" && graph.IsArray() {
			graphs++
			eachOf(graph, s.element)
		}
	})
	if alone := parse(raw); graphs == 0 {
		s.element(alone.Get("creationInfo"))
		s.element(alone)
	}
	return s
}

// element counts an element of SPDX 3 as what its type says.
func (s *SBOM) element(element gjson.Result) {
	switch kind := anyText(element, "type", "@type"); {
	case strings.HasSuffix(kind, "Package"): // software_Package, ai_AIPackage, dataset_DatasetPackage
		s.Packages++
	case strings.HasSuffix(kind, "File"):
		s.Files++
	case kind == "security_Vulnerability":
		s.Vulnerabilities++
	case kind == "CreationInfo":
		s.Created = text(element, "created")
		s.SpecVersion = first(text(element, "specVersion"), s.SpecVersion)
	case kind == "SpdxDocument":
		s.Name, s.Namespace = text(element, "name"), text(element, "spdxId")
	case kind == "Tool":
		if name := text(element, "name"); name != "" && len(s.Tools) < maxList && !slices.Contains(s.Tools, name) {
			s.Tools = append(s.Tools, name)
		}
	}
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// decodeSPDXText reads SPDX's tag-value form (SPDX specification 2.3, annex F) as far as it is counted.
func decodeSPDXText(document string) SBOM {
	s := SBOM{Format: "SPDX"}
	inText := false // between <text> and </text>, where nothing is a tag
	for line := range strings.Lines(document) {
		tag, value, found := strings.Cut(line, ":")
		if inText || !found {
			inText = inText && !strings.Contains(line, "</text>")
			continue
		}
		inText = strings.Contains(value, "<text>") && !strings.Contains(value, "</text>")
		value = strings.TrimSpace(value)
		switch tag {
		case "SPDXVersion":
			s.SpecVersion = strings.TrimPrefix(value, "SPDX-")
		case "DocumentName":
			s.Name = value
		case "DocumentNamespace":
			s.Namespace = value
		case "Created":
			s.Created = value
		case "Creator":
			if len(s.Tools) < maxList {
				s.Tools = append(s.Tools, tools([]string{value})...)
			}
		case "PackageName":
			s.Packages++
		case "FileName":
			s.Files++
		}
	}
	return s
}
