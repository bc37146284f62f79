package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/filter"
)

// survey is what can be asked about all nodes at once: read from them once, and never changed afterwards, so that
// commands may work on it while the tree goes on. A tree may have very many nodes: see surveyor.
type survey struct {
	version int // of the tree
	outline outline
	facts   []filter.Facts         // of each row of the outline
	digests map[model.Digest]int32 // which row a digest names; the first where there are several
}

// surveyor makes surveys, a stretch of rows with each message, as reading all at once could take longer than a person
// waits for a key. A survey that has begun is finished, also when the tree has changed: then another one follows.
type surveyor struct {
	done    *survey // the newest, nil as long as there is none
	next    *survey // the one that is being made
	waiting bool    // for the message that makes it go on
}

// stretch is how many nodes of a large tree are read at a time: a fraction of a frame's worth of work.
const stretch = 400

// surveyOn is the message that makes a survey go on.
type surveyOn struct{}

// goOn reads the next stretch, unless all is read.
func (s surveyor) goOn(all outline, version int) (surveyor, tea.Cmd) {
	if s.waiting || len(all) == 0 {
		return s, nil
	}
	if s.next == nil {
		if s.done != nil && s.done.version == version {
			return s, nil
		}
		s.next = &survey{
			version: version, outline: all, facts: make([]filter.Facts, 0, len(all)),
			digests: make(map[model.Digest]int32, min(len(all), stretch)),
		}
	}
	most := stretch
	if len(s.next.outline) <= manyNodes {
		most = manyNodes // all at once, so that what is shown is never behind
	}
	for range most + 1 {
		if len(s.next.facts) == len(s.next.outline) {
			s.done, s.next = s.next, nil
			return s, nil
		}
		s.next.read()
	}
	s.waiting = true
	return s, func() tea.Msg { return surveyOn{} }
}

// read takes the next row in. Only its surveyor calls it, as long as the survey is not done.
func (s *survey) read() {
	at := int32(len(s.facts))
	r, platform := s.outline[at], ""
	if r.parent >= 0 {
		platform = s.facts[r.parent].Platform
	}
	s.facts = append(s.facts, filter.Of(r.entry, platform))
	for _, d := range []model.Digest{r.entry.Node.Digest, r.entry.Node.Blob.Digest} {
		if _, known := s.digests[d]; !known && d != "" {
			s.digests[d] = at
		}
	}
}

// findNodes brings up to date what is known of all nodes, and what was asked about them.
func (a App) findNodes() (App, tea.Cmd) {
	a, read := a.surveyNodes()
	a, sifted := a.siftNodes()
	a, searched := a.searchNodes()
	if a.nodes.lifted {
		a.nodes.lifted, a.note = false, note{text: noteFilterEnded}
	}
	return a, tea.Batch(read, sifted, searched)
}

// surveyNodes keeps the survey up to date. While a large tree is still changing, that is only done for somebody who asks.
func (a App) surveyNodes() (App, tea.Cmd) {
	if len(a.nodes.all) > manyNodes && len(a.streams) > 0 && !a.asking() {
		return a, nil
	}
	next, cmd := a.survey.goOn(a.nodes.all, a.version)
	a.survey = next
	return a, cmd
}

// asking reports whether something on screen asks about all nodes.
func (a App) asking() bool {
	return a.search.query != "" || a.nodes.sieve.text != "" || len(a.scenes) > 0 || a.overlay == overlayPalette
}
