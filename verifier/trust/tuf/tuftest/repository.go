package tuftest

import (
	"crypto/ed25519"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/theupdateframework/go-tuf/v2/metadata"
)

// targetName is the file that holds the trusted root.
const targetName = "trusted_root.json"

const day = 24 * time.Hour

// Repository is a TUF repository that is being served. Its roles are there to be changed, and take effect when they are
// published. Its methods and roles belong to one goroutine, the test's; it may be asked meanwhile.
type Repository struct {
	Root      *metadata.Metadata[metadata.RootType]
	Timestamp *metadata.Metadata[metadata.TimestampType]
	Snapshot  *metadata.Metadata[metadata.SnapshotType]
	Targets   *metadata.Metadata[metadata.TargetsType]
	Keys      map[string]ed25519.PrivateKey // that sign, by role

	tb     testing.TB
	anchor []byte // the first root
	server *httptest.Server

	mu       sync.Mutex
	files    map[string][]byte // by path
	requests []string
	meddle   func(w http.ResponseWriter, r *http.Request) bool
}

// New publishes trusted as the first version of a trusted root, until the test ends. The timestamp expires a day after now,
// all else after 30 days.
func New(tb testing.TB, now time.Time, trusted []byte) *Repository {
	tb.Helper()
	expires := now.Add(30 * day)
	r := &Repository{
		Root: metadata.Root(expires), Timestamp: metadata.Timestamp(now.Add(day)),
		Snapshot: metadata.Snapshot(expires), Targets: metadata.Targets(expires),
		Keys: map[string]ed25519.PrivateKey{}, tb: tb, files: map[string][]byte{},
	}
	for _, role := range metadata.TOP_LEVEL_ROLE_NAMES {
		r.NewKey(role)
	}
	r.list(trusted)
	r.PublishRoot()
	r.Publish()
	r.anchor = r.Saved()["/1.root.json"]
	r.server = httptest.NewServer(r)
	tb.Cleanup(r.server.Close)
	return r
}

// Anchor is the initial root.json, which a client has to have by other means.
func (r *Repository) Anchor() []byte { return r.anchor }

// NewKey gives a role a key and no other. It takes effect with PublishRoot.
func (r *Repository) NewKey(role string) {
	r.tb.Helper()
	_, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		r.tb.Fatal(err)
	}
	key, err := metadata.KeyFromPublicKey(private.Public())
	if err != nil {
		r.tb.Fatal(err)
	}
	r.Root.Signed.Roles[role].KeyIDs = nil
	if err := r.Root.Signed.AddKey(key, role); err != nil {
		r.tb.Fatal(err)
	}
	r.Keys[role] = private
}

func (r *Repository) list(trusted []byte) {
	r.tb.Helper()
	info, err := metadata.TargetFile().FromBytes(targetName, trusted, "sha256")
	if err != nil {
		r.tb.Fatal(err)
	}
	r.Targets.Signed.Targets[targetName] = info
	r.Set("targets/"+info.Hashes["sha256"].String()+"."+targetName, trusted)
	r.Set("targets/"+targetName, trusted)
}

// Rotate publishes the next root, with new keys for the roles, signed by the old root key too.
func (r *Repository) Rotate(roles ...string) {
	r.tb.Helper()
	old := r.Keys[metadata.ROOT]
	for _, role := range roles {
		r.NewKey(role)
	}
	r.Root.Signed.Version++
	r.PublishRoot(old)
}

// PublishRoot signs the root as it is, with its key and others.
func (r *Repository) PublishRoot(also ...ed25519.PrivateKey) {
	r.tb.Helper()
	r.Root.ClearSignatures()
	sign(r.tb, r.Root, r.Keys[metadata.ROOT])
	for _, key := range also {
		if !key.Equal(r.Keys[metadata.ROOT]) {
			sign(r.tb, r.Root, key)
		}
	}
	r.Set(fmt.Sprintf("%d.root.json", r.Root.Signed.Version), encode(r.tb, r.Root))
}

// Publish signs targets, snapshot and timestamp as they are.
func (r *Repository) Publish() {
	r.tb.Helper()
	r.Snapshot.Signed.Meta["targets.json"] = metadata.MetaFile(r.Targets.Signed.Version)
	r.Timestamp.Signed.Meta["snapshot.json"] = metadata.MetaFile(r.Snapshot.Signed.Version)
	r.Targets.ClearSignatures()
	r.Snapshot.ClearSignatures()
	r.Timestamp.ClearSignatures()
	sign(r.tb, r.Targets, r.Keys[metadata.TARGETS])
	sign(r.tb, r.Snapshot, r.Keys[metadata.SNAPSHOT])
	sign(r.tb, r.Timestamp, r.Keys[metadata.TIMESTAMP])
	targets, snapshot := encode(r.tb, r.Targets), encode(r.tb, r.Snapshot)
	r.Set(fmt.Sprintf("%d.targets.json", r.Targets.Signed.Version), targets)
	r.Set("targets.json", targets)
	r.Set(fmt.Sprintf("%d.snapshot.json", r.Snapshot.Signed.Version), snapshot)
	r.Set("snapshot.json", snapshot)
	r.Set("timestamp.json", encode(r.tb, r.Timestamp))
}

// Next publishes trusted as the next version of everything below the root.
func (r *Repository) Next(trusted []byte) {
	r.tb.Helper()
	r.list(trusted)
	r.Targets.Signed.Version++
	r.Snapshot.Signed.Version++
	r.Timestamp.Signed.Version++
	r.Publish()
}
