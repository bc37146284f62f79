package ui

import (
	"context"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diff"
)

// Comparer is what the screen needs from outside to compare its image with another. It is safe for concurrent use.
type Comparer interface {
	// Compare reads another source, or a report that was saved, judges it by whom the reader trusts now, and says what is
	// different in a judged tree that nobody changes meanwhile: the other is what was before. The channel is closed after
	// the answer, or when ctx ends.
	Compare(ctx context.Context, t *model.Tree, other string) <-chan diff.Progress
	// Others are sources that the image may be worth comparing with, as far as they are known without asking anybody:
	// those that were compared in this run first.
	Others(t *model.Tree) []Other
}

// Other is a source to compare with.
type Other struct {
	Source string
	Why    string // "compared before", "another tag of this folder"
}
