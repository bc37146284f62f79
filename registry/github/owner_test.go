package github

import (
	"net/http"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
)

func TestAllThatAnOwnerHasIsAskedForWhereNoRepositoryIsNamed(t *testing.T) {
	t.Parallel()
	inOrg, inUser := "/orgs/org/attestations/"+string(digest), "/users/org/attestations/"+string(digest)
	for name, test := range map[string]struct {
		prepare func(*server)
		status  model.LookupStatus
		bundles int
		detail  string
	}{
		"an organisation's": {func(s *server) {
			s.on("/users/org", 200, `{"type":"Organization"}`)
			s.on(inOrg, 200, listOf(bundleOf(1)))
		}, model.LookupFound, 1, ""},
		"a person's": {func(s *server) {
			s.on("/users/org", 200, `{"type":"User"}`)
			s.on(inUser, 200, listOf(bundleOf(1), bundleOf(2)))
		}, model.LookupFound, 2, ""},
		"what may not be read is not said to be none": {func(s *server) {
			s.on("/users/org", 200, `{"type":"Organization"}`)
			s.on(inOrg, 200, listOf())
		}, model.LookupNone, 0, "of the repositories that the token may read"},
		"not found, of an owner that is there":   {func(s *server) { s.on("/users/org", 200, `{"type":"User"}`) }, model.LookupNone, 0, "may read"},
		"an owner that is not there":             {func(*server) {}, model.LookupDenied, 0, "does not exist"},
		"an owner of a kind that is not known":   {func(s *server) { s.on("/users/org", 200, `{"type":"Bot"}`) }, model.LookupFailed, 0, "neither"},
		"an answer about the owner that is HTML": {func(s *server) { s.on("/users/org", 200, `<html>`) }, model.LookupFailed, 0, "cannot be read"},
		"an owner who is asked about too often": {func(s *server) {
			s.on("/users/org", 403, `{"message":"API rate limit exceeded"}`, "X-RateLimit-Remaining", "0")
		}, model.LookupFailed, 0, "rate limited"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			test.prepare(s)
			c := s.client(t, func(o *Options) { o.Repository = "org" })
			got := c.Attestations(t.Context(), digest)
			if got.Status != test.status || len(got.Bundles) != test.bundles || !strings.Contains(got.Detail, test.detail) {
				t.Errorf("%s with %d bundles: %s", got.Status, len(got.Bundles), got.Detail)
			}
			if !strings.HasPrefix(c.Repository(), "org on ") {
				t.Errorf("the ledger calls it %s", c.Repository())
			}
		})
	}
}

func TestWhoAnOwnerIsIsAskedOnce(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	asked := 0
	s.answers["/users/org"] = func(w http.ResponseWriter, _ *http.Request) {
		asked++
		_, _ = w.Write([]byte(`{"type":"Organization"}`))
	}
	c := s.client(t, func(o *Options) { o.Repository, o.Token = "org", "" })
	for range 3 {
		if got := c.Attestations(t.Context(), digest); got.Detail != "of the repositories that can be read without a token" {
			t.Errorf("%s", got.Detail)
		}
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
}
