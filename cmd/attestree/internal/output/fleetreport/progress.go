package fleetreport

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// Progress shows on a terminal's stderr how far a fleet is, and how long it will take if it goes on as it went.
// Nothing from outside is in it.
type Progress struct {
	w      io.Writer
	images int
	now    func() time.Time

	mu           sync.Mutex
	before, done int // of an earlier run, of this one
	problems     int
	began, shown time.Time
}

// NewProgress returns a progress line on w, or one that stays silent when w is nil.
func NewProgress(w io.Writer, images int, now func() time.Time) *Progress {
	return &Progress{w: w, images: images, now: now}
}

// Begin starts the clock. What was done before does not count for the pace.
func (p *Progress) Begin(before int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.before, p.began = before, p.now()
	p.draw(p.began)
}

// Done counts one image, and redraws the line at most ten times a second.
func (p *Progress) Done(problem bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	if problem {
		p.problems++
	}
	if now := p.now(); now.Sub(p.shown) > 100*time.Millisecond {
		p.draw(now)
	}
}

// Clear takes the line away.
func (p *Progress) Clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.w != nil && !p.shown.IsZero() {
		_, _ = io.WriteString(p.w, "\r\x1b[2K")
	}
}

// Line is how far it is and how long it may take, for whoever shows that elsewhere. Nothing from outside is in it.
func (p *Progress) Line() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.line(p.now())
}

func (p *Progress) draw(now time.Time) {
	if p.w == nil {
		return
	}
	p.shown = now
	_, _ = io.WriteString(p.w, "\r\x1b[2Kattestree: "+p.line(now)) // without stderr there is no progress to see
}

// Before these nobody can say how long it will take.
const (
	enoughImages = 20
	enoughTime   = 2 * time.Second
)

func (p *Progress) line(now time.Time) string {
	text := fmt.Sprintf("%d of %d images", p.before+p.done, p.images)
	if p.problems > 0 {
		text += fmt.Sprintf(", %d could not be looked at", p.problems)
	}
	passed := now.Sub(p.began)
	left := p.images - p.before - p.done
	if p.done < enoughImages || passed < enoughTime || left <= 0 {
		return text
	}
	rest := time.Duration(float64(passed) / float64(p.done) * float64(left))
	return fmt.Sprintf("%s, %.1f a second, about %s left", text, float64(p.done)/passed.Seconds(), roughly(rest))
}

// roughly is a length of time as precise as an estimate can be.
func roughly(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", max(int(d.Seconds()), 1))
	case d < 2*time.Hour:
		return fmt.Sprintf("%d min", int(d.Round(time.Minute).Minutes()))
	}
	return fmt.Sprintf("%d h", int(d.Round(time.Hour).Hours()))
}
