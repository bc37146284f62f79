package output

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/attestree/attestree/model"
)

// Progress shows on a terminal's stderr how far a session without a screen has come. It writes a line of its own words
// and numbers over itself; nothing from outside is in it.
type Progress struct {
	w io.Writer

	mu            sync.Mutex
	found, judged int
	shown         time.Time
	now           func() time.Time
}

// NewProgress returns a progress line on w, or one that stays silent when w is nil.
func NewProgress(w io.Writer, now func() time.Time) *Progress { return &Progress{w: w, now: now} }

// Observe counts an event and redraws the line at most ten times a second.
func (p *Progress) Observe(e model.Event) {
	if p.w == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e.(type) {
	case model.NodeFound:
		p.found++
	case model.Judged:
		p.judged++
	default:
	}
	if now := p.now(); now.Sub(p.shown) > 100*time.Millisecond {
		p.shown = now
		p.write(fmt.Sprintf("\r\x1b[2Kattestree: %d found, %d verified", p.found, p.judged))
	}
}

// Clear takes the line away.
func (p *Progress) Clear() {
	if p.w == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.shown.IsZero() {
		p.write("\r\x1b[2K")
	}
}

// write draws the line. A stderr that cannot be written to costs the person the progress, and nothing else.
func (p *Progress) write(s string) { _, _ = io.WriteString(p.w, s) }
