package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/filter"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/survey"
)

// sieve shows a part of the tree: what a filter asks for, and the ancestors of that. It goes on while nodes come.
type sieve struct {
	text   string
	query  filter.Query
	before string          // what was selected when it was typed, to return to
	closed map[string]bool // branches that were closed while it was on; never changed in place
	answer sifted
	asked  bool // a command is working on an answer
}

// sifted is the answer to a filter.
type sifted struct {
	text    string         // that it is the answer to
	of      *survey.Survey // nil where there is no answer
	keep    []keep         // of each row of the survey's outline
	matches int
	hidden  int
	shown   []survey.Row // the rows, with every branch open
}

// keep is whether a row is shown.
type keep uint8

const (
	keepNot   keep = iota
	keepAbove      // for what is below it; and the root, so that there is always something
	keepMatch
)

// siftedMsg brings an answer.
type siftedMsg struct{ answer sifted }

// sift asks a query about every node.
func sift(text string, q filter.Query, of *survey.Survey) sifted {
	out := sifted{text: text, of: of, keep: make([]keep, len(of.Facts)), hidden: len(of.Facts)}
	for i := len(of.Facts) - 1; i >= 0; i-- {
		if q.Match(&of.Facts[i]) {
			out.keep[i] = keepMatch
			out.matches++
		}
		if i == 0 && out.keep[i] == keepNot {
			out.keep[i] = keepAbove
		}
		if out.keep[i] == keepNot {
			continue
		}
		out.hidden--
		if up := of.Outline[i].Parent; up >= 0 && out.keep[up] == keepNot {
			out.keep[up] = keepAbove
		}
	}
	out.shown = out.rows(nil)
	return out
}

// rows are those that are kept, as a tree of their own.
func (s sifted) rows(closed map[string]bool) []survey.Row {
	if s.shown != nil && len(closed) == 0 {
		return s.shown
	}
	all := s.of.Outline
	last, seen := make([]bool, len(all)), make([]bool, len(all))
	for i := len(all) - 1; i > 0; i-- {
		if up := all[i].Parent; s.keep[i] != keepNot && !seen[up] {
			last[i], seen[up] = true, true
		}
	}
	guides := make([]string, len(all)) // of what hangs on each row
	out := make([]survey.Row, 0, len(all)-s.hidden)
	for i := 0; i < len(all); {
		r := all[i]
		if s.keep[i] == keepNot {
			i = int(r.End)
			continue
		}
		r.Quiet, r.Last, r.Branch = s.keep[i] == keepAbove, last[i] || r.Root, seen[i]
		if !r.Root {
			r.Guide = guides[r.Parent]
		}
		guides[i] = survey.Below(r)
		out = append(out, r)
		i++
		if len(closed) > 0 && r.Branch && closed[r.Entry.Node.ID] { // a command reads nothing of a node itself
			i = int(r.End)
		}
	}
	return out
}

// hides reports whether a node is not among the rows.
func (s sieve) hides(e *model.Entry) bool {
	if !s.on() {
		return false
	}
	at := survey.Find(s.answer.of.Outline, e)
	return at < 0 || s.answer.keep[at] == keepNot
}

// on reports whether a part of the tree is hidden, or would be.
func (s sieve) on() bool { return s.answer.of != nil && !s.query.Empty() }

// current reports whether the answer is that to what is asked now, about the nodes as they are.
func (s sieve) current(of *survey.Survey) bool { return s.answer.of == of && s.answer.text == s.text }

// siftNodes brings the answer up to date: at once for a tree of common size, else by a command.
func (a App) siftNodes() (App, tea.Cmd) {
	s, of := &a.nodes.sieve, a.survey.Done
	if of == nil || s.query.Empty() || s.asked || s.current(of) {
		return a, nil
	}
	text, query := s.text, s.query
	if len(of.Facts) <= survey.Many {
		return a.onSifted(siftedMsg{sift(text, query, of)}), nil
	}
	s.asked = true
	return a, func() tea.Msg { return siftedMsg{sift(text, query, of)} }
}

// onSifted takes an answer. One to something else than is asked now is dropped; the next message asks again.
func (a App) onSifted(msg siftedMsg) App {
	a.nodes.sieve.asked = false
	if msg.answer.text != a.nodes.sieve.text || a.nodes.sieve.query.Empty() {
		return a
	}
	a.nodes.sieve.answer = msg.answer
	a.nodes = a.nodes.refresh(a.tree)
	if a.overlay == overlaySearch && a.search.place == searchFilter {
		a.nodes = a.nodes.toMatch(a.tree)
	}
	return a
}

// said is what a filter that is typed does, or what in it means nothing.
func (s sieve) said() safe.Text {
	switch {
	case s.query.Problem() != "":
		return safe.LineMax(s.query.Problem(), 2*phrase.MostName)
	case s.query.Empty():
		return safe.Const("shows everything")
	case s.answer.text != s.text:
		return safe.Const("filtering")
	}
	said := safe.Format("%s matches", safe.Int(s.answer.matches))
	if s.answer.matches == 1 {
		said = safe.Const("1 match")
	}
	return safe.Format("%s, %s hidden", said, safe.Int(s.answer.hidden))
}

// beginFilter opens the line on the filter, with what it is now.
func (a App) beginFilter() App {
	a.overlay, a.search.place, a.focus = overlaySearch, searchFilter, paneTree
	a.nodes.sieve.before = a.nodes.selected
	return a
}

// filterFor changes the filter. Asking for everything shows everything.
func (a App) filterFor(text string) App {
	s := &a.nodes.sieve
	was := s.query.Empty()
	s.text, s.query = text, filter.Parse(text)
	a.nodes.query = s.query.Text()
	if s.query.Empty() && !was {
		s.answer = sifted{}
		a.nodes = a.nodes.reveal(a.tree, s.before)
	}
	return a
}

// endFilter shows the whole tree again. What is selected stays so.
func (a App) endFilter() App {
	a.nodes.sieve, a.nodes.query = sieve{asked: a.nodes.sieve.asked}, a.search.query
	a.nodes = a.nodes.reveal(a.tree, a.nodes.selected)
	return a
}

// toMatch selects the first match at or below what was selected when the filter was typed, round the end.
func (p treePane) toMatch(tree *model.Tree) treePane {
	answer := p.sieve.answer
	from, first := max(survey.Find(answer.of.Outline, tree.Entry(p.sieve.before)), 0), -1
	for i := range answer.keep {
		at := (from + i) % len(answer.keep)
		if answer.keep[at] == keepMatch {
			first = at
			break
		}
	}
	if first < 0 {
		return p.at(0)
	}
	return p.reveal(tree, answer.of.Outline[first].Entry.Node.ID)
}
