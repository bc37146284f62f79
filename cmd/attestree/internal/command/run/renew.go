package run

import (
	"context"
	"strings"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/command/settings"
	"github.com/attestree/attestree/cmd/attestree/internal/output/rootreport"
	"github.com/attestree/attestree/cmd/attestree/internal/trustlist"
	"github.com/attestree/attestree/verifier/trust"
	"github.com/attestree/attestree/verifier/trust/tuf"
)

const (
	renewAfter    = 24 * time.Hour   // age of what is kept from which a run asks again
	renewPatience = 15 * time.Second // how long a run waits for the mirror before it judges by what is kept
)

// renewRoot updates what is kept where the settings ask for it and it is older than a day. A run judges by one root
// from start to end, so this happens before anything is judged. A mirror that does not answer costs a note.
func (a *App) renewRoot(ctx context.Context) (notes []string, err error) {
	s, err := settings.Read()
	if err != nil || !s.UpdateTrustedRoot {
		return nil, err
	}
	kept, err := tuf.Inspect(tuf.Folder(trust.PublicGoodName))
	if err == nil && a.Now().Sub(kept.FetchedAt) < renewAfter {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, renewPatience)
	defer cancel()
	if _, _, err := a.newestRoot(trust.PublicGoodName)(ctx); err != nil {
		return []string{err.Error()}, nil
	}
	return nil, nil
}

// newestRoot asks an instance's mirror for its newest trusted root, and says what changed.
func (a *App) newestRoot(name string) trustlist.UpdateRoot {
	return func(ctx context.Context) (trust.Root, string, error) {
		root, change, err := tuf.Update(ctx, tuf.Options{
			Dir: tuf.Folder(name), UserAgent: a.Agent(), Now: a.Now,
		})
		if err != nil {
			return root, "", err
		}
		said, _, _ := strings.Cut(rootreport.Change(name, root, change), "\n")
		return root, said, nil
	}
}
