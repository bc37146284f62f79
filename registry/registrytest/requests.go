package registrytest

import (
	"net/http"
	"slices"
	"time"
)

// Request is one request that was answered.
type Request struct {
	Method, Path  string // path and query
	Authorization string
	Status        int
	Proto         string
	Start, End    time.Time
}

// Requests are all requests so far that have been answered, in the order of their ends.
func (r *Registry) Requests() []Request {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.requests)
}

// Tokens is how many tokens were given out.
func (r *Registry) Tokens() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.tokens
}

// Rounds is the length of the longest chain of requests in which each began after the one before had ended: how often
// a client had to wait for an answer before it could ask on.
func Rounds(requests []Request) int {
	requests = slices.Clone(requests)
	slices.SortFunc(requests, func(a, b Request) int { return a.End.Compare(b.End) })
	rounds := 0
	var last time.Time
	for _, request := range requests {
		if !request.Start.Before(last) {
			rounds++
			last = request.End
		}
	}
	return rounds
}

// recorder notes the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int
}

// WriteHeader is http.ResponseWriter.
func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap is for http.ResponseController.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func (r *Registry) record(req *http.Request, status int, start time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.requests = append(r.requests, Request{
		Method: req.Method, Path: req.URL.RequestURI(), Authorization: req.Header.Get("Authorization"), Status: status,
		Proto: req.Proto, Start: start, End: time.Now(),
	})
}

// AtOnce is how many requests were under way at the same time, at most.
func AtOnce(requests []Request) int {
	most := 0
	for _, a := range requests {
		now := 0
		for _, b := range requests {
			if !b.Start.After(a.Start) && b.End.After(a.Start) {
				now++
			}
		}
		most = max(most, now)
	}
	return most
}
