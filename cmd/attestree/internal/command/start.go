package command

import (
	"context"
	"errors"
	"strings"

	"github.com/attestree/attestree/ui"
)

// opener opens sources that were chosen on the screen.
type opener struct{ app *app }

// Explore makes the explorer on another source than the command line names.
func (o opener) Explore(ctx context.Context, source string) (ui.App, error) {
	for _, prefix := range []string{"", "archive:", "file:"} {
		if source == prefix+"-" {
			return ui.App{}, errors.New("standard input is the keyboard here; open a file")
		}
	}
	return o.app.another().screen(ctx, strings.TrimSpace(source))
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
