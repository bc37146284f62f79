package diff

import (
	"context"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diff"
)

// Backend is what the screen needs from outside to compare its image with another. It is safe for concurrent use.
type Backend interface {
	// Compare reads another source, or a report that was saved, judges it by whom the reader trusts now, and says what is
	// different in a judged tree that nobody changes meanwhile: the other is what was before. The channel is closed after
	// the answer, or when ctx ends.
	Compare(ctx context.Context, t *model.Tree, other string) <-chan diff.Progress
	// Others are sources that the image may be worth comparing with, as far as they are known without asking anybody:
	// those that were compared in this run first.
	Others(t *model.Tree) []diff.Other
}
