package model

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Document is what the content of a document says that it is.
type Document string

// The documents that are known by their content.
const (
	DocumentSPDX      Document = "spdx" // 2.x, JSON
	DocumentSPDX3     Document = "spdx-3"
	DocumentSPDXText  Document = "spdx-text" // tag-value
	DocumentCycloneDX Document = "cyclonedx"
	DocumentSARIF     Document = "sarif"
	DocumentOpenVEX   Document = "openvex"
	DocumentTrivy     Document = "trivy"
	DocumentGrype     Document = "grype"
	DocumentOSV       Document = "osv"  // OSV-Scanner's report
	DocumentCTRF      Document = "ctrf" // Common Test Report Format
)

// SBOM reports whether the document lists components.
func (d Document) SBOM() bool {
	switch d {
	case DocumentSPDX, DocumentSPDX3, DocumentSPDXText, DocumentCycloneDX:
		return true
	case DocumentSARIF, DocumentOpenVEX, DocumentTrivy, DocumentGrype, DocumentOSV, DocumentCTRF:
	}
	return false
}

// SniffDocument says what a document looks like from its first few keys, "" if like nothing known. It reads JSON and
// SPDX's tag-value form.
func SniffDocument(raw []byte) Document {
	if !tagValue(raw) && checkJSON(raw) != nil {
		return ""
	}
	return SniffChecked(raw)
}

// SniffChecked is SniffDocument for what is known to be JSON or in tag-value form. Checking that again takes as long as
// everything else that is done to a large document.
func SniffChecked(raw []byte) Document {
	if tagValue(raw) {
		return DocumentSPDXText
	}
	return sniffJSON(raw)
}

// tagValue reports whether a document is in SPDX's tag-value form.
func tagValue(raw []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(raw[:min(len(raw), 1024)]), []byte("SPDXVersion:"))
}

// sniffJSON is SniffDocument for bytes that have passed checkJSON.
func sniffJSON(raw []byte) Document {
	seen := map[string]json.RawMessage{}
	eachMember(raw, func(name string, value json.RawMessage) bool {
		switch name {
		case "spdxVersion", "bomFormat", "@context", "$schema", "runs", "matches", "descriptor",
			"SchemaVersion", "ArtifactName", "statements", "results", "reportFormat", "experimental_config":
			if _, known := seen[name]; !known {
				seen[name] = value
			}
		}
		return true
	})
	has := func(names ...string) bool {
		for _, name := range names {
			if _, known := seen[name]; !known {
				return false
			}
		}
		return true
	}
	context := string(seen["@context"][:min(len(seen["@context"]), maxContext)])
	switch {
	case strings.HasPrefix(unquote(seen["spdxVersion"]), "SPDX-"):
		return DocumentSPDX
	case len(context) < maxContext && strings.Contains(context, "spdx.org/rdf/3"):
		return DocumentSPDX3
	case unquote(seen["bomFormat"]) == "CycloneDX":
		return DocumentCycloneDX
	case len(context) < maxContext && strings.Contains(context, "openvex.dev/ns") && has("statements"):
		return DocumentOpenVEX
	case firstByte(seen["runs"]) == '[' && strings.Contains(unquote(seen["$schema"]), "sarif"):
		return DocumentSARIF
	case has("matches") && namedGrype(seen["descriptor"]):
		return DocumentGrype
	case has("SchemaVersion", "ArtifactName"):
		return DocumentTrivy
	case reportsPackages(seen["results"]), firstByte(seen["results"]) == '[' && has("experimental_config"):
		return DocumentOSV
	case unquote(seen["reportFormat"]) == "CTRF" || reportsTests(seen["results"]):
		return DocumentCTRF
	}
	return ""
}

// reportsPackages reports whether results are those of OSV-Scanner: the first has a source and packages
// (google.github.io/osv-scanner, output).
func reportsPackages(results json.RawMessage) (packages bool) {
	eachElement(results, func(first json.RawMessage) bool {
		packages = holds(first, map[string]byte{"source": '{', "packages": '['})
		return false
	})
	return packages
}

// reportsTests reports whether results are those of a test report in CTRF: tool, summary and tests (ctrf.io, schema).
func reportsTests(results json.RawMessage) bool {
	return holds(results, map[string]byte{"tool": '{', "summary": '{', "tests": '['})
}

// holds reports whether an object has members of those names whose values begin like that.
func holds(raw json.RawMessage, want map[string]byte) bool {
	found := map[string]bool{}
	eachMember(raw, func(key string, value json.RawMessage) bool {
		if first, wanted := want[key]; wanted && firstByte(value) == first {
			found[key] = true
		}
		return len(found) < len(want)
	})
	return len(found) == len(want)
}

// maxContext is how much of a JSON-LD context is looked at, in bytes. Real ones are a URL or a few.
const maxContext = 4096

func namedGrype(descriptor json.RawMessage) bool {
	grype := false
	eachMember(descriptor, func(key string, value json.RawMessage) bool {
		grype = key == "name" && unquote(value) == "grype"
		return key != "name"
	})
	return grype
}

// sniffAttestation recognises what carries claims; FormatNone if blob does not. Keys in odd case count, so that a file
// made to confuse is opened, and refused, as what it plays at.
func sniffAttestation(blob []byte) Format {
	keys := map[string]bool{}
	var statement, bundle bool
	eachMember(blob, func(key string, value json.RawMessage) bool {
		name := strings.ToLower(strings.ReplaceAll(key, "_", ""))
		switch name {
		case "type":
			statement = statement || (strings.EqualFold(key, "_type") && strings.HasPrefix(unquote(value), statementPrefix))
		case "mediatype":
			bundle = bundle || bundleType(unquote(value))
		case "payload", "payloadtype", "signatures", "dsseenvelope", "messagesignature", "verificationmaterial":
			keys[name] = true
		}
		return true
	})
	switch {
	case bundle, keys["verificationmaterial"] && (keys["dsseenvelope"] || keys["messagesignature"]):
		return FormatBundle
	case keys["payload"] && keys["payloadtype"]:
		return FormatDSSE
	case statement:
		return FormatStatement
	}
	return FormatNone
}

// stringJSON is a document that is text as one JSON string, the form in which cosign attests such a document.
func stringJSON(text []byte) json.RawMessage {
	if len(text) > maxPayload {
		return nil
	}
	raw, err := json.Marshal(string(text))
	if err != nil {
		return nil
	}
	return raw
}
