package tuf

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/verifier/trust/tuf/tuftest"
)

// today is when all tests take place.
var today = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

// repository is a TUF repository of our own, and the instance that it makes.
type repository struct {
	*tuftest.Repository
	tb testing.TB
}

// newRepository publishes trusted as its first trusted root.
func newRepository(tb testing.TB, trusted []byte) *repository {
	tb.Helper()
	return &repository{tuftest.New(tb, today, trusted), tb}
}

// instance is the repository as one that the program carries nothing of but the anchor.
func (r *repository) instance() instance {
	return instance{name: "test", anchor: r.Anchor()}
}

// trustedRoot is the public-good root, with an end for the validity of its first log if retired is true.
func trustedRoot(tb testing.TB, retired bool) []byte {
	tb.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "public-good.trusted_root.json"))
	if err != nil {
		tb.Fatal(err)
	}
	if !retired {
		return raw
	}
	var document map[string]any
	if err := json.Unmarshal(raw, &document); err != nil {
		tb.Fatal(err)
	}
	log := document["tlogs"].([]any)[0].(map[string]any)
	validity := log["publicKey"].(map[string]any)["validFor"].(map[string]any)
	validity["end"] = "2026-10-01T00:00:00Z"
	raw, err = json.Marshal(document)
	if err != nil {
		tb.Fatal(err)
	}
	return raw
}

// place is a folder for an instance that is called test, and the options of an update at today.
func (r *repository) place() Options {
	return r.at(today)
}

func (r *repository) at(when time.Time) Options {
	return Options{
		Dir: filepath.Join(r.tb.TempDir(), "test"), Mirror: r.URL(), UserAgent: "attestree/test",
		Now: func() time.Time { return when },
	}
}

// must updates and wants success.
func (r *repository) must(o Options) (state, Change) {
	r.tb.Helper()
	f := newFetcher(o.UserAgent)
	defer f.close()
	_, change, err := update(r.tb.Context(), o, r.instance(), f)
	if err != nil {
		r.tb.Fatal(err)
	}
	kept, err := read(o.Dir)
	if err != nil {
		r.tb.Fatal(err)
	}
	s, err := authenticate(r.instance(), kept)
	if err != nil {
		r.tb.Fatal(err)
	}
	return s, change
}

// fails updates and wants an error of one sentence with want in it, and the cache as it was.
func (r *repository) fails(o Options, want string) {
	r.tb.Helper()
	before, _ := os.ReadFile(filepath.Join(o.Dir, recordFile))
	f := newFetcher(o.UserAgent)
	defer f.close()
	_, _, err := update(r.tb.Context(), o, r.instance(), f)
	if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "update the trusted root test: ") {
		r.tb.Errorf("error %v, want %q", err, want)
	}
	after, _ := os.ReadFile(filepath.Join(o.Dir, recordFile))
	if string(before) != string(after) {
		r.tb.Error("the cache is not as it was")
	}
}
