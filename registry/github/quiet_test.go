package github

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
)

func TestASpentLimitIsNotAskedBeforeItsEnd(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.on(list, 403, `{"message":"API rate limit exceeded"}`, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1800000000")
	c := s.client(t)
	at := time.Unix(1800000000, 0).Add(-time.Hour)
	c.now = func() time.Time { return at }
	for range 20 {
		if got := c.Attestations(t.Context(), digest); got.Status != model.LookupFailed || !strings.Contains(got.Detail, "rate limited") {
			t.Fatalf("%s: %s", got.Status, got.Detail)
		}
	}
	if len(s.asked) != 1 {
		t.Errorf("asked %d times", len(s.asked))
	}
	s.on(list, 200, listOf(bundleOf(1)))
	at = at.Add(2 * time.Hour)
	if got := c.Attestations(t.Context(), digest); got.Status != model.LookupFound {
		t.Errorf("afterwards: %s %s", got.Status, got.Detail)
	}
}

func TestALimitUntilTheEndOfTimeIsNotBelieved(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.on(list, 429, ``, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "999999999999")
	c := s.client(t)
	c.Attestations(t.Context(), digest)
	s.on(list, 200, listOf())
	if got := c.Attestations(t.Context(), digest); got.Status != model.LookupNone {
		t.Errorf("%s %s", got.Status, got.Detail)
	}
}

func TestAnAPIThatDoesNotAnswerIsAskedNowAndThen(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	asked := 0
	s.answers[list] = func(w http.ResponseWriter, _ *http.Request) { asked++; w.WriteHeader(http.StatusInternalServerError) }
	c := s.client(t)
	for range 100 {
		if got := c.Attestations(t.Context(), digest); got.Status != model.LookupFailed || !strings.Contains(got.Detail, "500") {
			t.Fatalf("%s: %s", got.Status, got.Detail)
		}
	}
	// Two questions of three tries each, and one in sixteen of the others.
	if most := mostSilence + tries*(100/probing+1); asked > most {
		t.Errorf("asked %d times, want at most %d", asked, most)
	}
	s.on(list, 200, listOf(bundleOf(1)))
	found := 0
	for range 2 * probing {
		if c.Attestations(t.Context(), digest).Status == model.LookupFound {
			found++
		}
	}
	if found < probing {
		t.Errorf("when it was back, %d questions were answered", found)
	}
}
