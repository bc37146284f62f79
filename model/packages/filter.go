package packages

import (
	"bytes"
	"context"
	"slices"
	"strings"
)

// Filter is the rows that answer a query, in the order of the documents. The error is the context's.
func (t *Table) Filter(ctx context.Context, q Query) ([]int32, error) {
	rows := all(t.Len())
	for _, term := range q.terms {
		found := newSet(t.Len())
		t.find(ctx, term, found)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if term.not {
			rows.drop(found)
		} else {
			rows.keep(found)
		}
	}
	return rows.list(), nil
}

// find adds the rows that one term, without its "-", holds for.
func (t *Table) find(ctx context.Context, term term, found set) {
	text := []byte(term.text)
	switch term.field {
	case fieldName:
		t.names.find(ctx, text, found)
	case fieldVersion:
		t.versions.find(ctx, text, found)
	case fieldPURL:
		t.purls.find(ctx, text, found)
	case fieldLicence:
		t.findWord(ctx, licenceOf, term.text, found)
	case fieldType:
		t.findWord(ctx, typeOf, term.text, found)
	case fieldSupplier:
		t.findWord(ctx, supplierOf, term.text, found)
	case fieldVuln:
		t.findExposed(term.text, found)
	case fieldScope:
		t.findScope(term.text, found)
	case fieldText:
		t.names.find(ctx, text, found)
		t.versions.find(ctx, text, found)
		t.purls.find(ctx, text, found)
		for _, of := range []columnWord{licenceOf, typeOf, supplierOf} {
			t.findWord(ctx, of, term.text, found)
		}
		t.findID(term.text, found)
	}
}

// between is after how many rows it is looked whether anybody still wants them.
const between = 1 << 14

// find adds the rows whose text contains what is looked for.
func (c *column) find(ctx context.Context, text []byte, found set) {
	row, at := 0, 0
	for n := 1; ; n++ {
		hit := bytes.Index(c.text[at:], text)
		if hit < 0 || n%between == 0 && ctx.Err() != nil {
			return
		}
		hit += at
		for row < len(c.ends) && int(c.ends[row]) <= hit {
			row++
		}
		if row == len(c.ends) {
			return
		}
		if hit+len(text) > int(c.ends[row]) { // it reaches into the next row's text
			at = hit + 1
			continue
		}
		found.add(row)
		at = int(c.ends[row])
	}
}

// findWord adds the rows whose word contains what is looked for. Each word is looked at once.
func (t *Table) findWord(ctx context.Context, of columnWord, text string, found set) {
	hits := map[string]bool{}
	last, hit := "", text == ""
	for row := range t.Len() {
		if row%between == between-1 && ctx.Err() != nil {
			return
		}
		if found.has(row) {
			continue
		}
		if word := of(t, row); word != last {
			var known bool
			if hit, known = hits[word]; !known {
				hit = strings.Contains(strings.ToLower(word), text)
				hits[word] = hit
			}
			last = word
		}
		if hit {
			found.add(row)
		}
	}
}

// findExposed adds the rows that one of vulnWords holds for, else those with a vulnerability of such a name.
func (t *Table) findExposed(text string, found set) {
	if !slices.Contains(vulnWords, text) {
		t.findID(text, found)
		return
	}
	if text == "none" {
		copy(found, all(t.Len()))
	}
	for row, e := range t.exposures {
		if int(row) >= t.Len() {
			continue
		}
		if text == "none" {
			if e.Open+e.Excused > 0 {
				found[row/64] &^= 1 << (row % 64)
			}
		} else if e.is(text) {
			found.add(int(row))
		}
	}
}

// is reports whether one of vulnWords but "none" holds.
func (e Exposure) is(word string) bool {
	switch word {
	case "any":
		return e.Open+e.Excused > 0
	case "open":
		return e.Open > 0
	case "excused":
		return e.Excused > 0
	case "claimed":
		return e.Claimed > 0
	}
	return e.Open > 0 && e.Worst >= ParseSeverity(word)
}

// findID adds the rows that have a vulnerability whose name contains a text.
func (t *Table) findID(text string, found set) {
	for row, e := range t.exposures {
		if int(row) < t.Len() && slices.ContainsFunc(e.IDs, func(id string) bool { return strings.Contains(strings.ToLower(id), text) }) {
			found.add(int(row))
		}
	}
}

// findScope adds the rows that come from an SBOM whose scope has a text in its label.
func (t *Table) findScope(text string, found set) {
	hits := make([]bool, len(t.sources))
	for i, s := range t.sources {
		hits[i] = strings.Contains(strings.ToLower(s.Scope.Label()), text)
	}
	for row := range t.Len() {
		if t.single() && hits[0] || !t.single() && slices.ContainsFunc(t.Places(row), func(p Place) bool { return hits[p.Source] }) {
			found.add(row)
		}
	}
}
