package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/content"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/survey"
)

// nodeHits is what a search has found among the nodes: first by what is known of them, then in their payloads, a pile of
// which is read at a time. Its rows are those of the survey that was searched.
type nodeHits struct {
	number  int // of this search, by which the results of its commands are known
	query   string
	of      *survey.Survey // nil as long as nothing was found out
	found   []int32        // ascending
	asked   bool           // a command is looking through the survey
	read    int            // rows whose payload was looked at
	reading bool           // a command is looking through a pile of payloads

	// seen is what payloads were looked at for this text, so that none is read twice while nodes come. Like the tree, it
	// belongs to the newest screen alone.
	seen map[*model.Entry]looked
}

// looked is a payload that was searched. Bytes of a node never change, but there may be others later.
type looked struct {
	size int
	hit  bool
}

// done reports whether everything has been looked through.
func (h nodeHits) done() bool { return h.of != nil && h.read == len(h.of.Outline) && !h.asked }

// nodesFoundMsg brings what a text was found in among the facts of a survey.
type nodesFoundMsg struct {
	query string
	of    *survey.Survey
	found []int32
}

// payloadsSearchedMsg brings in which payloads of a pile a text was found.
type payloadsSearchedMsg struct {
	number int
	pile   pile
	hits   []bool
}

// pile is some payloads, and which rows they are of.
type pile struct {
	rows  []int32
	bytes [][]byte
	end   int // the row after the last one that was looked at
}

// How much a pile holds at most: bytes, and rows that are looked at for it.
const pileBytes, pileRows = 4 << 20, 4000

// findFacts lists the rows of which something contains a text, whatever its case.
func findFacts(of *survey.Survey, query string) []int32 {
	query = strings.ToLower(query)
	var found []int32
	for i := range of.Facts {
		if strings.Contains(of.Facts[i].Text, query) {
			found = append(found, int32(i))
		}
	}
	return found
}

// searchNodes brings what was found up to date, and goes on with what is still to be looked through.
func (a App) searchNodes() (App, tea.Cmd) {
	h, of, query := &a.search.hits, a.survey.Done, a.search.query
	switch {
	case query == "" || of == nil || h.asked:
		return a, nil
	case h.of == of && h.query == query:
	case len(of.Facts) > survey.Many:
		h.asked = true
		return a, func() tea.Msg { return nodesFoundMsg{query, of, findFacts(of, query)} }
	default:
		a = a.onNodesFound(nodesFoundMsg{query, of, findFacts(of, query)})
	}
	return a.searchPayloads()
}

// onNodesFound takes what was found in the facts, unless something else is looked for by now.
func (a App) onNodesFound(msg nodesFoundMsg) App {
	h := &a.search.hits
	h.asked = false
	if msg.query != a.search.query {
		return a
	}
	next := nodeHits{number: h.number + 1, query: msg.query, of: msg.of, found: msg.found, seen: h.seen}
	switch {
	case h.query == "" || !strings.Contains(msg.query, h.query) || next.seen == nil:
		next.seen = map[*model.Entry]looked{}
	case h.query != msg.query: // what holds no part of the text does not hold the text
		for e, l := range next.seen {
			if l.hit {
				delete(next.seen, e)
			}
		}
	}
	var again []int32
	if len(next.seen) > 0 {
		for i := range msg.of.Outline {
			if next.seen[msg.of.Outline[i].Entry].hit {
				again = append(again, int32(i))
			}
		}
	}
	a.search.hits = next.with(again)
	return a.goToHit()
}

// with adds rows, which ascend.
func (h nodeHits) with(rows []int32) nodeHits {
	if len(rows) > 0 {
		h.found = append(slices.Clip(h.found), rows...)
		slices.Sort(h.found)
		h.found = slices.Compact(h.found)
	}
	return h
}

// searchPayloads reads the next pile of payloads, unless one is being read or all are.
func (a App) searchPayloads() (App, tea.Cmd) {
	h := &a.search.hits
	if h.reading || h.read == len(h.of.Outline) {
		return a, nil
	}
	p := h.pile()
	if len(p.rows) == 0 && p.end == len(h.of.Outline) {
		h.read = p.end
		return a, nil
	}
	h.reading = true
	number, text := h.number, []byte(strings.ToLower(h.query))
	return a, func() tea.Msg {
		hits := make([]bool, len(p.bytes))
		for i, b := range p.bytes {
			hits[i] = len(content.Find(b, string(text), 1)) > 0
		}
		return payloadsSearchedMsg{number, p, hits}
	}
}

