package model

import (
	"fmt"
	"strings"
)

// lookalike is a finding about a signer, proven or claimed, one of whose names mixes letters of several scripts: it may
// only look like a name that the reader knows. It decides no verdict, for a signer is compared by its bytes.
func lookalike(e *Entry) []Finding {
	if e.Report == nil {
		return nil
	}
	for _, who := range []*Signer{e.Report.Signer, e.Report.Claimed} {
		if who == nil {
			continue
		}
		for _, name := range []string{who.Subject, who.Issuer, who.Name} {
			if scripts := mixedScripts(name); len(scripts) > 0 {
				return []Finding{{
					ID: "mixed-script", Severity: SeverityWarning,
					Message: fmt.Sprintf("the signer's name mixes letters of several scripts (%s), so it may only look like one that you know: %s",
						strings.Join(scripts[:min(len(scripts), 4)], ", "), name),
				}}
			}
		}
	}
	return nil
}
