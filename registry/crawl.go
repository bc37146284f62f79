package registry

import (
	"context"
	"time"

	"github.com/attestree/attestree/model"
)

// crawl is one discovery. Everything in it belongs to the goroutine that runs loop; tasks do input only and hand back
// what the loop is to do with it, so that nothing here needs a lock and events are emitted one after another.
type crawl struct {
	limits   Limits
	platform string
	tag      string // the tag asked for, "" for a digest
	as       string // reference that a layout stands for
	report   func(model.Event)
	resolved bool          // the root is in the tree, so events may go out
	held     []model.Event // until then
	places   []place       // the image's own, then COSIGN_REPOSITORY

	queue    queue
	running  int // tasks that somebody waits for
	guessing int // tasks that nobody waits for
	results  chan result
	news     chan model.Finding
	err      error        // why the root could not be had
	root     model.Digest // "" until it has come
	expected model.Digest // the root that guesses are about
	asOf     time.Time    // when all this was so; zero for now

	subjects    map[model.Digest]*subject
	openings    map[model.Digest]*opening
	attachments map[attachmentKey]*attachment
	plain       map[model.Digest]model.Digest // of an attached manifest: the subject under which its nodes have plain IDs
	payloads    map[payloadKey]*payload
	images      map[model.Digest]*image // the root and the children of indexes
	turns       map[question]*turns
	noLister    map[place]string // the referrers API is known to be unsupported
	doubtful    map[place][]func(unsupported string)
	memory      int64 // bytes held
}

func newCrawl(places []place, opts Options, emit func(model.Event)) *crawl {
	return &crawl{
		limits: opts.Limits, platform: opts.Platform, report: emit, places: places,
		results:     make(chan result),
		news:        make(chan model.Finding),
		subjects:    map[model.Digest]*subject{},
		openings:    map[model.Digest]*opening{},
		attachments: map[attachmentKey]*attachment{},
		plain:       map[model.Digest]model.Digest{},
		payloads:    map[payloadKey]*payload{},
		images:      map[model.Digest]*image{},
		turns:       map[question]*turns{},
		noLister:    map[place]string{},
		doubtful:    map[place][]func(string){},
	}
}

// emit reports an event. What was looked up before the root has come waits for it.
func (c *crawl) emit(event model.Event) {
	if c.resolved {
		c.report(event)
		return
	}
	c.held = append(c.held, event)
}

// resolve reports what the source turned out to be, and lets go of what was held.
func (c *crawl) resolve(r model.Resolved) {
	c.report(r)
	c.resolved = true
	held := c.held
	c.held = nil
	for _, event := range held {
		c.report(event)
	}
}

// result is what a task hands back.
type result struct {
	apply func()
	guess bool
}

// loop starts what waits as long as there is room, and applies what comes back, until nothing is left. It returns early
// when the caller gives up or the root could not be had. When the overall time is over, what is left fails quickly,
// each with its own line in the ledger.
func (c *crawl) loop(caller context.Context) error {
	ctx, cancel := context.WithTimeout(caller, c.limits.Overall)
	defer cancel()
	over := make(chan struct{})
	defer close(over)
	for c.running > 0 || c.queue.due() > 0 {
		for c.queue.Len() > 0 && c.running+c.guessing < c.places[0].width() {
			c.start(ctx, over)
		}
		select {
		case <-caller.Done():
			return caller.Err()
		case note := <-c.news:
			c.report(model.Noted{Finding: note})
			continue
		case r := <-c.results:
			c.finish(r)
		}
		if c.err != nil {
			return c.err
		}
	}
	return caller.Err()
}

// start runs the next task. Once the loop is over, its result is dropped.
func (c *crawl) start(ctx context.Context, over <-chan struct{}) {
	t := c.queue.next()
	if t.guess {
		c.guessing++
	} else {
		c.running++
	}
	go func() {
		apply := t.run(withNews(ctx, c.news, over))
		select {
		case c.results <- result{apply, t.guess}:
		case <-over:
		}
	}()
}

// finish takes the result of a task.
func (c *crawl) finish(r result) {
	if r.guess {
		c.guessing--
	} else {
		c.running--
	}
	r.apply()
}
