package fleet

import (
	"context"
	"sync"

	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/model"
)

// memo is a judge that judges one and the same evidence once. Bytes are compared with their digests before they come
// here, so that what a manifest names by digest is the same wherever it was copied to.
type memo struct {
	judge        session.Judge
	byRepository bool

	mu    sync.Mutex
	of    map[question]*answer
	order []question // oldest first
}

// question is everything that a verdict depends on, under one verifier. The node's ID commits to the manifest that holds
// the signature, with its annotations.
type question struct {
	id, format, repository string
	blob, subject          model.Digest
}

type answer struct {
	mu     sync.Mutex
	known  bool
	report model.Report
}

// mostAnswers bounds how many reports are kept; the oldest go first.
const mostAnswers = 2048

func newMemo(judge session.Judge, byRepository bool) *memo {
	return &memo{judge: judge, byRepository: byRepository, of: map[question]*answer{}}
}

// Verify judges evidence, or remembers how it was judged.
func (m *memo) Verify(ctx context.Context, ev model.Evidence) model.Report {
	if ev.Blob == nil || !ev.Node.Format.Signed() || !ev.Node.Blob.Digest.Valid() {
		return m.judge.Verify(ctx, ev)
	}
	q := question{id: ev.Node.ID, format: string(ev.Node.Format), blob: ev.Node.Blob.Digest, subject: ev.Subject}
	if m.byRepository {
		q.repository = ev.Repository
	}
	a := m.answer(q)
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.known {
		return a.report
	}
	report := m.judge.Verify(ctx, ev)
	if ctx.Err() == nil && report.Verdict != model.Unchecked {
		a.report, a.known = report, true
	}
	return report
}

func (m *memo) answer(q question) *answer {
	m.mu.Lock()
	defer m.mu.Unlock()
	if a := m.of[q]; a != nil {
		return a
	}
	if len(m.order) >= mostAnswers {
		delete(m.of, m.order[0])
		m.order = m.order[1:]
	}
	a := &answer{}
	m.of[q] = a
	m.order = append(m.order, q)
	return a
}
