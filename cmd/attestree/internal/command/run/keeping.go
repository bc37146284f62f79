package run

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/settings"
	"github.com/attestree/attestree/registry/aside"
	"github.com/attestree/attestree/registry/cache"
	"github.com/attestree/attestree/ui/safe"
)

// keeping is what a run keeps of registries for later ones. Its zero value keeps nothing.
type keeping struct {
	Off   bool // --no-cache
	pace  settings.Pace
	cache *cache.Cache
	shelf *aside.Shelf // where large payloads lie while there is a screen
}

// Register adds the flag.
func (k *keeping) Register(root *cobra.Command) {
	root.PersistentFlags().BoolVar(&k.Off, "no-cache", false, "neither read nor keep what registries sent (see attestree cache)")
}

// Contents is the cache of this run, nil where nothing is kept.
func (a *App) Contents() *cache.Cache {
	if a.Keeping.Off || a.CacheFolder == "" {
		return nil
	}
	if a.Keeping.cache == nil {
		a.Keeping.cache = cache.Open(a.CacheFolder, a.Keeping.pace.CacheLimit())
	}
	return a.Keeping.cache
}

// Settle reads what the settings say of it.
func (k *keeping) Settle() error {
	s, err := settings.Read()
	k.pace = s.Pace
	return err
}

// Close ends the use of the cache. That nothing could be kept changes no answer; it is said once, at the end.
func (k *keeping) Close(stderr io.Writer) {
	if k.cache == nil {
		return
	}
	k.cache.Close()
	if err := k.cache.Problem(); err != nil {
		_, _ = io.WriteString(safe.NewWriter(stderr), fmt.Sprintf("attestree: note: nothing more is kept for later: %v\n", err))
	}
}
