package command

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/registry/cache"
	"github.com/attestree/attestree/ui/safe"
)

// keeping is what a run keeps of registries for later ones. Its zero value keeps nothing.
type keeping struct {
	off   bool // --no-cache
	pace  pace
	cache *cache.Cache
}

func (k *keeping) register(root *cobra.Command) {
	root.PersistentFlags().BoolVar(&k.off, "no-cache", false, "neither read nor keep what registries sent (see attestree cache)")
}

// contents is the cache of this run, nil where nothing is kept.
func (a *app) contents() *cache.Cache {
	if a.keeping.off || a.CacheFolder == "" {
		return nil
	}
	if a.keeping.cache == nil {
		a.keeping.cache = cache.Open(a.CacheFolder, a.keeping.pace.cacheLimit())
	}
	return a.keeping.cache
}

// settle reads what the settings say of it.
func (k *keeping) settle() error {
	s, err := readSettings()
	k.pace = s.pace
	return err
}

// close ends the use of the cache. That nothing could be kept changes no answer; it is said once, at the end.
func (k *keeping) close(stderr io.Writer) {
	if k.cache == nil {
		return
	}
	k.cache.Close()
	if err := k.cache.Problem(); err != nil {
		_, _ = io.WriteString(safe.NewWriter(stderr), fmt.Sprintf("attestree: note: nothing more is kept for later: %v\n", err))
	}
}

func newCache(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "cache",
		Short: "See or clear what is kept of registries",
		Long: `Manifests and payloads are kept under their digests, so that opening an image again asks only for what can have changed:
what the tag names and what is attached. Everything is compared with its digest again whenever it is read, and nothing is
shown before the registry has answered that this run may read the repository. --offline answers from here alone.

--no-cache leaves it out for one run; cache_megabytes in settings.yaml bounds it (1,074 without that).`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(&cobra.Command{
		Use: "info", Short: "Say where it is and how much it holds", Args: noArguments,
		RunE: func(*cobra.Command, []string) error { return a.cacheInfo() },
	}, &cobra.Command{
		Use: "clear", Short: "Remove everything that is kept", Args: noArguments,
		RunE: func(*cobra.Command, []string) error { return a.cacheClear() },
	})
	return c
}

func (a *app) cacheInfo() error {
	if err := a.keeping.settle(); err != nil {
		return err
	}
	kept := a.contents()
	if kept == nil {
		return a.say("nothing is kept: the system names no folder for caches, or --no-cache is given\n")
	}
	info, err := kept.Info()
	if err != nil {
		return err
	}
	text := fmt.Sprintf("folder  %s\nholds   %s in %d files, of at most %s\n", info.Folder, megabytes(info.Bytes), info.Files, megabytes(info.Limit))
	if !info.Oldest.IsZero() {
		text += fmt.Sprintf("oldest  last used %s\n", info.Oldest.UTC().Format(time.DateOnly))
	}
	return a.say(text)
}

func (a *app) cacheClear() error {
	if err := a.keeping.settle(); err != nil {
		return err
	}
	kept := a.contents()
	if kept == nil {
		return a.say("nothing is kept\n")
	}
	before, err := kept.Info()
	if err != nil {
		return err
	}
	if err := kept.Clear(); err != nil {
		return err
	}
	return a.say(fmt.Sprintf("removed %d files (%s) from %s\n", before.Files, megabytes(before.Bytes), before.Folder))
}

func (a *app) say(text string) error {
	_, err := io.WriteString(safe.NewWriter(a.Stdout), text)
	return err
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
