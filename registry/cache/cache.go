package cache

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"sync"
	"time"

	"github.com/adrg/xdg"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/aside"
)

// defaultLimit is how many bytes a cache holds where nobody says otherwise.
const defaultLimit = 1 << 30

// Folder is where the user's cache is, "" where the system names no absolute place for such things.
func Folder() string {
	if !filepath.IsAbs(xdg.CacheHome) {
		return ""
	}
	return filepath.Join(xdg.CacheHome, "attestree", "registry")
}

// Cache is a folder of content and records. It is safe for concurrent use, by several processes too. A nil Cache holds
// nothing and takes nothing.
type Cache struct {
	dir   string
	limit int64
	disk  disk
	now   func() time.Time

	mu      sync.Mutex
	counted int64 // bytes written and not yet added to the common count
	problem error // why nothing is written any more
}

// Open is the cache in a folder, which is made by the first write. It holds about limit bytes, defaultLimit where that
// is not positive.
func Open(dir string, limit int64) *Cache {
	if limit <= 0 {
		limit = defaultLimit
	}
	return &Cache{dir: dir, limit: limit, disk: &folder{path: dir}, now: time.Now}
}

// largest is the part of the whole that one entry may take.
const largest = 4

// touchAfter is how old the mark of the last use may become before a read renews it: a write for every read would be
// too much.
const touchAfter = time.Hour

// contentName is the file of some content. Two digits of the digest keep folders small.
func contentName(space string, digest model.Digest) string {
	owner := sha256.Sum256([]byte(space))
	digits := digest.Hex()
	return path.Join("content", digits[:2], hex.EncodeToString(owner[:8])+"-"+digest.Algorithm()+"-"+digits)
}

// Get is what was kept under a digest for space, a repository; nil if there is nothing, or if it is not what was kept,
// in which case it is removed. At most limit bytes are read.
func (c *Cache) Get(space string, digest model.Digest, limit int64) []byte {
	return c.GetOnto(nil, space, digest, limit)
}

// GetOnto is Get for what may be large: it lies on a shelf afterwards.
func (c *Cache) GetOnto(s *aside.Shelf, space string, digest model.Digest, limit int64) []byte {
	if c == nil || !digest.Valid() {
		return nil
	}
	name := contentName(space, digest)
	raw, used, err := c.disk.read(name, min(limit, c.limit/largest), s)
	switch {
	case errors.Is(err, errTooLarge):
		return nil // somebody else's limits may be wider
	case err != nil:
		c.unreadable(name, err)
		return nil
	case !s.Matches(digest, raw):
		_ = c.disk.remove(name) // if it stays, it will be found out again
		return nil
	}
	c.used(name, used)
	return raw
}

// Put keeps content under its digest for space. Content that does not match is not kept.
func (c *Cache) Put(space string, digest model.Digest, raw []byte) {
	c.PutFrom(nil, space, digest, raw)
}

// PutFrom is Put for what may lie on a shelf.
func (c *Cache) PutFrom(s *aside.Shelf, space string, digest model.Digest, raw []byte) {
	if c == nil || !digest.Valid() || int64(len(raw)) > c.limit/largest || !s.Matches(digest, raw) {
		return
	}
	c.write(contentName(space, digest), raw, s)
}

// used renews the mark of the last use.
func (c *Cache) used(name string, before time.Time) {
	if now := c.now(); now.Sub(before) > touchAfter || before.After(now) {
		_ = c.disk.touch(name, now) // without the mark it goes earlier, no more
	}
}

// unreadable takes out of the way what is there and cannot be read.
func (c *Cache) unreadable(name string, err error) {
	if !errors.Is(err, fs.ErrNotExist) {
		_ = c.disk.remove(name)
	}
}

// Problem is why nothing is kept any more, nil as long as everything could be written.
func (c *Cache) Problem() error {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.problem
}

// write makes a file that appears whole or not at all. It is not synced: after a power cut its bytes may be wrong, which
// the next read finds out. After the first failure nothing is written any more.
func (c *Cache) write(name string, raw []byte, s *aside.Shelf) {
	if c.Problem() != nil {
		return
	}
	if err := c.disk.write(name, raw, s); err != nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.problem = fmt.Errorf("write to the cache %s: %w", c.dir, err)
		return
	}
	c.count(int64(len(raw)))
}