// pile takes payloads that were neither found nor looked at yet.
func (h *nodeHits) pile() pile {
	p, size, all := pile{end: h.read}, 0, h.of.Outline
	for ; p.end < len(all) && p.end < h.read+pileRows && size < pileBytes; p.end++ {
		e := all[p.end].Entry
		b := content.Payload(e).Bytes
		if l, known := h.seen[e]; len(b) == 0 || known && l.size == len(b) {
			continue
		}
		if _, found := slices.BinarySearch(h.found, int32(p.end)); found {
			continue
		}
		p.rows, p.bytes = append(p.rows, int32(p.end)), append(p.bytes, b)
		size += len(b)
	}
	return p
}

// onPayloadsSearched takes what was found in a pile, unless it is of another search.
func (a App) onPayloadsSearched(msg payloadsSearchedMsg) App {
	h := a.search.hits
	if msg.number != h.number || !h.reading {
		return a
	}
	h.reading, h.read = false, msg.pile.end
	var rows []int32
	for i, row := range msg.pile.rows {
		h.seen[h.of.Outline[row].Entry] = looked{len(msg.pile.bytes[i]), msg.hits[i]}
		if msg.hits[i] {
			rows = append(rows, row)
		}
	}
	a.search.hits = h.with(rows)
	return a.goToHit()
}

// hits are the rows that were found and that no filter hides.
func (a App) hits() []int32 {
	h, s := a.search.hits, a.nodes.sieve
	if h.query != a.search.query {
		return nil
	}
	if !s.on() || s.answer.of != h.of {
		return h.found
	}
	var out []int32
	for _, row := range h.found {
		if s.answer.keep[row] != keepNot {
			out = append(out, row)
		}
	}
	return out
}

// goToHit selects, while a search is typed, the first match at or after the node that it began on, round the end.
func (a App) goToHit() App {
	if a.overlay != overlaySearch || a.search.place != searchTree {
		return a
	}
	found := a.hits()
	if len(found) == 0 {
		if a.search.hits.done() {
			a.nodes = a.nodes.reveal(a.tree, a.search.before)
		}
		return a
	}
	all := a.search.hits.of.Outline
	at, _ := slices.BinarySearch(found, int32(max(survey.Find(all, a.tree.Entry(a.search.before)), 0)))
	if id := all[found[at%len(found)]].Entry.Node.ID; id != a.nodes.selected {
		a.nodes = a.nodes.reveal(a.tree, id)
	}
	return a
}

// nextNode goes to the match before or after the selected node, and round the ends.
func (a App) nextNode(step int) App {
	if a.search.query == "" {
		a.note = note{text: noteNoSearch}
		return a
	}
	found := a.hits()
	if len(found) == 0 {
		return a
	}
	all := a.search.hits.of.Outline
	at, on := slices.BinarySearch(found, int32(survey.Find(all, a.tree.Entry(a.nodes.selected))))
	if step > 0 && !on {
		at-- // what follows is the first step already
	}
	row := found[((at+step)%len(found)+len(found))%len(found)]
	a.nodes = a.nodes.reveal(a.tree, all[row].Entry.Node.ID)
	a.focus = paneTree
	return a
}

// hitsSaid is how many nodes a search has found, which of them is selected, and whether it goes on.
func (a App) hitsSaid() safe.Text {
	found, h := a.hits(), a.search.hits
	if h.of == nil || h.query != a.search.query {
		return safe.Const("searching")
	}
	said := safe.Format("%s matches", safe.Int(len(found)))
	if len(found) == 1 {
		said = safe.Const("1 match")
	}
	row := int32(survey.Find(h.of.Outline, a.tree.Entry(a.nodes.selected)))
	if i, on := slices.BinarySearch(found, row); on {
		said = safe.Format("%s of %s", safe.Int(i+1), safe.Int(len(found)))
		if !strings.Contains(h.of.Facts[row].Text, strings.ToLower(h.query)) {
			said = safe.Format("%s, in the payload", said)
		}
	}
	if !h.done() {
		said = safe.Format("%s so far", said)
	}
	return said
}

// findInPayload goes on with a search among the nodes in the payload that it was found in, once somebody looks at that.
func (a App) findInPayload() (App, tea.Cmd) {
	if a.search.query == "" || a.focus != paneDetail || a.overlay != overlayNone || !a.search.hits.seen[a.nodes.current()].hit {
		return a, nil
	}
	next, cmd := a.detail.GoOn(a.search.query)
	a.detail = next
	return a, cmd
}
