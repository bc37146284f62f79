package registry

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-containerregistry/pkg/authn"

	"github.com/attestree/attestree/registry/registrytest"
)

func TestWhatIsAskedEarlyCarriesNoCredentialsAndCountsOnlyWhereNoneAreWanted(t *testing.T) {
	cases := map[string]struct {
		config registrytest.Config
		asked  []int // the statuses with which the tag was answered, in order
	}{
		"a registry that wants to know nobody": {registrytest.Config{}, []int{200}},
		"a registry that wants a token":        {registrytest.Config{Token: true}, []int{401, 200}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			r := registrytest.New(t, c.config)
			wide(t, r)
			mustDiscover(t, r.Host()+"/x:1", pingLater())
			var asked []registrytest.Request
			for _, request := range r.Requests() {
				if strings.HasSuffix(request.Path, "/manifests/1") {
					asked = append(asked, request)
				}
			}
			if len(asked) != len(c.asked) {
				t.Fatalf("the tag was asked for %d times, want %d", len(asked), len(c.asked))
			}
			for i, status := range c.asked {
				if asked[i].Status != status {
					t.Errorf("request %d was answered %d, want %d", i+1, asked[i].Status, status)
				}
			}
			if asked[0].Authorization != "" {
				t.Error("what was asked early carried credentials")
			}
		})
	}
}

func TestAnEarlyAnswerThatIsNotTheManifestIsAskedForAgain(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	wide(t, r)
	r.Fail(registrytest.Fault{Path: "/manifests/1$", Status: 500, Times: 1})
	if got := len(attached(mustDiscover(t, r.Host()+"/x:1", quick()))); got != 10 {
		t.Errorf("%d attached, want 10", got)
	}
}

// Many images of a host may be asked for early at the same time, with as many connections as there may be: none of them
// may be held while the ping waits for one.
func TestWhatIsAskedEarlyHoldsNoConnectionThatThePingNeeds(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	wide(t, r)
	if got := len(attached(mustDiscover(t, r.Host()+"/x:1", pingLater()))); got != 10 {
		t.Errorf("%d attached, want 10", got)
	}
}

// pingLater are options with one connection, and with a ping that begins when what is asked early has been answered.
func pingLater() Options {
	answered := make(chan struct{})
	opts := quick()
	opts.Limits.Request = 20 * time.Second // in vain, where the ping waits for a connection
	opts.Keychain = after(answered)
	opts.Transport = &telling{inner: &http.Transport{MaxConnsPerHost: 1}, first: answered}
	return opts
}

// telling is a transport that says when the first answer has come.
type telling struct {
	inner http.RoundTripper
	once  sync.Once
	first chan struct{}
}

func (l *telling) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := l.inner.RoundTrip(req)
	l.once.Do(func() { close(l.first) })
	return resp, err
}

// after is a keychain that knows nobody, and says so once something has happened.
type after chan struct{}

func (a after) Resolve(authn.Resource) (authn.Authenticator, error) {
	<-a
	return authn.Anonymous, nil
}
