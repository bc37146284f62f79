package fleet

import (
	"sync"

	"github.com/attestree/attestree/model/fleet"
)

// claim is one digest in one repository, which somebody looks at or has looked at. Its row is there once done is closed.
type claim struct {
	done chan struct{}
	row  fleet.Row
}

// claims are all of them, by resolved reference. The zero value is ready to use.
type claims struct {
	mu sync.Mutex
	of map[string]*claim
}

// mostClaims is how many rows are kept for references that name the same; beyond it, an image may be looked at again.
const mostClaims = 50_000

// claim gives a new claim to whoever comes first, and that one to everybody else.
func (c *claims) claim(resolved string) (theirs, mine *claim) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if known := c.of[resolved]; known != nil {
		return known, nil
	}
	mine = &claim{done: make(chan struct{})}
	if c.of == nil {
		c.of = map[string]*claim{}
	}
	if len(c.of) < mostClaims {
		c.of[resolved] = mine
	}
	return nil, mine
}
