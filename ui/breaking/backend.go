package breaking

import (
	"context"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/breaking"
)

// Backend is what the screen needs from outside to break evidence on purpose. Nothing of it becomes part of a tree. It is
// safe for concurrent use.
type Backend interface {
	// Breaks lists the ways in which a node's evidence can be broken, none for what carries no signature.
	Breaks(e *model.Entry) []breaking.Break
	// Break breaks it in one of them, in memory, and judges what comes out as everything is judged.
	Break(ctx context.Context, e *model.Entry, id breaking.ID, variant int) (breaking.Broken, model.Report, error)
}
