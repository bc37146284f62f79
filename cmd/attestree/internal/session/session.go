// Package session is the use case behind every face of attestree: discover what is attached to a source, read what its
// bytes claim, and verify each node while discovery still goes on. The screen, the text and the JSON are all fed by it,
// so they cannot disagree.
//
// It knows model and is handed a way to discover and a judge. It must not know flags, output or the screen.
package session

import (
	"context"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/predicate"
)

// Discover finds everything attached to a source and reports it through emit, which is called serially. Its error
// means that it could not finish.
type Discover func(ctx context.Context, emit func(model.Event)) error

// Judge decides what was proven about one node. It must be safe for concurrent use.
type Judge interface {
	Verify(ctx context.Context, evidence model.Evidence) model.Report
}

// Assess says at which SLSA level a judged node was built, nil if it says nothing about that. It must be pure.
type Assess func(evidence model.Evidence, claims *model.Attestation, report model.Report) *model.SLSA

// Artifact is what bundles, envelopes and statements given as files ought to be about. Its zero value says that there
// is nothing to compare them with.
type Artifact struct {
	Digest model.Digest
	Also   []model.Digest // further digests of the same bytes
	Bytes  []byte         // nil where only the digest is known
}

// Config says what a session works on. A nil Judge lists without verifying.
type Config struct {
	Discover Discover
	Judge    Judge
	Assess   Assess // nil leaves SLSA levels out
	Artifact Artifact
	// Repository is what file sources are judged as, "" for none.
	Repository string
	// Now is by when things are judged; nil leaves out whether a time lies in the future.
	Now func() time.Time
	// Once lets go of a node's bytes as soon as it has been judged, where nothing will be judged again.
	Once bool
}

// Session is one source, opened once. It is safe for concurrent use.
type Session struct {
	config Config
	large  sync.Mutex // held by whoever judges a large payload

	mu         sync.Mutex
	repository string
	evidence   map[string]model.Evidence // of every node that is to be judged, by node ID
	order      []string
	family     []model.Sibling               // the index and its platforms, as they are found
	also       map[model.Digest]model.Digest // by the digest of a manifest, that by the other algorithm
}

// New prepares a session; nothing is read before Run or Open.
func New(config Config) *Session {
	return &Session{config: config, repository: config.Repository, evidence: map[string]model.Evidence{}, also: map[model.Digest]model.Digest{}}
}

// Repository is the normalised "registry/repository" that is looked at, "" for files and as long as it is not known.
func (s *Session) Repository() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.repository
}

// Run discovers and verifies, and reports each step through emit, which is called serially. The returned error is the
// one that discovery ended with: a failed verification is a result, not an error.
func (s *Session) Run(ctx context.Context, emit func(model.Event)) error {
	var serial sync.Mutex
	send := func(e model.Event) {
		serial.Lock()
		defer serial.Unlock()
		emit(e)
	}
	judges := s.startJudges(ctx, send)
	known := map[string]model.Node{}
	err := s.config.Discover(ctx, func(e model.Event) {
		send(e)
		if evidence, ready := s.observe(known, e); ready {
			judges.submit(evidence)
		}
	})
	send(model.DiscoveryDone{Err: err})
	judges.wait()
	if ctx.Err() == nil {
		send(model.Done{At: s.judgedAt()})
	}
	return err
}

func (s *Session) judgedAt() time.Time {
	if s.config.Judge == nil || s.config.Now == nil {
		return time.Time{}
	}
	return s.config.Now()
}

// Reverify judges the named nodes again from the bytes at hand, all of them when ids is nil.
func (s *Session) Reverify(ctx context.Context, ids []string, emit func(model.Event)) {
	var serial sync.Mutex
	judges := s.startJudges(ctx, func(e model.Event) {
		serial.Lock()
		defer serial.Unlock()
		emit(e)
	})
	for _, evidence := range s.kept(ids) {
		judges.submit(evidence)
	}
	judges.wait()
}

// Evidence is what a node was judged by, and what the others were. It is false for a node that has no evidence of its own.
func (s *Session) Evidence(id string) (of model.Evidence, others []model.Evidence, found bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	of, found = s.evidence[id]
	for _, other := range s.order {
		if other != id {
			others = append(others, s.evidence[other])
		}
	}
	return of, others, found
}

func (s *Session) kept(ids []string) []model.Evidence {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []model.Evidence
	for _, id := range s.order {
		if ids == nil || slices.Contains(ids, id) {
			out = append(out, s.evidence[id])
		}
	}
	return out
}

// observe follows discovery and says when there is enough to judge a node.
func (s *Session) observe(known map[string]model.Node, e model.Event) (model.Evidence, bool) {
	switch e := e.(type) {
	case model.Resolved:
		if repository, _, found := strings.Cut(e.Reference, "@"); found {
			s.mu.Lock()
			s.repository = repository
			s.mu.Unlock()
		}
	case model.NodeFound:
		if before, again := known[e.Node.ID]; again && (before.Unavailable == "" || e.Node.Unavailable != "") {
			return model.Evidence{}, false // found a second way: nothing new to judge
		}
		known[e.Node.ID] = e.Node
		s.meet(e.Node)
		if e.Node.Blob.Digest == "" && judgeable(e.Node) {
			return s.keep(e.Node, model.BlobLoaded{}), true
		}
	case model.BlobLoaded:
		if n, ok := known[e.ID]; ok {
			return s.keep(n, e), true
		}
	case model.Noted, model.Moved, model.Labelled, model.LookedUp, model.Opened, model.VerifyStarted, model.Judged, model.DiscoveryDone, model.Done:
	}
	return model.Evidence{}, false
}

