package github

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/attestree/attestree/model"
)

// of is where attestations are listed: those of one repository, or those of everything that an owner has. The API keeps
// organisations and people apart (GitHub REST API, "Organizations" and "Users"), so that it is asked once which one the
// owner is.
func (c *Client) of(ctx context.Context) (*url.URL, *trouble) {
	if c.name != "" {
		return c.api.JoinPath("repos", c.owner, c.name), nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kind != "" {
		return c.api.JoinPath(c.kind, c.owner), nil
	}
	raw, _, t := c.get(ctx, c.api.JoinPath("users", c.owner), true, c.limits.Page)
	switch {
	case t != nil && t.code == http.StatusNotFound:
		return nil, failed(model.LookupDenied, "%s does not exist, or cannot be seen", c.owner)
	case t != nil:
		return nil, t
	}
	var owner struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(raw, &owner); err != nil {
		return nil, failed(model.LookupFailed, "what the API says of %s cannot be read", c.owner)
	}
	switch owner.Type {
	case "Organization":
		c.kind = "orgs"
	case "User":
		c.kind = "users"
	default:
		return nil, failed(model.LookupFailed, "%s is neither an organisation nor a user", c.owner)
	}
	return c.api.JoinPath(c.kind, c.owner), nil
}

// unread is what an answer about an owner leaves open, "" about a single repository: the API leaves out, and does not say
// so, what the asker may not read.
func (c *Client) unread() string {
	switch {
	case c.name != "":
		return ""
	case c.token == "":
		return "of the repositories that can be read without a token"
	}
	return "of the repositories that the token may read"
}
