// Package screen opens package ui on a source, and does what is asked for there: it is the ui.Backend of a session, with
// audits, comparisons, policies and exports. Where there is no screen it talks in lines.
//
// It knows ui and what a run is. It must not draw; and into no file does it write but one that the person named.
package screen

import (
	"context"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/command/ecosystem"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/cmd/attestree/internal/trustlist"
	"github.com/attestree/attestree/model"
)

// backend is what the screen works with: a session, and the trust that its verdicts rest on.
type backend struct {
	*session.Session
	*trustlist.List
	*auditor
	*differ
	*examiner
	wraps   *ecosystem.ImageFlags
	changed <-chan error
	now     func() time.Time // that things are judged by
}

// newBackend is what a job's screen works with. What it watches ends with ctx.
func newBackend(ctx context.Context, a *run.App, j run.Job) (backend, error) {
	audits, err := newAuditor(a, j)
	if err != nil {
		return backend{}, err
	}
	return backend{
		Session: j.Session(), List: j.Trust, auditor: audits, differ: newDiffer(a, j), examiner: newExaminer(a, j),
		wraps: &a.Flags.Wraps, changed: j.Trust.Watch(ctx), now: j.At,
	}, nil
}

// Verify is the session's: the list judges one node at a time, and is asked by the session.
func (b backend) Verify(ctx context.Context, ids []string) <-chan []model.Event {
	return b.Session.Verify(ctx, ids)
}

// Policy is the list's answer, and what verify makes of the package inside.
func (b backend) Policy(t *model.Tree) model.PolicyAnswer {
	return b.wraps.Answer(b.List.Policy(t), b.wraps.Summaries(t, b.Pinned()))
}

// Propose narrows an entry to the repository that is looked at.
func (b backend) Propose(e *model.Entry) (model.TrustedSigner, error) {
	return b.List.Propose(e, b.Repository())
}

// Changed tells of the policy file.
func (b backend) Changed() <-chan error { return b.changed }
