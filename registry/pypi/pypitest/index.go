// Package pypitest is a Python package index for tests, on this machine: it answers as an index does, and can be made to
// answer as none should. It must not be part of any program.
package pypitest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// Index is an index that is being served. Its answers are there to be changed before it is asked.
type Index struct {
	Projects   map[string][]byte // the Simple API's answers, by normal name
	Provenance map[string][]byte // the integrity API's, by file name
	// Meddle answers in the index's place where it returns true; nil never does.
	Meddle func(w http.ResponseWriter, r *http.Request) bool

	server *httptest.Server
	mu     sync.Mutex
	asked  []string
}

// New serves an index without projects until the test ends.
func New(tb testing.TB) *Index {
	tb.Helper()
	i := &Index{Projects: map[string][]byte{}, Provenance: map[string][]byte{}}
	i.server = httptest.NewServer(i)
	tb.Cleanup(i.server.Close)
	return i
}

// URL is the address of the Simple API.
func (i *Index) URL() string { return i.server.URL + "/simple" }

// Asked are the paths that were asked for, in order.
func (i *Index) Asked() []string {
	i.mu.Lock()
	defer i.mu.Unlock()
	return append([]string{}, i.asked...)
}

// ServeHTTP answers one question.
func (i *Index) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	i.asked = append(i.asked, r.URL.Path)
	i.mu.Unlock()
	if i.Meddle != nil && i.Meddle(w, r) {
		return
	}
	body, found := []byte(nil), false
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	switch {
	case len(parts) == 2 && parts[0] == "simple" && strings.Contains(r.Header.Get("Accept"), "json"):
		body, found = i.Projects[parts[1]]
	case len(parts) == 5 && parts[0] == "integrity" && parts[4] == "provenance":
		body, found = i.Provenance[parts[3]]
	}
	if !found {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body) // a client that is gone does not matter
}
