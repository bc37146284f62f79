package model

import (
	"regexp"
)

// Family groups predicate types that mean the same kind of thing.
type Family string

// The families.
const (
	FamilySignature  Family = "signature"
	FamilyProvenance Family = "slsa-provenance"
	FamilySBOM       Family = "sbom"
	FamilySCAI       Family = "scai"
	FamilyVuln       Family = "vuln"
	FamilyVEX        Family = "vex"
	FamilyVSA        Family = "vsa"
	FamilyOther      Family = "other"
)

// families says what each predicate type means, by its URI without its version.
var families = map[string]Family{
	"https://sigstore.dev/cosign/sign": FamilySignature,

	"https://slsa.dev/provenance":   FamilyProvenance,
	"https://in-toto.io/Provenance": FamilyProvenance,

	"https://spdx.dev/Document":                            FamilySBOM,
	"https://cyclonedx.org/bom":                            FamilySBOM,
	"https://syft.dev/bom":                                 FamilySBOM,
	"https://scout.docker.com/sbom":                        FamilySBOM,
	"https://in-toto.io/attestation/scai":                  FamilySCAI,
	"https://in-toto.io/attestation/scai/attribute-report": FamilySCAI,

	"https://cosign.sigstore.dev/attestation/vuln": FamilyVuln,
	"https://in-toto.io/attestation/vulns":         FamilyVuln,
	"https://trivy.dev/report":                     FamilyVuln,
	"https://predicates.policylabs.dev/grype":      FamilyVuln,
	"https://predicates.policylabs.dev/trivy":      FamilyVuln,
	"https://ossf.github.io/osv-schema/results":    FamilyVuln,
	"https://scout.docker.com/vulnerabilities":     FamilyVuln,

	"https://openvex.dev/ns": FamilyVEX,

	"https://slsa.dev/verification_summary": FamilyVSA,
}

// version is how predicate types end: "/v0.2", "/v1", "@v1.6.7", "/v1.0?draft".
var version = regexp.MustCompile(`[/@]v[0-9]+(\.[0-9]+)*(\?draft)?$`)

// SplitVersion cuts a predicate type into the URI that says what it is, and the version ("v0.2"), "" if it has none.
func SplitVersion(predicateType string) (base, v string) {
	at := version.FindStringIndex(predicateType)
	if at == nil {
		return predicateType, ""
	}
	return predicateType[:at[0]], predicateType[at[0]+1:]
}

// FamilyOf is the family of a predicate type. It looks at the type alone and never at content, so that policy can rely
// on what was signed.
func FamilyOf(predicateType string) Family {
	base, _ := SplitVersion(predicateType)
	if family, known := families[base]; known {
		return family
	}
	return FamilyOther
}
