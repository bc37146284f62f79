package audit

import (
	"errors"
	"fmt"
	"slices"

	"github.com/attestree/attestree/model"
)

// Proven is what the certificate of the scan that counts proves of where it was made.
type Proven struct {
	Repository string // URI
	Commit     string
	ConfigFile string // of the specification, as the attestation names it: claimed
	Skill      bool
	Trusted    bool // whom the reader trusts signed it
}

// ProvenSource says from which commit of which repository the scan that counts was made. Only a certificate proves that:
// the producer that an attestation names is whatever its maker wrote. The error says why nothing is proven.
func ProvenSource(t *model.Tree) (Proven, error) {
	scans := collect(t)
	slices.SortStableFunc(scans, byWorth)
	if len(scans) == 0 || scans[0].Claim.Status == "" {
		return Proven{}, errors.New("there is no SCAI attestation of a scan")
	}
	s := scans[0]
	switch s.Standing.Verdict {
	case model.Trusted, model.Valid:
	case model.Untrusted, model.Covered, model.Unsigned, model.Invalid, model.Unverifiable, model.Unavailable, model.Unchecked:
		return Proven{}, fmt.Errorf("the SCAI attestation is %s, so that nobody who counts proves its source", s.Standing.Verdict)
	}
	origin := model.CertificateOrigin(s.Signer)
	if origin.Repository == "" || origin.Commit == "" {
		return Proven{}, errors.New("the SCAI attestation is signed without a certificate that names a source repository and commit")
	}
	if s.Claim.ConfigFile == "" {
		return Proven{}, errors.New("the SCAI attestation does not name its configuration file")
	}
	return Proven{
		Repository: origin.Repository, Commit: origin.Commit, ConfigFile: s.Claim.ConfigFile, Skill: s.Claim.Skill, Trusted: s.Trusted(),
	}, nil
}
