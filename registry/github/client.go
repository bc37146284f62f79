package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/attestree/attestree/registry/fetch"
)

// DefaultAPI is where the API of github.com is.
const DefaultAPI = "https://api.github.com"

// Options say whom to ask. Repository is required.
type Options struct {
	API        string // address of the API, DefaultAPI if empty; plain HTTP on loopback addresses alone
	Repository string // "OWNER/REPO", or "OWNER" for all that an organisation or a person has
	Token      string // sent to the API's host and nowhere else; may be empty
	UserAgent  string
	Transport  http.RoundTripper // replaces our own, for tests
	Limits     Limits
}

// Limits bound what is asked. A field that is zero has the default that is said beside it.
type Limits struct {
	Page    int64         // bytes of one page of attestations; 64 MiB
	Bundle  int64         // bytes of one bundle, compressed or not; 32 MiB
	Bundles int           // about one digest; 1,000
	Pages   int           // of one list; 100
	Request time.Duration // one request; 30 s
	Wait    time.Duration // at most, because the server said to come back later; 20 s
}

func (l Limits) withDefaults() Limits {
	const mebibyte = 1 << 20
	set(&l.Page, 64*mebibyte)
	set(&l.Bundle, 32*mebibyte)
	set(&l.Bundles, 1000)
	set(&l.Pages, 100)
	set(&l.Request, 30*time.Second)
	set(&l.Wait, 20*time.Second)
	return l
}

func set[T ~int | ~int64](field *T, value T) {
	if *field <= 0 {
		*field = value
	}
}

// Client asks about the attestations of one repository, or of all that one owner has. It is safe for concurrent use.
type Client struct {
	api         *url.URL
	owner, name string // no name for all of the owner's repositories
	token       string
	userAgent   string
	limits      Limits
	http        *http.Client
	sleep       func(context.Context, time.Duration) error
	now         func() time.Time
	turns       chan struct{}
	quiet       quiet

	mu      sync.Mutex
	visible *bool  // whether the repository can be seen, nil while nobody has asked
	kind    string // "orgs" or "users", "" while nobody has asked
}

// part is an owner's or a repository's name as GitHub allows them.
var part = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,100}$`)

func named(s string) bool { return part.MatchString(s) && strings.Trim(s, ".") != "" }

// atOnce is how many requests are under way at once. GitHub asks for few.
const atOnce = 6

// New checks the options. Nothing is asked yet.
func New(o Options) (*Client, error) {
	owner, name, one := strings.Cut(o.Repository, "/")
	if !named(owner) || one && !named(name) {
		return nil, fmt.Errorf("%q is not OWNER/REPO or OWNER", o.Repository)
	}
	if o.API == "" {
		o.API = DefaultAPI
	}
	api, err := url.Parse(o.API)
	if err != nil {
		return nil, errors.New("the address of the API cannot be read: it is to be like " + DefaultAPI)
	}
	switch {
	case api.Host == "" || api.User != nil || api.RawQuery != "" || api.Fragment != "":
		return nil, fmt.Errorf("%q is not the address of an API, like %s", fetch.WithoutUser(o.API), DefaultAPI)
	case api.Scheme != "https" && (api.Scheme != "http" || !fetch.Loopback(api.Hostname())):
		return nil, fmt.Errorf("%q: only https is spoken", fetch.WithoutUser(o.API))
	}
	c := &Client{
		api: api, owner: owner, name: name, token: o.Token, userAgent: o.UserAgent, limits: o.Limits.withDefaults(),
		sleep: fetch.Sleep, now: time.Now, turns: make(chan struct{}, atOnce),
	}
	transport := o.Transport
	if transport == nil {
		transport = fetch.Transport(atOnce, c.limits.Request)
	}
	// A renamed repository is at another path of the same host. So a token never leaves that host.
	c.http = &http.Client{Transport: transport, CheckRedirect: fetch.SameHost}
	return c, nil
}
