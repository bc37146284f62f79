package tuf

import (
	"crypto"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sigstore/sigstore/pkg/signature"
	"github.com/theupdateframework/go-tuf/v2/metadata"
)

// today is when all tests take place.
var today = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

// repository is a TUF repository with keys of its own, published on a loopback server.
type repository struct {
	t    *testing.T
	keys map[string]ed25519.PrivateKey // by role

	root      *metadata.Metadata[metadata.RootType]
	timestamp *metadata.Metadata[metadata.TimestampType]
	snapshot  *metadata.Metadata[metadata.SnapshotType]
	targets   *metadata.Metadata[metadata.TargetsType]

	anchor []byte // the first root
	server *httptest.Server

	mu       sync.Mutex
	files    map[string][]byte
	requests []string
	// meddle, if set, may answer in the server's place.
	meddle func(w http.ResponseWriter, r *http.Request) bool
}

// newRepository publishes trusted as its first trusted root.
func newRepository(t *testing.T, trusted []byte) *repository {
	t.Helper()
	expires := today.Add(30 * day)
	r := &repository{
		t: t, keys: map[string]ed25519.PrivateKey{}, files: map[string][]byte{},
		root: metadata.Root(expires), timestamp: metadata.Timestamp(today.Add(day)),
		snapshot: metadata.Snapshot(expires), targets: metadata.Targets(expires),
	}
	for _, role := range metadata.TOP_LEVEL_ROLE_NAMES {
		r.newKey(role)
	}
	r.list(trusted)
	r.publishRoot()
	r.publish()
	r.anchor = r.saved()["/1.root.json"]
	r.server = httptest.NewServer(r)
	t.Cleanup(r.server.Close)
	return r
}

// newKey gives a role a key and no other. It takes effect with publishRoot.
func (r *repository) newKey(role string) {
	r.t.Helper()
	_, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		r.t.Fatal(err)
	}
	key, err := metadata.KeyFromPublicKey(private.Public())
	if err != nil {
		r.t.Fatal(err)
	}
	r.root.Signed.Roles[role].KeyIDs = nil
	if err := r.root.Signed.AddKey(key, role); err != nil {
		r.t.Fatal(err)
	}
	r.keys[role] = private
}

func (r *repository) list(trusted []byte) {
	r.t.Helper()
	info, err := metadata.TargetFile().FromBytes(targetName, trusted, "sha256")
	if err != nil {
		r.t.Fatal(err)
	}
	r.targets.Signed.Targets[targetName] = info
	r.set("targets/"+info.Hashes["sha256"].String()+"."+targetName, trusted)
	r.set("targets/"+targetName, trusted)
}

// rotate publishes the next root, with new keys for the roles, signed by the old root key too.
func (r *repository) rotate(roles ...string) {
	r.t.Helper()
	old := r.keys[metadata.ROOT]
	for _, role := range roles {
		r.newKey(role)
	}
	r.root.Signed.Version++
	r.publishRoot(old)
}

func (r *repository) publishRoot(also ...ed25519.PrivateKey) {
	r.t.Helper()
	r.root.ClearSignatures()
	signed(r.t, r.root, r.keys[metadata.ROOT])
	for _, key := range also {
		if !key.Equal(r.keys[metadata.ROOT]) {
			signed(r.t, r.root, key)
		}
	}
	r.set(fmt.Sprintf("%d.root.json", r.root.Signed.Version), r.bytesOf(r.root.ToBytes(false)))
}

// publish signs targets, snapshot and timestamp as they are.
func (r *repository) publish() {
	r.t.Helper()
	r.snapshot.Signed.Meta["targets.json"] = metadata.MetaFile(r.targets.Signed.Version)
	r.timestamp.Signed.Meta["snapshot.json"] = metadata.MetaFile(r.snapshot.Signed.Version)
	r.targets.ClearSignatures()
	r.snapshot.ClearSignatures()
	r.timestamp.ClearSignatures()
	signed(r.t, r.targets, r.keys[metadata.TARGETS])
	signed(r.t, r.snapshot, r.keys[metadata.SNAPSHOT])
	signed(r.t, r.timestamp, r.keys[metadata.TIMESTAMP])
	targets, snapshot := r.bytesOf(r.targets.ToBytes(false)), r.bytesOf(r.snapshot.ToBytes(false))
	r.set(fmt.Sprintf("%d.targets.json", r.targets.Signed.Version), targets)
	r.set("targets.json", targets)
	r.set(fmt.Sprintf("%d.snapshot.json", r.snapshot.Signed.Version), snapshot)
	r.set("snapshot.json", snapshot)
	r.set("timestamp.json", r.bytesOf(r.timestamp.ToBytes(false)))
}

