package fleet

import (
	"sync"

	"github.com/attestree/attestree/model/fleet"
)

// claim is one digest in one repository, which somebody looks at or has looked at. Its row is there once done is closed.
type claim struct {
	resolved string
	done     chan struct{}
	row      fleet.Row
	passing  bool // the row may be better after a while
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
	mine = &claim{resolved: resolved, done: make(chan struct{})}
	if c.of == nil {
		c.of = map[string]*claim{}
	}
	if len(c.of) < mostClaims {
		c.of[resolved] = mine
	}
	return nil, mine
}

// finish hands the row to everybody who waits for it. One that may be better after a while is not kept for later.
func (c *claims) finish(mine *claim, row fleet.Row, passing bool) {
	mine.row, mine.passing = row, passing
	if passing {
		c.mu.Lock()
		delete(c.of, mine.resolved)
		c.mu.Unlock()
	}
	close(mine.done)
}
