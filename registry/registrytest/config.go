package registrytest

import (
	"net/http"
	"regexp"
	"time"
)

// Config says what kind of registry it is. The zero value is one that does everything right.
type Config struct {
	NoReferrers bool          // no referrers API: 404
	Page        int           // referrers per page, 0 for all at once
	ContentType string        // of lists of referrers, in place of the right one
	ListedType  string        // artifactType of every entry in lists of referrers, in place of the right one
	Token       bool          // ask for a bearer token, as ghcr.io does
	User        string        // whom the token service knows; "" for everybody
	Password    string        // of User
	Basic       bool          // ask for a user and a password with every request
	TLS         bool          // HTTPS with HTTP/2 and a certificate of its own
	Latency     time.Duration // before every answer
}

// Fault is something that goes wrong with some requests.
type Fault struct {
	Path   string // regular expression on the path and query
	Times  int    // how often it goes wrong, 0 for always
	Status int    // answer with this status
	Header http.Header
	Body   string
	Hang   bool // do not answer as long as the client waits
	Cut    bool // break off in the middle of the body
	Stall  bool // send half of the body and then nothing, with the connection open
	// Endless sends a body that has no end, and Drip a byte of it now and then.
	Endless bool
	Drip    time.Duration
	Flip    bool // change one byte of the body
	// Redirect sends the client to this address, "" for nowhere.
	Redirect string

	path *regexp.Regexp
	used int
}

// Fail makes requests go wrong from now on; of several faults that fit the first one is taken. Path must be a valid
// expression.
func (r *Registry) Fail(f Fault) {
	f.path = regexp.MustCompile(f.Path)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.faults = append(r.faults, &f)
}

func (r *Registry) fault(req *http.Request) *Fault {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, f := range r.faults {
		if f.path.MatchString(req.URL.RequestURI()) && (f.Times == 0 || f.used < f.Times) {
			f.used++
			return f
		}
	}
	return nil
}
