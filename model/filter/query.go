package filter

import "strings"

// Query is what was asked for. Its zero value asks for everything. It never changes, and is safe for concurrent use.
type Query struct {
	terms   []term
	problem string
}

// term is one word of a query. All terms of a query must hold.
type term struct {
	not    bool
	field  field
	values []string // any of them will do; none asks only whether there is something
	words  []word   // of fieldWord, which has no values
}

// field is where a term looks.
type field int

const (
	fieldText field = iota
	fieldWord       // one of the words that stand for something, see words
	fieldVerdict
	fieldKind
	fieldFamily
	fieldPlatform
	fieldSigner
	fieldClaimed
	fieldPredicate
	fieldDigest
)

// fields are the names that stand before a colon.
var fields = map[string]field{
	"verdict": fieldVerdict, "kind": fieldKind, "family": fieldFamily, "platform": fieldPlatform, "signer": fieldSigner,
	"claimed": fieldClaimed, "predicate": fieldPredicate, "digest": fieldDigest,
}

// Empty reports whether the query asks for everything.
func (q Query) Empty() bool { return len(q.terms) == 0 }

// Problem says in a sentence what in the query stands for nothing, "" if all of it means something. Such a part holds for
// no node.
func (q Query) Problem() string { return q.problem }

// Match reports whether a node is asked for.
func (q Query) Match(f *Facts) bool {
	for i := range q.terms {
		if q.terms[i].match(f) == q.terms[i].not {
			return false
		}
	}
	return true
}

// Text is the first plain text that is asked for, in lower case, to be made visible in what matches; "" if there is none.
func (q Query) Text() string {
	for _, t := range q.terms {
		if t.field == fieldText && !t.not {
			return t.values[0]
		}
	}
	return ""
}

func (t *term) match(f *Facts) bool {
	switch t.field {
	case fieldWord:
		for _, w := range t.words {
			if w.holds(f) {
				return true
			}
		}
		return false
	case fieldText:
		return t.in(f.Text)
	case fieldVerdict:
		return t.in(f.Verdict.String())
	case fieldKind:
		return t.in(string(f.Kind))
	case fieldFamily:
		return t.in(string(f.Family))
	case fieldPlatform:
		return t.in(f.Platform)
	case fieldSigner:
		return t.in(f.Signer)
	case fieldClaimed:
		return t.in(f.Claimed)
	case fieldPredicate:
		return t.in(f.Predicate)
	case fieldDigest:
		return t.in(f.Digest)
	}
	return false
}

// in reports whether a text holds one of the values, or anything at all where none is asked for.
func (t *term) in(text string) bool {
	for _, v := range t.values {
		if strings.Contains(text, v) {
			return true
		}
	}
	return len(t.values) == 0 && text != ""
}
