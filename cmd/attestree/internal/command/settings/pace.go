package settings

import "github.com/attestree/attestree/registry"

// Pace is how much is asked of registries at once, and how much is kept of them. Zero stands for the default.
type Pace struct {
	HTTP2Requests    int // http2_requests: requests at once to a host that speaks HTTP/2
	HTTP1Connections int // http1_connections: connections at once to a host that does not
	CacheMegabytes   int // cache_megabytes: millions of bytes that are kept
}

// paceSettings names them for a person.
const paceSettings = "http2_requests, http1_connections and cache_megabytes"

// mostOfAnything is the largest value of each: about a terabyte, and more requests than any host would like.
const mostOfAnything = 1_000_000

// number is the field of a setting, nil if there is none of that name.
func (p *Pace) number(name string) *int {
	switch name {
	case "http2_requests":
		return &p.HTTP2Requests
	case "http1_connections":
		return &p.HTTP1Connections
	case "cache_megabytes":
		return &p.CacheMegabytes
	}
	return nil
}

// Limits are those of discovery.
func (p Pace) Limits() registry.Limits {
	return registry.Limits{InFlight: p.HTTP2Requests, Connections: p.HTTP1Connections}
}

// CacheLimit is in bytes.
func (p Pace) CacheLimit() int64 { return int64(p.CacheMegabytes) * 1_000_000 }
