package registry

import (
	"context"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/cache"
	"github.com/attestree/attestree/registry/registrytest"
)

// BenchmarkDiscover is an index of two platforms with ten manifests attached, from a registry that answers at once: what
// is left is our own work, and how many requests it takes.
func BenchmarkDiscover(b *testing.B) {
	discoverAgainAndAgain(b, quick())
}

// BenchmarkDiscoverAgain is the same with everything that cannot change in the cache.
func BenchmarkDiscoverAgain(b *testing.B) {
	opts := quick()
	opts.Cache = cache.Open(b.TempDir(), 0)
	discoverAgainAndAgain(b, opts)
}

func discoverAgainAndAgain(b *testing.B, opts Options) {
	r := registrytest.New(b, registrytest.Config{})
	wide(b, r)
	opts.Client = NewClient(opts)
	defer opts.Client.Close()
	once := func() {
		if err := Discover(context.Background(), r.Host()+"/x:1", opts, func(model.Event) {}); err != nil {
			b.Fatal(err)
		}
	}
	once()
	r.Forget()
	b.ReportAllocs()
	for b.Loop() {
		once()
	}
	b.ReportMetric(float64(len(r.Requests()))/float64(b.N), "requests/op")
}
