package doctor

import (
	"context"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
)

// Backend is what the screen needs from outside to hold policy files against its image. It is safe for concurrent use.
type Backend interface {
	// PolicyFiles are the files that are examined at first: those that flags name, the reader's own policy among them,
	// and those of an examination before in this run.
	PolicyFiles() []string
	// Examine reads policy files and says what each of their rules makes of a judged tree, which nobody changes
	// meanwhile. A file that cannot be read has a rule that says so.
	Examine(ctx context.Context, t *model.Tree, files []string) diagnosis.Examination
}
