package trust

import (
	"regexp"
	"strings"

	"github.com/attestree/attestree/model"
)

// patternFindings warns of cosign-style patterns that match more than they seem to.
func (s *Signer) patternFindings(proven model.Signer) []model.Finding {
	var findings []model.Finding
	for _, p := range []struct {
		what, value string
		pattern     *regexp.Regexp
	}{
		{"issuer", proven.Issuer, s.issuerPattern},
		{"subject", proven.Subject, s.subjectPattern},
	} {
		if p.pattern == nil {
			continue
		}
		if example := alsoMatches(p.pattern, p.value); example != "" {
			findings = append(findings, model.Finding{
				ID: "unanchored-pattern", Severity: model.SeverityWarning,
				Message: "the " + p.what + " pattern " + p.pattern.String() + " matches anywhere in the text, so it also trusts " +
					example + "; put ^ and $ around it",
			})
		}
	}
	return findings
}

// alsoMatches is an example of another value that an unanchored pattern accepts, "" if none of the usual ones is.
func alsoMatches(pattern *regexp.Regexp, value string) string {
	for _, example := range []string{
		"https://evil.example/?" + value,
		value + ".evil.example",
		strings.Replace(value, "://", "://evil.example/", 1),
	} {
		if example != value && pattern.MatchString(example) {
			return example
		}
	}
	return ""
}
