package registry

import (
	"sync"
	"time"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"
)

// Client is what many discoveries can share: connections, how many requests a host gets at once, what is known of how
// a host wants to be spoken to, and tokens. It is safe for concurrent use.
type Client struct {
	opts Options
	wire *wire

	mu         sync.Mutex
	hosts      map[string]*host
	sessions   map[string]*session // by repository
	challenges map[string]*transport.Challenge
}

// NewClient makes a client for discoveries whose options agree in Insecure, PlainHTTP, Transport, Keychain and Limits;
// of those the client's own count. No connection is made yet.
func NewClient(opts Options) *Client {
	opts.Limits = opts.Limits.withDefaults()
	c := &Client{
		opts: opts, hosts: map[string]*host{}, sessions: map[string]*session{}, challenges: map[string]*transport.Challenge{},
	}
	c.wire = newWire(opts)
	c.wire.slow = func(name string, pause pause) { c.host(name).slow(pause, time.Now()) }
	return c
}

// Close lets go of idle connections. The client can be used on.
func (c *Client) Close() {
	if idle, ok := c.wire.inner.(interface{ CloseIdleConnections() }); ok {
		idle.CloseIdleConnections()
	}
	if c.wire.away != nil {
		c.wire.away.CloseIdleConnections()
	}
}

// host is the host of that name, with its port.
func (c *Client) host(name string) *host {
	c.mu.Lock()
	defer c.mu.Unlock()
	h := c.hosts[name]
	if h == nil {
		h = newHost(c.opts.Limits)
		c.hosts[name] = h
	}
	return h
}

// session is how a repository is spoken to; everybody who asks for it shares it.
func (c *Client) session(repo name.Repository, known challengeMemory) *session {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.sessions[repo.Name()]
	if s == nil {
		s = &session{client: c, repo: repo, known: known}
		c.sessions[repo.Name()] = s
	}
	return s
}

// Forgive lets go of connections that could not be made. As long as nobody does, whoever wants the same repository is told
// at once what the first one was told, so that a registry that gives no answer is waited for once.
func (c *Client) Forgive() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.sessions {
		s.forgive()
	}
}

// forgive forgets an attempt that is over and failed.
func (s *session) forgive() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.attempt == nil {
		return
	}
	select {
	case <-s.attempt.done:
		if s.attempt.failure != nil {
			s.attempt = nil
		}
	default: // somebody waits for it
	}
}
