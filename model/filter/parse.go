package filter

import (
	"strings"
	"unicode"
)

// Parse reads a query as it is typed: terms with blanks between them, all of which must hold.
//
//	word            text anywhere in title, digests, signer, type, platform, name or tag
//	:invalid        a verdict, kind or predicate family, or the beginning of one
//	signer:dockyard a named field that holds the text; "signer:" alone, one that is there
//	a,b             after a colon, any of several
//	!term           not that
//	"two words"     blanks that belong to a term
//
// Case does not matter. Every text is a query: what means nothing holds for no node, and Problem says so. What is typed
// halfway, such as "!" or ":" alone, asks for nothing yet.
func Parse(text string) Query {
	var q Query
	for _, written := range split(strings.ToLower(text)) {
		t, problem := parseTerm(written)
		if problem != "" && q.problem == "" {
			q.problem = problem
		}
		if t != nil {
			q.terms = append(q.terms, *t)
		}
	}
	return q
}

// split cuts a text at its blanks, but for those between quotes, which themselves go.
func split(text string) []string {
	var out []string
	var b strings.Builder
	quoted := false
	end := func() {
		if b.Len() > 0 {
			out = append(out, b.String())
			b.Reset()
		}
	}
	for _, r := range text {
		switch {
		case r == '"':
			quoted = !quoted
		case !quoted && unicode.IsSpace(r):
			end()
		default:
			b.WriteRune(r)
		}
	}
	end()
	return out
}

// parseTerm is nil for what asks for nothing yet.
func parseTerm(written string) (t *term, problem string) {
	body, not := strings.CutPrefix(written, "!")
	if body == "" {
		return nil, ""
	}
	name, rest, colon := strings.Cut(body, ":")
	switch f, known := fields[name]; {
	case colon && name == "":
		return wordTerm(not, rest)
	case colon && known:
		return &term{not: not, field: f, values: values(rest)}, ""
	}
	return &term{not: not, values: []string{body}}, "" // a colon of its own, as in a digest
}

func wordTerm(not bool, names string) (t *term, problem string) {
	t = &term{not: not, field: fieldWord}
	asked := values(names)
	if len(asked) == 0 {
		return nil, ""
	}
	for _, name := range asked {
		found := wordsFor(name)
		if len(found) == 0 {
			problem = "there is no verdict, kind or family “" + name + "”"
		}
		t.words = append(t.words, found...)
	}
	return t, problem
}

// values are what stands between commas.
func values(list string) []string {
	var out []string
	for v := range strings.SplitSeq(list, ",") {
		if v != "" {
			out = append(out, v)
		}
	}
	return out
}
