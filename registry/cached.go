package registry

import (
	"context"
	"sync"

	"github.com/google/go-containerregistry/pkg/name"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/aside"
	"github.com/attestree/attestree/registry/cache"
)

// cached is what was kept of one repository. It stays shut until the registry has answered this very run with a manifest
// of the repository: who may not read it today gets nothing of what could be read yesterday, and neither does whoever
// shares the machine's account but not the credentials. It is a repository's own: what another one brought is not seen.
type cached struct {
	cache *cache.Cache
	space string

	once sync.Once
	open chan struct{} // closed when the registry has answered
	// waits is true for the image's own repository, whose root is always asked for: its answer is worth waiting for.
	waits bool
}

func newCached(repo name.Repository, c *cache.Cache) *cached {
	return &cached{cache: c, space: normalName(repo), open: make(chan struct{})}
}

// admit opens it.
func (c *cached) admit() { c.once.Do(func() { close(c.open) }) }

// get is what is kept under a digest, on a shelf if it is large, nil if that is nothing or may not be read.
func (c *cached) get(ctx context.Context, s *aside.Shelf, digest model.Digest, limit int64) []byte {
	raw := c.cache.GetOnto(s, c.space, digest, limit)
	if raw == nil {
		return nil
	}
	if !c.waits {
		select {
		case <-c.open:
			return raw
		default:
			return nil
		}
	}
	select {
	case <-c.open:
		return raw
	case <-ctx.Done():
		return nil
	}
}

// keep keeps a manifest or payload that has been compared with its digest.
func (c *cached) keep(s *aside.Shelf, digest model.Digest, raw []byte) {
	c.cache.PutFrom(s, c.space, digest, raw)
}
