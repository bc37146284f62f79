package registry

import (
	"testing"

	"github.com/attestree/attestree/registry/registrytest"
)

func TestAConnectionThatCouldNotBeMadeIsTriedAgainOnceItIsForgiven(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	r.Image(t, "x", "1", "image")
	opts := quick()
	opts.Client = NewClient(opts)
	defer opts.Client.Close()
	r.Fail(registrytest.Fault{Path: "^/v2/$", Status: 418, Times: 1})
	pings := func() (n int) {
		for _, request := range r.Requests() {
			if request.Path == "/v2/" {
				n++
			}
		}
		return n
	}
	for range 3 {
		_, err := discovered(t, r.Host()+"/x:1", opts)
		checkKind(t, err, KindServer)
	}
	if n := pings(); n != 1 {
		t.Errorf("%d pings, want the one that went wrong", n)
	}
	opts.Client.Forgive()
	mustDiscover(t, r.Host()+"/x:1", opts)
	opts.Client.Forgive() // what works is kept
	mustDiscover(t, r.Host()+"/x:1", opts)
	if n := pings(); n != 2 {
		t.Errorf("%d pings, want another one that did not go wrong", n)
	}
}
