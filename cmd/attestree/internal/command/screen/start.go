package screen

import (
	"context"
	"errors"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/pack"
	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/cmd/attestree/internal/state"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry"
	"github.com/attestree/attestree/ui"
	"github.com/attestree/attestree/ui/screen"
	"github.com/attestree/attestree/ui/start"
)

// Start shows the screen where a source is chosen.
func Start(ctx context.Context, a *run.App) error {
	if err := a.Flags.Validate(); err != nil {
		return err
	}
	if err := a.Keeping.Settle(); err != nil {
		return err
	}
	return Show(ctx, a, opener{a}.Begin())
}

// Show runs the screen, from which others can be opened.
func Show(ctx context.Context, a *run.App, first screen.Screen) error {
	a.PutAside() // opens the cache too, before anything runs at the same time
	return ui.Run(ctx, ui.NewShell(opener{a}, Drawing(a), first))
}

// opener opens what is chosen on the screen.
type opener struct{ app *run.App }

// Begin makes the start screen.
func (o opener) Begin() start.Screen {
	a := o.app
	return start.New(shelf{remembered(a)}, start.About{
		Tool: a.Tool(), Offline: a.Flags.Offline, Demo: run.DemoSource, Now: a.Now(),
	}, Drawing(a).Drawing)
}

// Explore makes the explorer on another source than the command line names.
func (o opener) Explore(ctx context.Context, source string) (ui.App, error) {
	for _, prefix := range []string{"", "archive:", "file:"} {
		if source == prefix+"-" {
			return ui.App{}, errors.New("standard input is the keyboard here; open a file")
		}
	}
	return explorer(ctx, o.app.Another(), registry.Unambiguous(source))
}

// remembered is what was opened in other runs, nothing where that is not wanted.
func remembered(a *run.App) state.Store {
	if a.Flags.NoHistory {
		return state.Open("")
	}
	return state.Open(a.StateFolder)
}

// remembering has a source be remembered once something was found in it: a slip of the pen is not worth it. That it
// cannot be remembered keeps nobody from looking at it.
func remembering(a *run.App, source string, discover session.Discover) session.Discover {
	settled, ok := registry.Settled(source)
	if source == run.DemoSource || !ok {
		return discover
	}
	return func(ctx context.Context, emit func(model.Event)) error {
		known := false
		return discover(ctx, func(e model.Event) {
			if _, found := e.(model.NodeFound); found && !known {
				known = true
				_ = remembered(a).Remember(settled, a.Now())
			}
			emit(e)
		})
	}
}

// shelf is what the start screen offers.
type shelf struct{ store state.Store }

// Opened lists what was opened before.
func (s shelf) Opened() ([]start.Opened, error) {
	list, err := s.store.Opened()
	if err != nil {
		return nil, err
	}
	out := make([]start.Opened, 0, len(list))
	for _, o := range list {
		out = append(out, start.Opened{Source: registry.Unambiguous(o.Source), At: o.At})
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
func (shelf) Nearby(ctx context.Context) ([]start.Offered, bool) {
	ctx, cancel := context.WithTimeout(ctx, lookAround)
	defer cancel()
	offers, all := registry.Nearby(ctx, ".")
	out := make([]start.Offered, 0, len(offers))
	for _, o := range offers {
		if pack.Is(ctx, o.Path) {
			o.What = "evidence pack"
		}
		out = append(out, start.Offered{Source: o.Source, Name: o.Name, What: o.What})
	}
	return out, all
}
