package registry

import (
	"strings"
	"testing"

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
			mustDiscover(t, r.Host()+"/x:1", quick())
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
