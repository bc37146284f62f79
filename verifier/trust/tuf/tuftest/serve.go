package tuftest

import (
	"maps"
	"net/http"
)

// URL is the mirror's address.
func (r *Repository) URL() string { return r.server.URL }

// Close ends the server before the test does.
func (r *Repository) Close() { r.server.Close() }

// Set publishes raw at a path, whatever it is.
func (r *Repository) Set(path string, raw []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.files["/"+path] = raw
}

// Saved is everything that is published, by its path, which begins with a slash.
func (r *Repository) Saved() map[string][]byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	return maps.Clone(r.files)
}

// Empty takes everything away that was published.
func (r *Repository) Empty() {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.files)
}

// Meddle lets answer be asked first. It says whether it answered.
func (r *Repository) Meddle(answer func(w http.ResponseWriter, r *http.Request) bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.meddle = answer
}

// Asked are the paths that were asked for since the last call, in their order.
func (r *Repository) Asked() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	asked := r.requests
	r.requests = nil
	return asked
}

// ServeHTTP answers a client.
func (r *Repository) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	r.mu.Lock()
	r.requests = append(r.requests, request.URL.Path)
	raw, found := r.files[request.URL.Path]
	meddle := r.meddle
	r.mu.Unlock()
	switch {
	case meddle != nil && meddle(w, request):
	case !found:
		http.NotFound(w, request)
	default:
		_, _ = w.Write(raw)
	}
}
