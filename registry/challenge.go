package registry

import (
	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"

	"github.com/attestree/attestree/registry/cache"
	"github.com/attestree/attestree/registry/fetch"
)

// challengeMemory remembers from run to run how a registry wants to be spoken to, which saves the ping. It holds no
// secret: where tokens are had, not tokens.
//
// What was heard where any certificate will do counts there only: whoever stood in between may have named a token service
// of their own, which would be told a password as soon as certificates count again.
type challengeMemory struct {
	cache *cache.Cache
	scope string
}

func memoryOfChallenges(opts Options) challengeMemory {
	m := challengeMemory{cache: opts.Cache}
	if opts.Insecure {
		m.scope += " by any certificate"
	}
	if opts.PlainHTTP {
		m.scope += " by plain HTTP"
	}
	return m
}

// remembered is a challenge on disk.
type rememberedChallenge struct {
	Scheme     string            `json:"scheme"`
	Parameters map[string]string `json:"parameters"`
	PlainHTTP  bool              `json:"plainHTTP"`
	Near       fetch.Near        `json:"near"` // the registry, see away
}

func (m challengeMemory) name(repo name.Repository) string {
	return "challenge " + repo.RegistryStr() + m.scope
}

func (m challengeMemory) recall(repo name.Repository) (*transport.Challenge, fetch.Near) {
	var r rememberedChallenge
	if !m.cache.Recall(m.name(repo), &r) {
		return nil, fetch.Internet
	}
	return &transport.Challenge{Scheme: r.Scheme, Parameters: r.Parameters, Insecure: r.PlainHTTP}, r.Near
}

func (m challengeMemory) keep(repo name.Repository, c *transport.Challenge, near fetch.Near) {
	m.cache.Remember(m.name(repo), rememberedChallenge{Scheme: c.Scheme, Parameters: c.Parameters, PlainHTTP: c.Insecure, Near: near})
}

func (m challengeMemory) forget(repo name.Repository) { m.cache.Forget(m.name(repo)) }

// challenge is how a registry wants to be spoken to as far as that is known, nil if it is not. That it once spoke plain
// HTTP counts only where that is allowed now.
func (c *Client) challenge(repo name.Repository, memory challengeMemory) *transport.Challenge {
	c.mu.Lock()
	known := c.challenges[repo.RegistryStr()]
	c.mu.Unlock()
	if known == nil {
		var near fetch.Near
		known, near = memory.recall(repo)
		c.host(repo.RegistryStr()).supposed(near)
	}
	if known != nil && known.Insecure && !c.opts.PlainHTTP && repo.Scheme() != "http" {
		return nil
	}
	return known
}

func (c *Client) learn(repo name.Repository, challenge *transport.Challenge) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.challenges[repo.RegistryStr()] = challenge
}

func (c *Client) forget(repo name.Repository) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.challenges, repo.RegistryStr())
}
