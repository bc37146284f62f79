// Package npmtest is an npm registry for tests, on this machine: it answers as a registry does, and can be made to answer
// as none should. It must not be part of any program.
package npmtest

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// Registry is a registry that is being served. Its answers are there to be changed before it is asked.
type Registry struct {
	// Versions, Histories and Attestations are answers, by "name@version" and by name.
	Versions, Histories, Attestations map[string][]byte
	// Meddle answers in the registry's place where it returns true; nil never does.
	Meddle func(w http.ResponseWriter, r *http.Request) bool

	server *httptest.Server
	mu     sync.Mutex
	asked  []string
}

// New serves a registry without packages until the test ends.
func New(tb testing.TB) *Registry {
	tb.Helper()
	r := &Registry{Versions: map[string][]byte{}, Histories: map[string][]byte{}, Attestations: map[string][]byte{}}
	r.server = httptest.NewServer(r)
	tb.Cleanup(r.server.Close)
	return r
}

// URL is the registry's address.
func (r *Registry) URL() string { return r.server.URL }

// Asked are the paths that were asked for, in order.
func (r *Registry) Asked() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]string{}, r.asked...)
}

// ServeHTTP answers one question.
func (r *Registry) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.mu.Lock()
	r.asked = append(r.asked, req.URL.EscapedPath())
	r.mu.Unlock()
	if r.Meddle != nil && r.Meddle(w, req) {
		return
	}
	path, err := url.PathUnescape(strings.TrimPrefix(req.URL.EscapedPath(), "/"))
	body, found := r.answer(path)
	if err != nil || !found {
		http.Error(w, `{"error":"not found"}`, http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body) // a client that is gone does not matter
}

func (r *Registry) answer(path string) (body []byte, found bool) {
	if spec, is := strings.CutPrefix(path, "-/npm/v1/attestations/"); is {
		body, found = r.Attestations[spec]
		return body, found
	}
	if body, found = r.Histories[path]; found {
		return body, true
	}
	if at := strings.LastIndex(path, "/"); at > 0 {
		body, found = r.Versions[path[:at]+"@"+path[at+1:]]
	}
	return body, found
}
