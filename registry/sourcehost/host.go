package sourcehost

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/attestree/attestree/registry/fetch"
)

// Options say how to ask.
type Options struct {
	// Base is where raw files are, as BASE/OWNER/REPOSITORY/COMMIT/PATH; "" for the form of the repository's own host.
	// Plain HTTP is for this machine alone.
	Base      string
	Token     string            // sent to that host alone and over TLS alone; "" for none
	Agent     string            // told to the host
	Transport http.RoundTripper // nil for one of our own
}

// Host reads files. It is safe for concurrent use.
type Host struct {
	base   *url.URL
	token  string
	client fetch.Client
}

// patience is how long a host may make a person wait because it was asked too much.
const patience = 10 * time.Second

// New checks the options. Nothing is asked yet.
func New(o Options) (*Host, error) {
	h := &Host{token: o.Token, client: fetch.Client{Agent: o.Agent, Transport: o.Transport, Patience: patience}}
	if o.Base == "" {
		return h, nil
	}
	base, err := url.Parse(o.Base)
	switch {
	case err != nil, base.Host == "", base.User != nil, base.RawQuery != "", base.Fragment != "":
		return nil, fmt.Errorf("%q is not an address below which files are", fetch.WithoutUser(o.Base))
	case base.Scheme != "https" && (base.Scheme != "http" || !fetch.Loopback(base.Hostname())):
		return nil, fmt.Errorf("%q is not an https address", fetch.WithoutUser(o.Base))
	case base.Scheme != "https" && o.Token != "":
		return nil, errors.New("a token is sent over https alone")
	}
	h.base = base
	return h, nil
}

// ErrNotThere says that the host has no such file, or shows it to nobody who asks like this.
var ErrNotThere = errors.New("there is no such file at that commit, or it is not public")

// Read reads a file of at most limit bytes, and says from which address. A redirect to another host is refused, whatever
// is there. The error wraps ErrNotThere where the host says that there is no such file.
func (h *Host) Read(ctx context.Context, f File, limit int64) (data []byte, address string, err error) {
	at, err := f.raw(h.base)
	if err != nil {
		return nil, "", err
	}
	request := fetch.Request{URL: at, Accept: "text/plain, application/octet-stream, */*;q=0.1", Limit: limit}
	if h.token != "" && at.Scheme == "https" {
		request.Authorization = "Bearer " + h.token
	}
	data, err = h.client.Get(ctx, request)
	switch {
	case fetch.Is(err, fetch.NotFound):
		return nil, at.String(), fmt.Errorf("read %s: %w", at, ErrNotThere)
	case err != nil:
		return nil, at.String(), fmt.Errorf("read %s: %w", at, err)
	}
	return data, at.String(), nil
}
