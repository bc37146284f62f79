package registry

import (
	"github.com/attestree/attestree/model"
)

// subject is a manifest that things may be attached to. It exists as soon as its digest is known, often before its
// manifest has come, so that it can be asked for at once; what is found meanwhile waits in waiting.
type subject struct {
	digest model.Digest
	depth  int // levels of attachment above it
	above  *subject
	place  place // where its manifest is kept
	asked  map[question]bool
	image  bool // the root, or in an index: it is looked for everywhere at once

	node    string // ID of the node that attachments hang on, "" until it is shown
	hold    func() // shows that node, for a manifest whose layers are nodes; nil otherwise
	waiting []func(parent string)
}

// question is one look-up, so that none is made twice.
type question struct {
	place     place
	mechanism model.Mechanism
}

// subjectOf is the subject with that digest, made if need be.
func (c *crawl) subjectOf(digest model.Digest, above *subject, p place) *subject {
	if s := c.subjects[digest]; s != nil {
		return s
	}
	s := &subject{digest: digest, above: above, place: p, asked: map[question]bool{}}
	if above != nil {
		s.depth = above.depth + 1
	}
	c.subjects[digest] = s
	return s
}

// descends reports whether digest is s itself or something that s is attached to, at any distance.
func (s *subject) descends(digest model.Digest) bool {
	for ; s != nil; s = s.above {
		if s.digest == digest {
			return true
		}
	}
	return false
}

// hang calls show with the ID of the node that things attached to s hang on, as soon as there is one.
func (s *subject) hang(show func(parent string)) {
	if s.node == "" && s.hold != nil {
		hold := s.hold
		s.hold = nil
		hold()
	}
	if s.node == "" {
		s.waiting = append(s.waiting, show)
		return
	}
	show(s.node)
}

// shown says that the node of s is in the tree.
func (s *subject) shown(id string) {
	s.node = id
	waiting := s.waiting
	s.waiting = nil
	for _, show := range waiting {
		show(id)
	}
}

// holds says that the manifest of s is in the tree as its layers; show brings the manifest's own node, and is called
// when something is attached to it.
func (s *subject) holds(show func()) {
	s.hold = show
	if waiting := s.waiting; len(waiting) > 0 {
		s.waiting = nil
		for _, w := range waiting {
			s.hang(w)
		}
	}
}
