package survey

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/filter"
)

// Survey is what can be asked about all nodes at once: read from them once, and never changed afterwards, so that
// commands may work on it while the tree goes on. A tree may have very many nodes: see surveyor.
type Survey struct {
	version int // of the tree
	Outline Outline
	Facts   []filter.Facts         // of each row of the outline
	digests map[model.Digest]int32 // which row a digest names; the first where there are several
}

// Maker makes surveys, a stretch of rows with each message, as reading all at once could take longer than a person
// waits for a key. A survey that has begun is finished, also when the tree has changed: then another one follows.
type Maker struct {
	Done    *Survey // the newest, nil as long as there is none
	next    *Survey // the one that is being made
	Waiting bool    // for the message that makes it go on
}

// stretch is how many nodes of a large tree are read at a time: a fraction of a frame's worth of work.
const stretch = 400

// GoesOnMsg is the message that makes a survey go on.
type GoesOnMsg struct{}

// GoOn reads the next stretch, unless all is read.
func (s Maker) GoOn(all Outline, version int) (Maker, tea.Cmd) {
	if s.Waiting || len(all) == 0 {
		return s, nil
	}
	if s.next == nil {
		if s.Done != nil && s.Done.version == version {
			return s, nil
		}
		s.next = &Survey{
			version: version, Outline: all, Facts: make([]filter.Facts, 0, len(all)),
			digests: make(map[model.Digest]int32, min(len(all), stretch)),
		}
	}
	most := stretch
	if len(s.next.Outline) <= Many {
		most = Many // all at once, so that what is shown is never behind
	}
	for range most + 1 {
		if len(s.next.Facts) == len(s.next.Outline) {
			s.Done, s.next = s.next, nil
			return s, nil
		}
		s.next.read()
	}
	s.Waiting = true
	return s, func() tea.Msg { return GoesOnMsg{} }
}

// read takes the next row in. Only its surveyor calls it, as long as the survey is not done.
func (s *Survey) read() {
	at := int32(len(s.Facts))
	r, platform := s.Outline[at], ""
	if r.Parent >= 0 {
		platform = s.Facts[r.Parent].Platform
	}
	s.Facts = append(s.Facts, filter.Of(r.Entry, platform))
	for _, d := range []model.Digest{r.Entry.Node.Digest, r.Entry.Node.Blob.Digest} {
		if _, known := s.digests[d]; !known && d != "" {
			s.digests[d] = at
		}
	}
}

// Many is from when on a tree is not judged with every batch but with every frame of the spinner: it takes as
// long as the tree is large, and keys must not wait for it.
const Many = 2000