// next publishes trusted as the next version of everything below the root.
func (r *repository) next(trusted []byte) {
	r.t.Helper()
	r.list(trusted)
	r.targets.Signed.Version++
	r.snapshot.Signed.Version++
	r.timestamp.Signed.Version++
	r.publish()
}

func signed[T metadata.Roles](t *testing.T, m *metadata.Metadata[T], key ed25519.PrivateKey) {
	t.Helper()
	signer, err := signature.LoadSigner(key, crypto.Hash(0))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Sign(signer); err != nil {
		t.Fatal(err)
	}
}

func (r *repository) bytesOf(raw []byte, err error) []byte {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
	return raw
}

func (r *repository) set(name string, raw []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.files["/"+name] = raw
}

// saved is everything that is published.
func (r *repository) saved() map[string][]byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	return maps.Clone(r.files)
}

func (r *repository) empty() {
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.files)
}

// asked are the paths that were asked for since the last call.
func (r *repository) asked() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	asked := r.requests
	r.requests = nil
	return asked
}

func (r *repository) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	r.mu.Lock()
	r.requests = append(r.requests, request.URL.Path)
	raw, found := r.files[request.URL.Path]
	meddle := r.meddle
	r.mu.Unlock()
	switch {
	case meddle != nil && meddle(w, request):
	case !found:
		http.NotFound(w, request)
	default:
		_, _ = w.Write(raw)
	}
}

// instance is the repository as one that the program carries nothing of but the anchor.
func (r *repository) instance() instance {
	return instance{name: "test", anchor: r.anchor}
}

// trustedRoot is the public-good root, with an end for the validity of its first log if retired is true.
func trustedRoot(t *testing.T, retired bool) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "public-good.trusted_root.json"))
	if err != nil {
		t.Fatal(err)
	}
	if !retired {
		return raw
	}
	var document map[string]any
	if err := json.Unmarshal(raw, &document); err != nil {
		t.Fatal(err)
	}
	log := document["tlogs"].([]any)[0].(map[string]any)
	validity := log["publicKey"].(map[string]any)["validFor"].(map[string]any)
	validity["end"] = "2026-10-01T00:00:00Z"
	raw, err = json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// place is a folder for an instance that is called test, and the options of an update at today.
func (r *repository) place() Options {
	return r.at(today)
}

func (r *repository) at(when time.Time) Options {
	return Options{
		Dir: filepath.Join(r.t.TempDir(), "test"), Mirror: r.server.URL, UserAgent: "attestree/test",
		Now: func() time.Time { return when },
	}
}

// must updates and wants success.
func (r *repository) must(o Options) (state, Change) {
	r.t.Helper()
	f := newFetcher(o.UserAgent)
	defer f.close()
	_, change, err := update(r.t.Context(), o, r.instance(), f)
	if err != nil {
		r.t.Fatal(err)
	}
	kept, err := read(o.Dir)
	if err != nil {
		r.t.Fatal(err)
	}
	s, err := authenticate(r.instance(), kept)
	if err != nil {
		r.t.Fatal(err)
	}
	return s, change
}

// fails updates and wants an error of one sentence with want in it, and the cache as it was.
func (r *repository) fails(o Options, want string) {
	r.t.Helper()
	before, _ := os.ReadFile(filepath.Join(o.Dir, recordFile))
	f := newFetcher(o.UserAgent)
	defer f.close()
	_, _, err := update(r.t.Context(), o, r.instance(), f)
	if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "update the trusted root test: ") {
		r.t.Errorf("error %v, want %q", err, want)
	}
	after, _ := os.ReadFile(filepath.Join(o.Dir, recordFile))
	if string(before) != string(after) {
		r.t.Error("the cache is not as it was")
	}
}
