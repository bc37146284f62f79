package registry

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/fetch"
)

// patience is what one look-up had to wait for because a registry asked for it, or stumbled.
type patience struct {
	mu     sync.Mutex
	waited time.Duration
	times  int
	reason string
}

type patienceKey struct{}

type newsKey struct{}

// withNews says where a person is told while something waits.
func withNews(ctx context.Context, news chan<- model.Finding, over <-chan struct{}) context.Context {
	return context.WithValue(ctx, newsKey{}, func(f model.Finding) {
		select {
		case news <- f:
		case <-over:
		}
	})
}

// withPatience gives what the requests under the context have to wait for.
func withPatience(ctx context.Context) context.Context {
	return context.WithValue(ctx, patienceKey{}, &patience{})
}

// waiting says that a request is about to wait. left is how long it may wait altogether from now on.
func waiting(ctx context.Context, host string, why pause, left time.Duration) {
	if p, _ := ctx.Value(patienceKey{}).(*patience); p != nil {
		p.mu.Lock()
		p.waited += why.length
		p.times++
		p.reason = why.reason
		p.mu.Unlock()
	}
	if tell, _ := ctx.Value(newsKey{}).(func(model.Finding)); tell != nil && why.length >= worthTelling {
		tell(waits(host, why, left))
	}
}

// worthTelling is from when on a person is told of a wait.
const worthTelling = time.Second

// waitText is what requests under the context had to wait for, "" if that is nothing.
func waitText(ctx context.Context) string {
	p, _ := ctx.Value(patienceKey{}).(*patience)
	if p == nil {
		return ""
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.times == 0 {
		return ""
	}
	return fmt.Sprintf("asked %d times over %s: %s", p.times+1, p.waited.Round(100*time.Millisecond), p.reason)
}

// waitedFor adds to an error what was waited for in vain.
func waitedFor(ctx context.Context, err error) error {
	f, text := asFailure(err), waitText(ctx)
	if text == "" || f.kind == KindNotFound {
		return err
	}
	more := *f
	more.detail = fetch.Short(f.detail + "; " + text)
	return &more
}

// waits is the finding that a person sees while a registry is waited for.
func waits(host string, p pause, left time.Duration) model.Finding {
	return model.Finding{
		ID: "waiting", Severity: model.SeverityInfo,
		Message: fetch.Short(fmt.Sprintf("%s: %s; asked again after %s, and given up after %s more",
			host, p.reason, p.length.Round(100*time.Millisecond), max(left, 0).Round(100*time.Millisecond))),
	}
}
