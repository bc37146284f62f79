package registry

import (
	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"

	"github.com/attestree/attestree/registry/cache"
)

// challengeMemory remembers from run to run how a registry wants to be spoken to, which saves the ping. It holds no
// secret: where tokens are had, not tokens.
type challengeMemory struct{ cache *cache.Cache }

// remembered is a challenge on disk.
type rememberedChallenge struct {
	Scheme     string            `json:"scheme"`
	Parameters map[string]string `json:"parameters"`
	PlainHTTP  bool              `json:"plainHTTP"`
}

func challengeName(repo name.Repository) string { return "challenge " + repo.RegistryStr() }

func (m challengeMemory) recall(repo name.Repository) *transport.Challenge {
	var r rememberedChallenge
	if !m.cache.Recall(challengeName(repo), &r) {
		return nil
	}
	return &transport.Challenge{Scheme: r.Scheme, Parameters: r.Parameters, Insecure: r.PlainHTTP}
}

func (m challengeMemory) keep(repo name.Repository, c *transport.Challenge) {
	m.cache.Remember(challengeName(repo), rememberedChallenge{Scheme: c.Scheme, Parameters: c.Parameters, PlainHTTP: c.Insecure})
}

func (m challengeMemory) forget(repo name.Repository) { m.cache.Forget(challengeName(repo)) }

// challenge is how a registry wants to be spoken to as far as that is known, nil if it is not. That it once spoke plain
// HTTP counts only where that is allowed now.
func (c *Client) challenge(repo name.Repository, memory challengeMemory) *transport.Challenge {
	c.mu.Lock()
	known := c.challenges[repo.RegistryStr()]
	c.mu.Unlock()
	if known == nil {
		known = memory.recall(repo)
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
