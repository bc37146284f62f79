package github

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Of many images each asks about several digests. So an API that has said until when it answers nothing is not asked
// before, and one that answers nothing at all is asked now and then only.
const (
	mostSilence = 6  // requests without an answer in a row, after which
	probing     = 16 // only every such request is made
	longest     = 2 * time.Hour
)

// quiet is what is known of an API that does not answer. Its zero value knows nothing.
type quiet struct {
	mu      sync.Mutex
	until   time.Time
	silence int
	skipped int
	why     trouble
}

// kept says why a request is not made, nil if it is.
func (q *quiet) kept(now time.Time) *trouble {
	q.mu.Lock()
	defer q.mu.Unlock()
	if now.Before(q.until) {
		return failed(q.why.status, "not asked before %s: %s", q.until.UTC().Format(time.RFC3339), q.why.detail)
	}
	if q.silence < mostSilence {
		return nil
	}
	if q.skipped++; q.skipped%probing == 0 {
		return nil
	}
	return failed(q.why.status, "not asked, since it did not answer %d times in a row: %s", q.silence, q.why.detail)
}

// heard takes note of how a request ended.
func (q *quiet) heard(t *trouble, h http.Header, now time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if t == nil || t.code != 0 && t.code < 500 {
		q.silence = 0
	}
	switch {
	case t == nil:
	case t.code == 0 || t.code >= 500:
		q.silence++
		q.why = *t
	case limited(t.code) && h.Get("X-RateLimit-Remaining") == "0":
		seconds, err := strconv.ParseInt(h.Get("X-RateLimit-Reset"), 10, 64)
		if err != nil || seconds <= 0 || seconds > 1<<40 {
			return
		}
		if until := time.Unix(seconds, 0); until.After(q.until) && until.Sub(now) < longest {
			q.until, q.why = until, *t
		}
	}
}
