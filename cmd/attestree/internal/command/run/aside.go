package run

import (
	"path/filepath"

	"github.com/attestree/attestree/registry/aside"
)

// PutAside has large payloads lie where they take no memory of the screen's, in a folder of the cache's. Where nothing is
// kept they stay in memory, as they do for commands that end by themselves.
func (a *App) PutAside() {
	if a.Contents() != nil {
		a.Keeping.shelf = aside.New(filepath.Join(a.CacheFolder, "aside"))
	}
}

// Stirred says that payloads may be read for a moment.
func (a *App) Stirred() { a.Keeping.shelf.Stir() }
