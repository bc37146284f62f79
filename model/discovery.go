package model

// Mechanism is one way of looking for what is attached to a digest.
type Mechanism string

// The mechanisms. Values may be added, never changed.
const (
	MechanismCosignSig     Mechanism = "cosign-sig"
	MechanismCosignAtt     Mechanism = "cosign-att"
	MechanismCosignSBOM    Mechanism = "cosign-sbom"
	MechanismReferrersAPI  Mechanism = "referrers-api"
	MechanismReferrersTag  Mechanism = "referrers-tag"
	MechanismIndexChildren Mechanism = "index-children"
	MechanismLayoutScan    Mechanism = "layout-scan"
	MechanismGitHub        Mechanism = "github-api"

	MechanismPackageMetadata     Mechanism = "package-metadata"     // a package registry's entry of one version
	MechanismPackageAttestations Mechanism = "package-attestations" // its attestations, by an interface of their own
	MechanismChecksumDatabase    Mechanism = "checksum-database"    // of Go modules
)

// LookupStatus is how a mechanism ended for one digest. Its zero value is not a status: a look-up that has not ended
// has no entry.
type LookupStatus string

// The statuses. Only LookupNone says that nothing is there, and only LookupUnsupported that there is no such place.
const (
	LookupFound       LookupStatus = "found"
	LookupNone        LookupStatus = "none"
	LookupUnsupported LookupStatus = "unsupported"
	LookupDenied      LookupStatus = "denied"
	LookupTruncated   LookupStatus = "truncated"
	LookupFailed      LookupStatus = "failed"
)

// Incomplete reports whether something may be there that was not seen.
func (s LookupStatus) Incomplete() bool {
	switch s {
	case LookupDenied, LookupTruncated, LookupFailed:
		return true
	case LookupFound, LookupNone, LookupUnsupported:
	}
	return false
}

// Lookup is one line of the discovery ledger: where was looked, for which digest, and how it ended.
type Lookup struct {
	Mechanism Mechanism
	Subject   Digest
	Status    LookupStatus
	Count     int    // how many were found
	Detail    string // why, in a sentence; may quote a registry's words, hence untrusted
	// Repository is where was looked when that is not the image's own repository (COSIGN_REPOSITORY).
	Repository string
}
