package registry

import "github.com/attestree/attestree/model"

// turns keep the order in which images were asked for, while their answers come in any order. One and the same manifest
// may be under the tags of several images (a copied signature); which of them has the plain ID must not depend on who
// answered first, so what is found waits until the images before it have been answered.
type turns struct{ waiting []*turn }

type turn struct {
	among *turns
	done  bool
	take  func()
}

// turnFor is a place in the queue for a look-up. Only cosign's tags of images wait: the referrers of a digest name it
// themselves, and what is attached further down comes later anyhow.
func (c *crawl) turnFor(q question, s *subject) *turn {
	t := &turn{among: &turns{}}
	if s.image && q.mechanism != model.MechanismReferrersTag {
		if c.turns[q] == nil {
			c.turns[q] = t.among
		}
		t.among = c.turns[q]
	}
	t.among.waiting = append(t.among.waiting, t)
	return t
}

// answered takes what was found as soon as everybody before has been answered.
func (t *turn) answered(take func()) {
	t.done, t.take = true, take
	all := t.among
	for len(all.waiting) > 0 && all.waiting[0].done {
		take := all.waiting[0].take
		all.waiting[0] = nil // what was found must not be held by the queue
		all.waiting = all.waiting[1:]
		take()
	}
}
