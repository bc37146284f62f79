package packages

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Query is what rows are asked for: every term has to hold.
type Query struct{ terms []term }

// term is one word of a query.
type term struct {
	field field
	text  string // in small letters
	not   bool
}

// field is what a term looks at.
type field int

const (
	fieldText field = iota // name, version, licence, type, supplier, package URL and names of vulnerabilities
	fieldName
	fieldVersion
	fieldLicence
	fieldType
	fieldPURL
	fieldSupplier
	fieldVuln
	fieldScope
)

// fieldNames are the words before a colon.
var fieldNames = map[string]field{
	"name": fieldName, "version": fieldVersion, "licence": fieldLicence, "license": fieldLicence, "type": fieldType, "purl": fieldPURL,
	"supplier": fieldSupplier, "vuln": fieldVuln, "scope": fieldScope,
}

// vulnWords are what can be asked of vulnerabilities beside the beginning of a CVE's name: that a row has any, any that
// is not excused, one that is excused, one that only an untrusted VEX excuses, none; or one that is not excused and at
// least so grave.
var vulnWords = []string{"any", "open", "excused", "claimed", "none", "low", "medium", "high", "critical"}

// ErrQuery says that a query cannot be understood.
var ErrQuery = errors.New("not a filter")

// ParseQuery reads a filter: words that have to be there in any case of letters, each anywhere in the row or, after the
// name of a field, there alone; "-" before a word turns it round; quotes keep words together:
//
//	name:ssl licence:MIT type:npm vuln:high -"dev server"
//
// A word with a colon whose beginning is no field is a word like others ("pkg:npm/x"). The error wraps ErrQuery.
func ParseQuery(s string) (Query, error) {
	var q Query
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		var t term
		if rest, found := strings.CutPrefix(s, "-"); found && rest != "" {
			t.not, s = true, rest
		}
		if name, rest, found := strings.Cut(s, ":"); found {
			if f, known := fieldNames[strings.ToLower(name)]; known {
				t.field, s = f, rest
			}
		}
		t.text, s = word(s)
		t.text = strings.ToLower(t.text)
		if t.text == "" && t.field != fieldVuln {
			continue // somebody is still typing
		}
		if t.field == fieldVuln && !slices.Contains(vulnWords, t.text) && !strings.Contains(t.text, "-") {
			return Query{}, fmt.Errorf("vuln:%s wants one of %s, or the name of a vulnerability: %w", t.text, strings.Join(vulnWords, ", "), ErrQuery)
		}
		q.terms = append(q.terms, t)
	}
	return q, nil
}

// word cuts the first word off, or what stands in quotes.
func word(s string) (first, rest string) {
	if quoted, found := strings.CutPrefix(s, `"`); found {
		first, rest, _ = strings.Cut(quoted, `"`)
		return first, rest
	}
	if end := strings.IndexAny(s, " \t"); end >= 0 {
		return s[:end], s[end:]
	}
	return s, ""
}
