package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/oci"
)

// server is a registry on loopback that answers late and counts what it is asked.
type server struct {
	store     *store
	latency   time.Duration
	referrers bool
	token     bool
	host      string
	http      *http.Server

	mu       sync.Mutex
	requests []request
}

// request is one that was answered.
type request struct{ start, end time.Time }

func serve(ctx context.Context, s *store, latency time.Duration, referrers, token bool) (*server, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	r := &server{store: s, latency: latency, referrers: referrers, token: token, host: listener.Addr().String()}
	r.http = &http.Server{Handler: r, ReadHeaderTimeout: time.Minute}
	go func() { _ = r.http.Serve(listener) }() // until it is closed
	return r, nil
}

func (r *server) close() { _ = r.http.Close() }

// ServeHTTP is http.Handler.
func (r *server) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	start := time.Now()
	defer func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.requests = append(r.requests, request{start, time.Now()})
	}()
	time.Sleep(r.latency)
	switch {
	case req.URL.Path == "/token":
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"token":"t","access_token":"t","expires_in":3600}`))
	case r.token && req.Header.Get("Authorization") != "Bearer t":
		w.Header().Set("WWW-Authenticate", fmt.Sprintf(`Bearer realm="http://%s/token",service="bench",scope="repository:demo/app:pull"`, r.host))
		refuse(w, http.StatusUnauthorized, "UNAUTHORIZED")
	case req.URL.Path == "/v2/" || req.URL.Path == "/v2":
		w.WriteHeader(http.StatusOK)
	case req.URL.Path == "/v2/demo/app/tags/list":
		r.tags(w)
	default:
		r.content(w, req)
	}
}

var route = regexp.MustCompile(`^/v2/demo/app/(manifests|blobs|referrers)/([^/]+)$`)

func (r *server) content(w http.ResponseWriter, req *http.Request) {
	match := route.FindStringSubmatch(req.URL.Path)
	if match == nil || req.Method != http.MethodGet && req.Method != http.MethodHead {
		refuse(w, http.StatusNotFound, "NAME_UNKNOWN")
		return
	}
	kind, reference := match[1], match[2]
	if kind == "referrers" {
		if !r.referrers {
			http.NotFound(w, req)
			return
		}
		w.Header().Set("Content-Type", oci.TypeIndex)
		list := r.store.referrers[reference]
		if list == nil {
			list = []oci.Descriptor{}
		}
		_ = json.NewEncoder(w).Encode(oci.Manifest{SchemaVersion: 2, MediaType: oci.TypeIndex, Manifests: list})
		return
	}
	digest := reference
	if !strings.Contains(reference, ":") {
		digest = r.store.tags[reference]
	}
	raw, known := r.store.content[digest]
	if !known {
		refuse(w, http.StatusNotFound, "MANIFEST_UNKNOWN")
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	if kind == "manifests" {
		w.Header().Set("Content-Type", r.store.types[digest])
	}
	w.Header().Set("Docker-Content-Digest", digest)
	w.Header().Set("Content-Length", strconv.Itoa(len(raw)))
	if req.Method == http.MethodGet {
		_, _ = w.Write(raw)
	}
}

func (r *server) tags(w http.ResponseWriter) {
	list := struct {
		Name string   `json:"name"`
		Tags []string `json:"tags"`
	}{"demo/app", slices.Sorted(maps.Keys(r.store.tags))}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(list)
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `{"errors":[{"code":%q,"message":"no"}]}`, code)
}

// asked gives the requests since the last time: how many, and the length of the longest chain in which each began after
// the one before had ended.
func (r *server) asked() (count, rounds int) {
	r.mu.Lock()
	all := r.requests
	r.requests = nil
	r.mu.Unlock()
	slices.SortFunc(all, func(a, b request) int { return a.end.Compare(b.end) })
	var last time.Time
	for _, one := range all {
		if !one.start.Before(last) {
			rounds++
			last = one.end
		}
	}
	return len(all), rounds
}
