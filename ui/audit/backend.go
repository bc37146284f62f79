package audit

import (
	"context"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
)

// Backend is what the screen needs from outside to audit allowed issues. It is safe for concurrent use.
type Backend interface {
	// Audit audits the scans of a judged tree that nobody changes meanwhile. Its error says what could not be read.
	Audit(ctx context.Context, t *model.Tree) (audit.Answer, error)
	// Review adds a decision, of which code, decision, note and reviewer are set, to a file of reviews, and to no file
	// but that. From then on the file counts. It says where that is.
	Review(r audit.Report, d audit.Review, file string) (where string, err error)
	// ExportAudit writes an audit as a Markdown report into a new file and says where.
	ExportAudit(t *model.Tree, answer audit.Answer, file string) (where string, err error)
}
