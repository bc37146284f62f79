package trust

import (
	"regexp"
	"regexp/syntax"
	"slices"
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

// Anchored reports whether a pattern surely speaks of the whole text: every alternative begins with ^, and ends with $ or in
// .*, which says itself that anything may follow.
func Anchored(pattern string) bool {
	tree, err := syntax.Parse(pattern, syntax.Perl)
	return err == nil && begins(tree) && ends(tree)
}

func begins(tree *syntax.Regexp) bool {
	switch tree.Op {
	case syntax.OpBeginText:
		return true
	case syntax.OpConcat, syntax.OpCapture:
		return begins(tree.Sub[0])
	case syntax.OpAlternate:
		return !slices.ContainsFunc(tree.Sub, func(sub *syntax.Regexp) bool { return !begins(sub) })
	default:
		return false
	}
}

func ends(tree *syntax.Regexp) bool {
	switch tree.Op {
	case syntax.OpEndText:
		return true
	case syntax.OpConcat, syntax.OpCapture:
		return ends(tree.Sub[len(tree.Sub)-1])
	case syntax.OpAlternate:
		return !slices.ContainsFunc(tree.Sub, func(sub *syntax.Regexp) bool { return !ends(sub) })
	case syntax.OpStar, syntax.OpPlus:
		return tree.Sub[0].Op == syntax.OpAnyChar || tree.Sub[0].Op == syntax.OpAnyCharNotNL
	default:
		return false
	}
}
