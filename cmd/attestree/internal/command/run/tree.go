package run

import (
	"context"
	"fmt"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/model"
)

// Look folds a whole session into a tree. It fails when discovery could not finish: half a tree is never called whole.
func (a *App) Look(ctx context.Context, j Job) (*model.Tree, error) {
	tree := model.NewTree()
	err := a.Fold(ctx, j.Session(), tree)
	if j.Verify {
		tree.Judge()
	}
	return tree, err
}

// Fold runs a session into a tree, and shows on stderr how far it is where somebody watches.
func (a *App) Fold(ctx context.Context, s *session.Session, tree *model.Tree) error {
	progress := output.NewProgress(nil, a.Now)
	if a.Progress {
		progress = output.NewProgress(a.Stderr, a.Now)
	}
	err := s.Run(ctx, func(e model.Event) {
		tree.Apply(e)
		progress.Observe(e)
	})
	progress.Clear()
	return err
}

// Judge prepares a source, looks at it and judges everything that is attached.
func (a *App) Judge(ctx context.Context, source string) (Job, *model.Tree, error) {
	j, err := a.PrepareJudging(ctx, source)
	if err != nil {
		return Job{}, nil, err
	}
	tree, err := a.Look(ctx, j)
	return j, tree, err
}

// Incomplete reports whether something may be attached that was not seen.
func Incomplete(t *model.Tree) bool {
	if t.Err != nil || !t.Found {
		return true
	}
	for _, l := range t.Lookups {
		if l.Status.Incomplete() {
			return true
		}
	}
	return false
}

// Outdated reports whether a tag was answered from the cache: nobody knows what it names by now. A digest names the same
// for ever.
func Outdated(t *model.Tree) bool {
	return !t.AsOf.IsZero() && t.Root() != nil && t.Root().Node.Tag != ""
}

// Unseen says why something may be attached that was not seen, "" if all was.
func Unseen(t *model.Tree) string {
	if t.Err != nil {
		return t.Err.Error()
	}
	for _, l := range t.Lookups {
		if l.Status.Incomplete() {
			return fmt.Sprintf("%s of %s was %s", l.Mechanism, l.Subject.Short(), l.Status)
		}
	}
	if n := t.Counts()[model.Unavailable]; n > 0 {
		return fmt.Sprintf("%d of what is attached could not be had", n)
	}
	return ""
}

// Noted are the sentences about a whole tree: that it is from the cache, for one.
func Noted(t *model.Tree) (list []string) {
	for _, n := range t.Notes {
		list = append(list, n.Message)
	}
	return list
}
