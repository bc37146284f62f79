package cache

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

const (
	// overhead is what a file takes beside its bytes.
	overhead = 512
	// grain is how many bytes are counted as one. The common count is a file that grows by one byte for each: appending
	// needs no lock, whoever else appends.
	grain = 64 << 10
	// sweepPart is the part of the limit that may be written between two sweeps, so that the whole stays below it.
	sweepPart = 16
	// abandoned is how old an unfinished file is that nobody will finish.
	abandoned = time.Hour
)

const (
	countFile  = "written"
	unfinished = "tmp"
)

// count adds to what was written since the last sweep, and sweeps when that is enough.
func (c *Cache) count(written int64) {
	c.mu.Lock()
	c.counted += written + overhead
	grains := c.counted / grain
	c.counted -= grains * grain
	c.mu.Unlock()
	c.add(grains)
}

// Close counts what is left. The cache may be used on.
func (c *Cache) Close() {
	if c == nil {
		return
	}
	c.mu.Lock()
	left := c.counted
	c.counted = 0
	c.mu.Unlock()
	if left > 0 {
		c.add(1)
	}
}

func (c *Cache) add(grains int64) {
	if grains == 0 {
		return
	}
	total, err := c.disk.grow(countFile, int(grains))
	if err != nil || total*grain >= c.limit/sweepPart {
		c.sweep()
	}
}

// sweep removes what was used longest ago until there is room again. Two processes that sweep at once remove the same.
func (c *Cache) sweep() {
	all, err := c.disk.list()
	if err != nil {
		return // the next sweep tries again
	}
	now, total := c.now(), int64(0)
	for _, e := range all {
		total += e.size + overhead
	}
	slices.SortFunc(all, func(a, b entry) int { return a.used.Compare(b.used) })
	for _, e := range all {
		dead := strings.HasPrefix(e.name, unfinished+"/") && now.Sub(e.used) > abandoned
		if dead || total > c.limit-c.limit/sweepPart && e.name != countFile {
			if c.disk.remove(e.name) == nil {
				total -= e.size + overhead
			}
		}
	}
	_ = c.disk.remove(countFile) // if it stays, the next sweep comes early
}

// Info says what a cache holds.
type Info struct {
	Folder string
	Files  int
	Bytes  int64     // of all files
	Limit  int64     // bytes
	Oldest time.Time // when what was not used for the longest time was used; zero if there is nothing
}

// Info counts what is there.
func (c *Cache) Info() (Info, error) {
	info := Info{Folder: c.dir, Limit: c.limit}
	all, err := c.disk.list()
	if err != nil {
		return info, fmt.Errorf("read the cache %s: %w", c.dir, err)
	}
	for _, e := range all {
		if e.name == countFile {
			continue
		}
		info.Files++
		info.Bytes += e.size
		if info.Oldest.IsZero() || e.used.Before(info.Oldest) {
			info.Oldest = e.used
		}
	}
	return info, nil
}

// Clear removes everything that a cache put into its folder, and nothing else.
func (c *Cache) Clear() error {
	if err := c.disk.clear(); err != nil {
		return fmt.Errorf("clear the cache %s: %w", c.dir, err)
	}
	return nil
}
