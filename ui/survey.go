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

// manyNodes is from when on a tree is not judged with every batch but with every frame of the spinner: it takes as
// long as the tree is large, and keys must not wait for it.
const manyNodes = 2000
