package detail

import (
	"slices"
	"strings"

	"github.com/attestree/attestree/model/document"
)

// choices are the texts that completing a query leads to, one after the other.
type choices struct {
	texts []string
	at    int
}

// mostChoices bounds the choices, and mostKeys among how many keys they are looked for.
const mostChoices, mostKeys = 100, 100_000

// completions lists how a query may go on with a key of the value that it has got to, in the order of the payload.
func completions(doc *document.Document, query string) []string {
	head, begun, possible := lastStep(query)
	if !possible {
		return nil
	}
	holder := holderOf(doc, head)
	if holder < 0 {
		return nil
	}
	if doc.Kind(holder) == document.Array && begun == "" {
		return []string{head + "#"}
	}
	var found []string
	only := -1
	end := doc.Skip(holder)
	for i, seen := holder+1, 0; doc.Kind(holder) == document.Object && i < end && seen < mostKeys; i, seen = doc.Skip(i), seen+1 {
		step := doc.Step(i)
		if !strings.HasPrefix(step, begun) || slices.Contains(found, head+step) {
			continue
		}
		found, only = append(found, head+step), i
		if len(found) == mostChoices {
			break
		}
	}
	if len(found) == 1 && found[0] == query && doc.Children(only) > 0 {
		return completions(doc, query+".")
	}
	return found
}

// lastStep cuts a query before its last step: "a.b.c" is "a.b." and "c". That is not possible inside of brackets.
func lastStep(query string) (head, begun string, possible bool) {
	cut, open, escaped := 0, 0, false
	for i, c := range []byte(query) {
		switch {
		case escaped:
			escaped = false
		case c == '\\':
			escaped = true
		case strings.IndexByte("([{", c) >= 0:
			open++
		case strings.IndexByte(")]}", c) >= 0:
			open--
		case open == 0 && (c == '.' || c == '|'):
			cut = i + 1
		}
	}
	return query[:cut], query[cut:], open == 0
}

// holderOf is the value that the first steps of a query lead to, of several the first; -1 if there is none. All that a
// list holds is taken to have the keys of its first.
func holderOf(doc *document.Document, head string) int {
	path := strings.TrimRight(head, ".|")
	if path == "" {
		return 0
	}
	steps := strings.Split(path, ".")
	for i, step := range steps {
		if step == "#" {
			steps[i] = "0"
		}
	}
	nodes := doc.Query(strings.Join(steps, ".")).Nodes
	if len(nodes) == 0 {
		return -1
	}
	return nodes[0]
}

// complete goes on to the next choice, or the one before. It reports false where the choices are still to be found.
func (t payloadTab) complete(step int) (payloadTab, string, bool) {
	c := t.query.choices
	if len(c.texts) == 0 {
		return t, "", false
	}
	c.at = (c.at + step + len(c.texts)) % len(c.texts)
	t.query.choices = c
	return t, c.texts[c.at], true
}
