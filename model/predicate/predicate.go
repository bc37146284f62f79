// Package predicate reads the predicates of in-toto statements, and documents of the same formats, for a person: a
// title for a tree row, the few fields that are read first, a summary for machines and what a reader ought to notice.
//
// It knows the shapes of predicate types. It must not judge: nothing here knows who signed, and no result of this
// package decides a verdict. Everything it returns is attested text, hence untrusted.
//
// A decoder is chosen by the predicate type, and by content only where the type says nothing; never by trying. No
// decoder fails: what is not as its type promises is Opaque, or has fields missing.
package predicate

import (
	"encoding/json"
	"strconv"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// decoder reads a predicate that is a JSON object. version is the one in the predicate type, "" if there is none.
type decoder func(raw []byte, version string) model.Predicate

// decoders is the whole table, by the predicate type's URI without its version.
var decoders = map[string]decoder{
	"https://sigstore.dev/cosign/sign": decodeSignature,

	"https://slsa.dev/provenance":   decodeProvenance,
	"https://in-toto.io/Provenance": decodeProvenance,

	"https://spdx.dev/Document":     decodeSPDX,
	"https://cyclonedx.org/bom":     decodeCycloneDX,
	"https://scout.docker.com/sbom": decodeSBOM,

	"https://in-toto.io/attestation/scai":                  decodeSCAI,
	"https://in-toto.io/attestation/scai/attribute-report": decodeSCAI,

	"https://cosign.sigstore.dev/attestation/vuln": decodeCosignVuln,
	"https://in-toto.io/attestation/vulns":         decodeVulns,
	"https://trivy.dev/report":                     decodeReport,
	"https://predicates.policylabs.dev/trivy":      decodeReport,
	"https://predicates.policylabs.dev/grype":      decodeReport,
	"https://ossf.github.io/osv-schema/results":    decodeOSV,
	"https://scout.docker.com/vulnerabilities":     decodeScoutVulns,

	"https://openvex.dev/ns":                decodeVEX,
	"https://slsa.dev/verification_summary": decodeVSA,
	"https://in-toto.io/attestation/svr":    decodeSVR,

	"https://in-toto.io/attestation/link":              decodeLink,
	"https://in-toto.io/Link":                          decodeLink,
	"https://in-toto.io/attestation/test-result":       decodeTestResult,
	"https://in-toto.io/attestation/release":           decodeRelease,
	"https://in-toto.io/attestation/reference":         decodeReference,
	"https://in-toto.io/attestation/runtime-trace":     decodeTrace,
	"https://in-toto.io/attestation/human-review":      decodeReview,
	"https://in-toto.io/attestation/human-review/vcs":  decodeReview,
	"https://in-toto.io/attestation/human-review/crev": decodeReview,
	"http://in-toto.io/attestation/human-review/vcs":   decodeReview,
	"http://in-toto.io/attestation/human-review/crev":  decodeReview,

	"https://github.com/slsa-framework/source-tool/source-provenance":              decodeSource,
	"https://github.com/slsa-framework/source-tool/tag-provenance":                 decodeSource,
	"https://github.com/slsa-framework/slsa-source-poc/source-provenance/v1-draft": decodeSource,
	"https://github.com/slsa-framework/slsa-source-poc/tag-provenance/v1-draft":    decodeSource,

	collection:                              decodeCollection,
	"https://witness.testifysec.com/policy": decodeWitnessPolicy,

	"https://docker.com/dhi/stig":         decodeSTIG,
	"https://docker.com/dhi/fips":         decodeFIPS,
	"https://docker.com/dhi/source":       decodeDockerSource,
	"https://scout.docker.com/health":     decodeHealth,
	"https://scout.docker.com/provenance": decodeScoutProvenance,
	"https://scout.docker.com/secrets":    decodeSecrets,
	"https://scout.docker.com/tests":      decodeTests,
	"https://scout.docker.com/virus":      decodeVirus,

	"https://apko.dev/image-configuration":         decodeApko,
	"https://chainguard.dev/end-of-life":           decodeEndOfLife,
	"https://docs.oasis-open.org/openeox/shell":    decodeEndOfLife,
	"https://docs.oasis-open.org/openeox/eox-core": decodeEndOfLife,

	"https://github.com/npm/attestation/tree/main/specs/publish": decodeNPMPublish,
	"https://docs.pypi.org/attestations/publish":                 decodePyPIPublish,
	"https://cosign.sigstore.dev/attestation":                    decodeCustom,
}

// documents are the decoders by content, for documents that no statement names the type of.
var documents = map[model.Document]decoder{
	model.DocumentSPDX:      decodeSPDX,
	model.DocumentSPDX3:     decodeSPDX,
	model.DocumentSPDXText:  decodeSPDX,
	model.DocumentCycloneDX: decodeCycloneDX,
	model.DocumentOpenVEX:   decodeVEX,
	model.DocumentTrivy:     decodeReport,
	model.DocumentGrype:     decodeReport,
	model.DocumentSARIF:     decodeSARIF,
	model.DocumentOSV:       decodeOSV,
	model.DocumentCTRF:      decodeTests,
}

// Decode reads a predicate. predicateType is "" for a document that is no predicate. The result is never nil.
func Decode(predicateType string, raw []byte) model.Predicate {
	if len(raw) == 0 || !json.Valid(raw) {
		raw = []byte("null")
	}
	return DecodeChecked(predicateType, raw)
}

// DecodeChecked is Decode for what is known to be JSON, as what model.Open found is: finding that out takes longer than
// all the rest. Nothing at all is null.
func DecodeChecked(predicateType string, raw []byte) model.Predicate {
	if len(raw) == 0 {
		raw = []byte("null")
	}
	value := parse(raw)
	if value.Type == gjson.String {
		return decodeString(predicateType, value.String())
	}
	p := decodeValue(predicateType, raw, value)
	if problem := ambiguous(p, raw, value); problem != "" {
		return noticed{p, finding(model.FindingDuplicateKey, model.SeverityWarning,
			problem+": programs disagree about which one counts; look for it in the payload")}
	}
	return p
}

// ambiguous says what programs may read differently in a predicate, "" if nothing is. In what a policy may ask for by its
// content, nothing may be, however deep; of large documents the outline is looked at.
func ambiguous(p model.Predicate, raw []byte, value gjson.Result) string {
	switch p.Family() {
	case model.FamilySCAI, model.FamilyVSA:
		return model.DoubledKey(raw, true)
	case model.FamilyProvenance, model.FamilyVuln, model.FamilyVEX:
		return model.DoubledKey(raw, false)
	case model.FamilySignature, model.FamilySBOM, model.FamilyOther:
	}
	if key := duplicate(value); key != "" {
		return "the key " + strconv.Quote(clip(key, maxTitle)) + " is there twice"
	}
	return ""
}

// duplicate is the first key that an object has twice, "" if it has none.
func duplicate(value gjson.Result) (twice string) {
	seen := map[string]bool{}
	if value.IsObject() {
		value.ForEach(func(key, _ gjson.Result) bool {
			name := key.String()
			if seen[name] {
				twice = name
			}
			seen[name] = true
			return twice == "" && len(seen) < maxKeys
		})
	}
	return twice
}

// maxKeys is how many keys of a predicate are looked at for being there twice.
const maxKeys = 10000

// decodeValue reads a predicate that is no string.
func decodeValue(predicateType string, raw []byte, value gjson.Result) model.Predicate {
	base, version := model.SplitVersion(predicateType)
	if decode, known := decoders[base]; known {
		expected := value.IsObject() || optional[base] || lists[base] && value.IsArray()
		if !expected {
			return opaque(predicateType, raw, finding(model.FindingUnexpectedShape, model.SeverityWarning,
				"the predicate is not a JSON object, as its type promises: look at its first character"))
		}
		return decode(raw, version)
	}
	if decode, known := documents[model.SniffChecked(raw)]; known {
		return decode(raw, version)
	}
	return opaque(predicateType, raw)
}

// optional are the types whose predicate may be null.
var optional = map[string]bool{
	"https://sigstore.dev/cosign/sign":           true,
	"https://docs.pypi.org/attestations/publish": true,
}

// lists are the types whose predicate may be an array.
var lists = map[string]bool{
	"https://docker.com/dhi/stig":      true,
	"https://docker.com/dhi/fips":      true,
	"https://docker.com/dhi/source":    true,
	"https://scout.docker.com/secrets": true,
}

// decodeString reads a predicate that is one string: cosign attest --type spdx puts a whole document into one. What a
// document in tag-value form is handed in as looks the same, and has no type.
func decodeString(predicateType, text string) model.Predicate {
	text = unescape(text)
	var inner model.Predicate
	raw := bytesOf(text)
	document := model.SniffDocument(raw)
	if decode, known := documents[document]; known {
		inner = decode(raw, "")
	} else {
		inner = opaque(predicateType, nil)
	}
	if predicateType == "" {
		return inner
	}
	return noticed{inner, finding("string-predicate", model.SeverityInfo,
		"the predicate is one string that holds a document: policies that look into the predicate find "+
			"nothing there; look at its first character")}
}

// noticed is a predicate with one more finding.
type noticed struct {
	model.Predicate
	more model.Finding
}

// Plain is the predicate itself, without what Decode noticed about the bytes around it: one of this package's types.
func Plain(p model.Predicate) model.Predicate {
	for {
		n, more := p.(noticed)
		if !more {
			return p
		}
		p = n.Predicate
	}
}

func (n noticed) Findings() []model.Finding {
	return append([]model.Finding{n.more}, n.Predicate.Findings()...)
}

func finding(id string, severity model.Severity, message string) model.Finding {
	return model.Finding{ID: id, Severity: severity, Message: message}
}
