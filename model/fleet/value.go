package fleet

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"

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
		switch {
		case p.Format == "":
			return "unknown form"
		case p.Packages == 0 && p.Vulnerabilities > 0:
			return model.Counted(p.Vulnerabilities, "vulnerability")
		}
		return model.Counted(p.Packages, "package")
	case predicate.SCAI:
		return scan(p)
	case predicate.Vuln:
		switch {
		case p.Empty:
			return "empty"
		case p.Unread:
			return "unknown form"
		case p.Unfinished:
			return model.Counted(p.Count, "finding") + ", did not finish"
		case p.Targetless:
			return model.Counted(p.Count, "finding") + ", of nothing that is named"
		case p.Partial:
			return model.Counted(p.Count, "finding") + ", not all is counted"
		}
		return model.Counted(p.Count, "finding")
	case predicate.VEX:
		return model.Counted(p.Statements, "statement")
	case predicate.VSA:
		return p.Result
	}
	return ""
}

// ends are how a scan may end, the worst first. What has another name is between them: nobody knows what it means.
var ends = []string{"FAILED", "WARNING", "", "PASSED"}

// scan is how the worst of an attestation's scans ended, and what was waved through; of what is no scan, the attribute.
func scan(s predicate.SCAI) string {
	if len(s.Attributes) == 0 {
		return "no attribute"
	}
	worst := slices.MinFunc(s.Attributes, func(a, b predicate.Attribute) int { return cmp.Compare(gravity(a), gravity(b)) })
	value := shortened(worst.Attribute)
	if worst.Scan != nil {
		value = shortened(worst.Scan.Status)
		if worst.Scan.Allowed > 0 {
			value += fmt.Sprintf(", %d allowed", worst.Scan.Allowed)
		}
	}
	if s.Count > 1 {
		value += fmt.Sprintf(", and %d more", s.Count-1)
	}
	return value
}

// gravity is the place of an attribute among others: how its scan ended, behind those what is no scan.
func gravity(a predicate.Attribute) int {
	if a.Scan == nil {
		return len(ends)
	}
	if at := slices.Index(ends, a.Scan.Status); at >= 0 {
		return at
	}
	return slices.Index(ends, "")
}

// shortened is attested text that fits into a cell.
func shortened(s string) string {
	const most = 60 // characters
	if runes := []rune(s[:min(len(s), (most+1)*utf8.UTFMax)]); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}
