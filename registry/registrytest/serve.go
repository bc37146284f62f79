package registrytest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"github.com/attestree/attestree/model"
)

var route = regexp.MustCompile(`^/v2/(.+)/(manifests|blobs|referrers)/([^/]+)$`)

// ServeHTTP is http.Handler.
func (r *Registry) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	start := time.Now()
	rec := &recorder{ResponseWriter: w, status: http.StatusOK}
	defer func() { r.record(req, rec.status, start) }()
	if r.config.Latency > 0 && !r.pause(req, r.config.Latency) {
		return
	}
	if f := r.fault(req); f != nil {
		r.fail(rec, req, f)
		return
	}
	r.serve(rec, req)
}

// pause reports false when nobody waits any more.
func (r *Registry) pause(req *http.Request, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-req.Context().Done():
	case <-r.done:
	}
	return false
}

func (r *Registry) serve(w http.ResponseWriter, req *http.Request) {
	if req.URL.Path == "/token" {
		r.token(w, req)
		return
	}
	if r.config.Token && !r.admitted(req) {
		w.Header().Set("WWW-Authenticate", fmt.Sprintf(`Bearer realm="%s/token",service="test"`, r.server.URL))
		refuse(w, http.StatusUnauthorized, "UNAUTHORIZED", "authentication required")
		return
	}
	if _, _, sent := req.BasicAuth(); r.config.Basic && !sent {
		w.Header().Set("WWW-Authenticate", `Basic realm="test"`)
		refuse(w, http.StatusUnauthorized, "UNAUTHORIZED", "authentication required")
		return
	}
	if req.URL.Path == "/v2/" {
		w.WriteHeader(http.StatusOK)
		return
	}
	if list := tagsRoute.FindStringSubmatch(req.URL.Path); list != nil {
		r.serveTags(w, req, list[1])
		return
	}
	match := route.FindStringSubmatch(req.URL.Path)
	if match == nil || req.Method != http.MethodGet {
		refuse(w, http.StatusNotFound, "UNSUPPORTED", "no such path")
		return
	}
	switch repository, kind, reference := match[1], match[2], match[3]; {
	case kind == "referrers" && r.config.NoReferrers:
		http.NotFound(w, req)
	case kind == "referrers":
		r.serveReferrers(w, req, repository, model.Digest(reference))
	default:
		r.serveContent(w, repository, kind, reference)
	}
}

func refuse(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"errors": []map[string]string{{"code": code, "message": message}}})
}

func (r *Registry) serveContent(w http.ResponseWriter, repository, kind, reference string) {
	r.mu.Lock()
	c := r.repository(repository)
	digest := model.Digest(reference)
	if kind == "manifests" && !digest.Valid() {
		digest = c.tags[reference]
	}
	raw, found := c.blobs[digest]
	found = found && (kind == "blobs" || c.manifests[digest])
	r.mu.Unlock()
	if !found {
		refuse(w, http.StatusNotFound, "MANIFEST_UNKNOWN", "not here")
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	if m, err := model.ParseManifest(raw); kind == "manifests" && err == nil {
		w.Header().Set("Content-Type", m.MediaType)
	}
	w.Header().Set("Docker-Content-Digest", string(digest))
	w.Header().Set("Content-Length", strconv.Itoa(len(raw)))
	_, _ = w.Write(raw)
}

// listed is an entry of a list of referrers.
type listed struct {
	MediaType    string            `json:"mediaType"`
	Digest       model.Digest      `json:"digest"`
	Size         int               `json:"size"`
	ArtifactType string            `json:"artifactType,omitempty"`
	Annotations  map[string]string `json:"annotations,omitempty"`
}

func (r *Registry) serveReferrers(w http.ResponseWriter, req *http.Request, repository string, subject model.Digest) {
	entries := r.listOf(repository, subject)
	if page := r.config.Page; page > 0 {
		start, _ := strconv.Atoi(req.URL.Query().Get("last")) // 0 for the first page
		start = min(max(start, 0), len(entries))
		end := min(start+page, len(entries))
		if end < len(entries) {
			w.Header().Set("Link", fmt.Sprintf(`</v2/%s/referrers/%s?last=%d>; rel="next"`, repository, subject, end))
		}
		entries = entries[start:end]
	}
	w.Header().Set("Content-Type", model.MediaTypeOCIIndex)
	if r.config.ContentType != "" {
		w.Header().Set("Content-Type", r.config.ContentType)
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"schemaVersion": 2, "mediaType": model.MediaTypeOCIIndex, "manifests": entries})
}

func (r *Registry) listOf(repository string, subject model.Digest) []listed {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := r.repository(repository)
	entries := []listed{}
	for _, digest := range c.referrers[subject] {
		raw := c.blobs[digest]
		m, err := model.ParseManifest(raw)
		if err != nil {
			m = model.Manifest{MediaType: model.MediaTypeOCIManifest}
		}
		e := listed{MediaType: m.MediaType, Digest: digest, Size: len(raw), ArtifactType: m.EffectiveType(), Annotations: m.Annotations}
		if r.config.ListedType != "" {
			e.ArtifactType = r.config.ListedType
		}
		entries = append(entries, e)
	}
	return entries
}
