package trustlist

import (
	"context"
	"errors"
	"slices"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// UpdateRoot gets the newest form of a trusted root and says in a sentence what changed.
type UpdateRoot func(ctx context.Context) (trust.Root, string, error)

// errFixedRoots is where the roots are not ours to renew.
var errFixedRoots = errors.New("nobody is asked in this run: it is offline, or judges by a root that was given")

// Roots are the trusted roots that decide now.
func (l *List) Roots() []model.TrustRoot {
	l.mu.Lock()
	defer l.mu.Unlock()
	infos := make([]model.TrustRoot, 0, len(l.config.Roots))
	for _, r := range l.config.Roots {
		infos = append(infos, r.Info)
	}
	return infos
}

// TrustedRoots are the roots that decide now, with what they hold.
func (l *List) TrustedRoots() []trust.Root {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.config.Roots)
}

// UpdateRoot asks for the newest trusted root, on request only, and judges by it from then on. It returns what changed,
// in a sentence. When it fails, everything stays as it was.
func (l *List) UpdateRoot(ctx context.Context) (string, error) {
	if l.config.UpdateRoot == nil {
		return "", errFixedRoots
	}
	root, change, err := l.config.UpdateRoot(ctx)
	if err != nil {
		return "", err
	}
	return change, l.change(func() error {
		at := slices.IndexFunc(l.config.Roots, func(r trust.Root) bool { return r.Info.Name == root.Info.Name })
		if at < 0 {
			return errFixedRoots
		}
		l.config.Roots = slices.Clone(l.config.Roots)
		l.config.Roots[at] = root
		return nil
	})
}
