package registry

import (
	"context"
	"net/http"
	"strings"
	"sync"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"

	"github.com/attestree/attestree/model"
)

// session is how one repository is spoken to: one ping and one token, whoever comes first and however many come. Where
// it is known from another time how the registry wants to be spoken to, there is no ping.
type session struct {
	client *Client
	repo   name.Repository
	known  challengeMemory

	mu      sync.Mutex
	attempt *attempt // nil until somebody connects
	remark  *model.Finding
	asked   bool // the registry wants to know who asks
	named   bool // there are credentials to tell it
}

// attempt is one way of connecting, which is made once.
type attempt struct {
	done    chan struct{}
	guessed bool // from what was known, so that it may be out of date
	scheme  string
	open    bool              // the registry wants to know nobody
	client  http.RoundTripper // with credentials, for the registry's own host only
	failure *failure
	left    bool // failed because its caller left, which is nobody else's trouble
}

// unknown reports whether it is not known yet how to speak here, neither from another time nor from an answer.
func (s *session) unknown() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.attempt != nil {
		select {
		case <-s.attempt.done:
			return false
		default:
		}
	}
	return s.client.challenge(s.repo, s.known) == nil
}

// connect gives what to speak with.
func (s *session) connect(ctx context.Context) (*attempt, error) {
	for {
		s.mu.Lock()
		if s.attempt == nil {
			s.begin(ctx, true)
		}
		a := s.attempt
		s.mu.Unlock()
		got, again, err := s.wait(ctx, a)
		if !again || ctx.Err() != nil {
			return got, err
		}
	}
}

// renew gives another attempt than stale, which turned out to be one no longer.
func (s *session) renew(ctx context.Context, stale *attempt) (*attempt, error) {
	s.mu.Lock()
	if s.attempt == stale {
		s.client.forget(s.repo)
		s.known.forget(s.repo)
		s.begin(ctx, false)
	}
	s.mu.Unlock()
	return s.connect(ctx)
}

// begin makes an attempt in the background. s.mu is held.
func (s *session) begin(caller context.Context, guess bool) {
	a := &attempt{done: make(chan struct{})}
	s.attempt = a
	go func() {
		defer close(a.done)
		l := s.client.opts.Limits
		ctx, cancel := context.WithTimeout(caller, l.Request+l.Helper)
		defer cancel()
		if err := s.login(ctx, a, guess); err != nil {
			a.failure = connectFailure(s.repo.RegistryStr(), err)
			a.left = caller.Err() != nil
		}
	}()
}

// wait gives an attempt once it is over. It says to try again where the attempt ended because somebody else left. Until
// it is over it belongs to the goroutine that makes it: whoever gives up before looks at nothing of it.
func (s *session) wait(ctx context.Context, a *attempt) (got *attempt, again bool, err error) {
	select {
	case <-a.done:
	case <-ctx.Done():
		return nil, false, ctx.Err()
	}
	if a.failure == nil {
		return a, false, nil
	}
	s.mu.Lock()
	if a.left && s.attempt == a {
		s.attempt = nil
	}
	s.mu.Unlock()
	return nil, a.left, a.failure
}

// login finds out how to speak, and gets a token where one is wanted.
func (s *session) login(ctx context.Context, a *attempt, guess bool) error {
	auth, note := credentials(ctx, s.repo, s.client.opts.Keychain, s.client.opts.Limits.Helper)
	s.mu.Lock()
	s.remark = note
	s.mu.Unlock()
	challenge, err := s.challenge(ctx, a, guess)
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.asked, s.named = challenge.Scheme != "", auth != authn.Anonymous
	s.mu.Unlock()
	a.client, a.scheme, err = s.speak(ctx, challenge, auth)
	if err != nil && a.guessed && ctx.Err() == nil {
		// What was known may be out of date: ask.
		s.client.forget(s.repo)
		s.known.forget(s.repo)
		if challenge, err = s.challenge(ctx, a, false); err == nil {
			a.client, a.scheme, err = s.speak(ctx, challenge, auth)
		}
	}
	return err
}

// challenge is how the registry wants to be spoken to: known, or from a ping (distribution-spec, "Determining Support").
func (s *session) challenge(ctx context.Context, a *attempt, guess bool) (*transport.Challenge, error) {
	a.guessed = false
	if guess {
		if known := s.client.challenge(s.repo, s.known); known != nil {
			a.guessed = true
			return known, nil
		}
	}
	challenge, err := transport.Ping(ctx, s.repo.Registry, steady{s.client.wire})
	if err == nil {
		a.open = challenge.Scheme == ""
		s.client.learn(s.repo, challenge)
		s.known.keep(s.repo, challenge, s.client.host(s.repo.RegistryStr()).near())
	}
	return challenge, err
}

// speak is what to speak with, and the scheme.
func (s *session) speak(ctx context.Context, challenge *transport.Challenge, auth authn.Authenticator) (http.RoundTripper, string, error) {
	scheme := "https"
	if challenge.Insecure {
		scheme = "http"
	}
	inner := transport.NewUserAgent(discreet{s.client.wire}, "attestree")
	token, err := s.token(ctx, challenge, auth, inner)
	if err != nil {
		return nil, "", err
	}
	client, err := transport.FromToken(s.repo.Registry, auth, inner, challenge, token)
	return client, scheme, err
}

// token is one for this repository, where the registry wants any (distribution's "Token Authentication Specification").
func (s *session) token(ctx context.Context, challenge *transport.Challenge, auth authn.Authenticator, inner http.RoundTripper) (*transport.Token, error) {
	if !strings.EqualFold(challenge.Scheme, "bearer") {
		return &transport.Token{}, nil
	}
	config, err := authn.Authorization(ctx, auth)
	if err != nil {
		return nil, err
	}
	if config.RegistryToken != "" {
		return &transport.Token{Token: config.RegistryToken}, nil
	}
	token, err := transport.Exchange(ctx, s.repo.Registry, auth, inner, []string{s.repo.Scope(transport.PullScope)}, challenge)
	if err == nil && token.AccessToken != "" {
		token.Token = token.AccessToken // some registries write it there
	}
	return token, err
}

// note is what a reader should know about how this was opened.
func (s *session) note() []model.Finding {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.remark == nil {
		return nil
	}
	return []model.Finding{*s.remark}
}

// scheme is by what the registry answered, "" as long as it has not.
func (s *session) scheme() string {
	s.mu.Lock()
	a := s.attempt
	s.mu.Unlock()
	if a == nil {
		return ""
	}
	select {
	case <-a.done:
		return a.scheme
	default:
		return ""
	}
}
