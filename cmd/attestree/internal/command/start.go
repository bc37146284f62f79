package command

import (
	"context"
	"errors"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/cmd/attestree/internal/state"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry"
	"github.com/attestree/attestree/ui"
)

// start shows the screen where a source is chosen.
func (a *app) start(ctx context.Context) error {
	if err := a.flags.validate(); err != nil {
		return err
	}
	if err := a.keeping.settle(); err != nil {
		return err
	}
	return a.show(ctx, opener{a}.Begin())
}

// show runs the screen, from which others can be opened.
func (a *app) show(ctx context.Context, first ui.Screen) error {
	a.contents() // opened before anything runs at the same time
	return ui.Run(ctx, ui.NewShell(opener{a}, a.drawing(), first))
}

// opener opens what is chosen on the screen.
type opener struct{ app *app }

// Begin makes the start screen.
func (o opener) Begin() ui.Start {
	a := o.app
	return ui.NewStart(shelf{a.remembered()}, ui.Beginning{
		Tool: "attestree " + a.version, Offline: a.flags.offline, Demo: demoSource, Now: a.Now(),
	}, a.drawing())
}

// Explore makes the explorer on another source than the command line names.
func (o opener) Explore(ctx context.Context, source string) (ui.App, error) {
	for _, prefix := range []string{"", "archive:", "file:"} {
		if source == prefix+"-" {
			return ui.App{}, errors.New("standard input is the keyboard here; open a file")
		}
	}
	return o.app.another().screen(ctx, registry.Unambiguous(source))
}

// another is the program for another source: with the trust and the settings of this run, without what the flags say of
// the one that was named with them. A name, a file or a digest that belongs to one image would make another one look
// better or worse than it is.
func (a *app) another() *app {
	next := *a
	f := &next.flags
	f.as, f.artifact, f.digest, f.platform = "", "", "", ""
	f.github, f.wraps = githubFlags{}, wrapFlags{}
	f.audit.spec, f.audit.evidence = "", ""
	return &next
}

// remembered is what was opened in other runs, nothing where that is not wanted.
func (a *app) remembered() state.Store {
	if a.flags.noHistory {
		return state.Open("")
	}
	return state.Open(a.StateFolder)
}

// remembering has a source be remembered once something was found in it: a slip of the pen is not worth it. That it
// cannot be remembered keeps nobody from looking at it.
func (a *app) remembering(source string, discover session.Discover) session.Discover {
	settled, ok := registry.Settled(source)
	if source == demoSource || !ok {
		return discover
	}
	return func(ctx context.Context, emit func(model.Event)) error {
		known := false
		return discover(ctx, func(e model.Event) {
			if _, found := e.(model.NodeFound); found && !known {
				known = true
				_ = a.remembered().Remember(settled, a.Now())
			}
			emit(e)
		})
	}
}

// shelf is what the start screen offers.
type shelf struct{ store state.Store }

// Opened lists what was opened before.
func (s shelf) Opened() ([]ui.Opened, error) {
	list, err := s.store.Opened()
	if err != nil {
		return nil, err
	}
	out := make([]ui.Opened, 0, len(list))
	for _, o := range list {
		out = append(out, ui.Opened{Source: registry.Unambiguous(o.Source), At: o.At})
	}
	return out, nil
}

// Forget has a source not be listed again.
func (s shelf) Forget(source string) error {
	if settled, ok := registry.Settled(source); ok {
		return s.store.Forget(settled)
	}
	return s.store.Forget(source) // of a path that is gone
}

// lookAround is how long a look around the folder may take.
const lookAround = 3 * time.Second

// Nearby lists images in the current folder.
func (shelf) Nearby(ctx context.Context) ([]ui.Offered, bool) {
	ctx, cancel := context.WithTimeout(ctx, lookAround)
	defer cancel()
	offers, all := registry.Nearby(ctx, ".")
	out := make([]ui.Offered, 0, len(offers))
	for _, o := range offers {
		out = append(out, ui.Offered{Source: o.Source, Name: o.Name, What: o.What})
	}
	return out, all
}
