package fleet

import (
	"fmt"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/predicate"
)

// value is the most important thing that a predicate says, in a few words, "" if there is none. It may be attested text.
func value(e *model.Entry) string {
	if e.Attestation == nil || e.Attestation.Predicate == nil {
		return ""
	}
	switch p := predicate.Plain(e.Attestation.Predicate).(type) {
	case predicate.SBOM:
		return model.Counted(p.Packages, "package")
	case predicate.SCAI:
		return scan(p)
	case predicate.Vuln:
		switch {
		case p.Empty:
			return "empty"
		case p.Unread:
			return "unknown form"
		}
		return model.Counted(p.Count, "finding")
	case predicate.VEX:
		return model.Counted(p.Statements, "statement")
	case predicate.VSA:
		return p.Result
	}
	return ""
}

// scan is how a scan ended, and what was waved through.
func scan(s predicate.SCAI) string {
	if len(s.Attributes) != 1 || s.Attributes[0].Scan == nil {
		return model.Counted(len(s.Attributes), "attribute")
	}
	result := s.Attributes[0].Scan
	if result.Allowed > 0 {
		return fmt.Sprintf("%s, %d allowed", result.Status, result.Allowed)
	}
	return result.Status
}
