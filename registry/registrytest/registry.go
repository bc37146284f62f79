package registrytest

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/attestree/attestree/model"
)

// Registry is a running registry. Its methods may be called while it is being asked.
type Registry struct {
	config Config
	server *httptest.Server
	done   chan struct{} // closed when the test is over, for handlers that hang
	end    sync.Once

	mu       sync.Mutex
	contents map[string]*contents // by repository
	faults   []*Fault
	requests []Request
	tokens   int
	opened   int // connections
}

// contents is what one repository holds.
type contents struct {
	blobs     map[model.Digest][]byte
	manifests map[model.Digest]bool
	tags      map[string]model.Digest
	referrers map[model.Digest][]model.Digest // in the order of their coming
}

// New starts a registry that ends with the test.
func New(tb testing.TB, config Config) *Registry {
	tb.Helper()
	r := &Registry{config: config, contents: map[string]*contents{}, done: make(chan struct{})}
	r.server = httptest.NewUnstartedServer(r)
	r.server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			r.mu.Lock()
			r.opened++
			r.mu.Unlock()
		}
	}
	if config.TLS {
		r.server.EnableHTTP2 = true
		r.server.StartTLS()
	} else {
		r.server.Start()
	}
	tb.Cleanup(r.Close)
	return r
}

// Connections is how many connections have been made to it so far.
func (r *Registry) Connections() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.opened
}

// Forget forgets the requests so far, to count those of another run.
func (r *Registry) Forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.requests = nil
}

// Change makes it another kind of registry. No request may be under way.
func (r *Registry) Change(change func(*Config)) { change(&r.config) }

// Close stops the registry before the test ends.
func (r *Registry) Close() {
	r.end.Do(func() {
		close(r.done)
		r.server.Close()
	})
}

// Host is "127.0.0.1:port", to be written before a repository.
func (r *Registry) Host() string {
	u, err := url.Parse(r.server.URL)
	if err != nil {
		return ""
	}
	return u.Host
}

func (r *Registry) repository(name string) *contents {
	c := r.contents[name]
	if c == nil {
		c = &contents{
			blobs: map[model.Digest][]byte{}, manifests: map[model.Digest]bool{},
			tags: map[string]model.Digest{}, referrers: map[model.Digest][]model.Digest{},
		}
		r.contents[name] = c
	}
	return c
}

// Blob keeps bytes in a repository.
func (r *Registry) Blob(repository string, raw []byte) model.Descriptor {
	r.mu.Lock()
	defer r.mu.Unlock()
	digest := model.DigestOf(raw)
	r.repository(repository).blobs[digest] = raw
	return model.Descriptor{Digest: digest, Size: int64(len(raw))}
}

// Manifest keeps a manifest in a repository, under a tag unless that is "".
func (r *Registry) Manifest(repository, tag string, raw []byte) model.Descriptor {
	r.mu.Lock()
	defer r.mu.Unlock()
	c, digest := r.repository(repository), model.DigestOf(raw)
	if tag != "" {
		c.tags[tag] = digest
	}
	d := model.Descriptor{Digest: digest, Size: int64(len(raw))}
	m, err := model.ParseManifest(raw)
	if err == nil {
		d.MediaType = m.MediaType
	}
	if c.manifests[digest] {
		return d
	}
	c.blobs[digest], c.manifests[digest] = raw, true
	if err == nil && m.Subject != nil {
		c.referrers[m.Subject.Digest] = append(c.referrers[m.Subject.Digest], digest)
	}
	return d
}

// Refer makes the referrers API list a manifest under a digest that it need not name.
func (r *Registry) Refer(repository string, subject, manifest model.Digest) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := r.repository(repository)
	if !slices.Contains(c.referrers[subject], manifest) {
		c.referrers[subject] = append(c.referrers[subject], manifest)
	}
}

// Referrers are the digests of what is attached to subject, in the order of their coming.
func (r *Registry) Referrers(repository string, subject model.Digest) []model.Digest {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.repository(repository).referrers[subject])
}

// Replace puts other bytes in the place of a blob or manifest, as a registry does that has been broken into.
func (r *Registry) Replace(repository string, digest model.Digest, raw []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.repository(repository).blobs[digest] = raw
}

// Remove forgets a blob or manifest, but not that others name it.
func (r *Registry) Remove(repository string, digest model.Digest) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.repository(repository).blobs, digest)
}

// Load keeps everything that an OCI layout holds: its tags, and each blob that is a manifest also as one.
func (r *Registry) Load(repository string, layout fs.FS) error {
	raw, err := fs.ReadFile(layout, "index.json")
	if err != nil {
		return fmt.Errorf("load layout: %w", err)
	}
	var index struct {
		Manifests []struct {
			Digest      model.Digest      `json:"digest"`
			Annotations map[string]string `json:"annotations"`
		} `json:"manifests"`
	}
	if err := json.Unmarshal(raw, &index); err != nil {
		return fmt.Errorf("load layout: %w", err)
	}
	names, err := fs.Glob(layout, "blobs/*/*")
	if err != nil {
		return fmt.Errorf("load layout: %w", err)
	}
	for _, name := range names {
		blob, err := fs.ReadFile(layout, name)
		if err != nil {
			return fmt.Errorf("load layout: %w", err)
		}
		if manifestLike(blob) {
			r.Manifest(repository, "", blob)
		} else {
			r.Blob(repository, blob)
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, entry := range index.Manifests {
		if tag := entry.Annotations["org.opencontainers.image.ref.name"]; tag != "" {
			r.repository(repository).tags[tag] = entry.Digest
		}
	}
	return nil
}

func manifestLike(blob []byte) bool {
	if !strings.Contains(string(blob[:min(len(blob), 4096)]), `"schemaVersion"`) {
		return false
	}
	_, err := model.ParseManifest(blob)
	return err == nil
}

// Bytes are those of a blob or manifest, nil if there is none.
func (r *Registry) Bytes(repository string, digest model.Digest) []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.repository(repository).blobs[digest]
}
