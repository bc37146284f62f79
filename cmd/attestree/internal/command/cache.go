package command

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
)

func newCache(a *run.App) *cobra.Command {
	c := &cobra.Command{
		Use:   "cache",
		Short: "See or clear what is kept of registries",
		Long: `Manifests and payloads are kept under their digests, so that opening an image again asks only for what can have changed:
what the tag names and what is attached. Everything is compared with its digest again whenever it is read, and nothing is
shown before the registry has answered that this run may read the repository. --offline answers from here alone.

--no-cache leaves it out for one run; cache_megabytes in settings.yaml bounds it (1,074 without that).`,
		Args: run.Subcommand,
		RunE: run.Help,
	}
	c.AddCommand(&cobra.Command{
		Use: "info", Short: "Say where it is and how much it holds", Args: run.NoArguments,
		RunE: func(*cobra.Command, []string) error { return cacheInfo(a) },
	}, &cobra.Command{
		Use: "clear", Short: "Remove everything that is kept", Args: run.NoArguments,
		RunE: func(*cobra.Command, []string) error { return cacheClear(a) },
	})
	return c
}

func cacheInfo(a *run.App) error {
	if err := a.Keeping.Settle(); err != nil {
		return err
	}
	kept := a.Contents()
	if kept == nil {
		return a.Say("nothing is kept: the system names no folder for caches, or --no-cache is given\n")
	}
	info, err := kept.Info()
	if err != nil {
		return err
	}
	text := fmt.Sprintf("folder  %s\nholds   %s in %d files, of at most %s\n", info.Folder, megabytes(info.Bytes), info.Files, megabytes(info.Limit))
	if !info.Oldest.IsZero() {
		text += fmt.Sprintf("oldest  last used %s\n", info.Oldest.UTC().Format(time.DateOnly))
	}
	return a.Say(text)
}

func cacheClear(a *run.App) error {
	if err := a.Keeping.Settle(); err != nil {
		return err
	}
	kept := a.Contents()
	if kept == nil {
		return a.Say("nothing is kept\n")
	}
	before, err := kept.Info()
	if err != nil {
		return err
	}
	if err := kept.Clear(); err != nil {
		return err
	}
	return a.Say(fmt.Sprintf("removed %d files (%s) from %s\n", before.Files, megabytes(before.Bytes), before.Folder))
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