// meet remembers the bytes that something may be attached to, and an index or a platform of it: what a misplaced signature
// may really be about.
func (s *Session) meet(n model.Node) {
	if n.Raw != nil && !n.Layered() {
		s.mu.Lock()
		if _, known := s.also[n.Digest]; !known {
			s.also[n.Digest] = otherDigest(n.Digest, n.Raw)
		}
		s.mu.Unlock()
	}
	if n.Kind != model.KindIndex && n.Kind != model.KindImage || n.Digest == "" {
		return
	}
	name := n.Platform
	if name == "" {
		name = "the " + string(n.Kind)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.family = append(s.family, model.Sibling{Digest: n.Digest, Name: name})
}

// judgeable reports whether a node without a payload has something to say of itself. An index or image that could be
// read has not: its verdict follows from what vouches for it.
func judgeable(n model.Node) bool {
	return n.Format != model.FormatNone || n.Unavailable != ""
}

func (s *Session) keep(n model.Node, b model.BlobLoaded) model.Evidence {
	s.mu.Lock()
	defer s.mu.Unlock()
	evidence := model.Evidence{
		Node: n, Blob: b.Bytes, Problem: b.Problem, Tampered: b.Tampered, Skipped: b.Skipped,
		Subject: n.Subject, Repository: s.repository,
	}
	if n.Package != nil {
		evidence.Repository = "" // what is inside an image was not published under its name
	}
	if n.Subject == "" && slices.Contains(n.Found, model.FoundFile) {
		evidence.Subject, evidence.Also, evidence.Artifact = s.config.Artifact.Digest, s.config.Artifact.Also, s.config.Artifact.Bytes
	}
	if also, known := s.also[evidence.Subject]; known {
		evidence.Also = append(evidence.Also, also)
	}
	// Shared by all that is kept: a copy for each of ten thousand, of a thousand platforms each, would fill the memory.
	evidence.Siblings = s.family[:len(s.family):len(s.family)]
	if _, again := s.evidence[n.ID]; !again {
		s.order = append(s.order, n.ID)
	}
	s.evidence[n.ID] = evidence
	return evidence
}

// otherDigest is the digest of the same bytes by the other algorithm: a statement that names both must be right in both.
func otherDigest(d model.Digest, raw []byte) model.Digest {
	if d.Algorithm() == "sha512" {
		return model.Compute("sha256", raw)
	}
	return model.Compute("sha512", raw)
}

// judges is a pool of workers, one for each core: cryptography is all that they do.
type judges struct {
	jobs chan model.Evidence
	done sync.WaitGroup
}

func (s *Session) startJudges(ctx context.Context, send func(model.Event)) *judges {
	j := &judges{jobs: make(chan model.Evidence, 1024)}
	for range runtime.GOMAXPROCS(0) {
		j.done.Go(func() {
			for evidence := range j.jobs {
				if ctx.Err() == nil {
					s.judge(ctx, evidence, send)
				}
			}
		})
	}
	return j
}

func (j *judges) submit(e model.Evidence) { j.jobs <- e }

func (j *judges) wait() {
	close(j.jobs)
	j.done.Wait()
}

// large is from how many bytes on one payload is judged at a time: reading and checking it takes several times as much.
const large = 4 << 20

func (s *Session) judge(ctx context.Context, evidence model.Evidence, send func(model.Event)) {
	if len(evidence.Blob) > large {
		s.large.Lock()
		defer s.large.Unlock()
		defer debug.FreeOSMemory() // what reading took goes back, rather than when somebody needs it
	}
	id := evidence.Node.ID
	var a *model.Attestation
	if evidence.Blob != nil {
		a = claims(evidence)
		send(model.Opened{ID: id, Attestation: a})
		// What the bytes are decides how they are verified, whatever their manifest called them.
		evidence.Node = model.Refine(evidence.Node, a)
	}
	if s.config.Judge == nil {
		return
	}
	send(model.VerifyStarted{ID: id})
	report := s.config.Judge.Verify(ctx, evidence)
	if s.config.Assess != nil {
		report.SLSA = s.config.Assess(evidence, a, report)
	}
	if s.config.Once {
		s.forget(id)
	}
	if ctx.Err() == nil {
		send(model.Judged{ID: id, Report: report})
	}
}

func (s *Session) forget(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.evidence, id)
}

// claims reads what the bytes say. That they can be read says nothing about whether they are true.
func claims(evidence model.Evidence) *model.Attestation {
	a := model.Open(evidence.Node, evidence.Blob)
	a.Predicate = predicate.DecodeChecked(a.PredicateType, a.RawPredicate)
	return a
}
