package run

import (
	"context"
	"errors"
	"fmt"

	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry"
)

// perhapsMeant has a source that cannot be opened say which command is spelled nearly so. It is said only then: an image
// may have such a name, as rust is nearly trust.
func (a *App) perhapsMeant(discover session.Discover) session.Discover {
	if a.Meant == "" {
		return discover
	}
	return func(ctx context.Context, emit func(model.Event)) error {
		err := discover(ctx, emit)
		var failed *registry.SourceError
		if !errors.As(err, &failed) {
			return err
		}
		said := *failed
		said.Hint = fmt.Sprintf("if the command %s was meant, see attestree %s --help", a.Meant, a.Meant)
		if failed.Hint != "" {
			said.Hint += "; for an image, " + failed.Hint
		}
		return &said
	}
}
