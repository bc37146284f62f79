package tuf

import (
	"crypto"
	"crypto/ed25519"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sigstore/sigstore/pkg/signature"
	"github.com/theupdateframework/go-tuf/v2/metadata"
)

const (
	packageHost = "packages.example"
	packageKeys = `{"keys":[]}`
)

// delegate has a repository publish the keys of a registry by a role of its own. The role lists listed, and is signed by
// signedBy in place of its own key unless that is nil.
func (r *repository) delegate(listed string, signedBy ed25519.PrivateKey) {
	r.tb.Helper()
	own, key, id := r.newDelegate()
	if signedBy == nil {
		signedBy = own
	}
	r.Targets.Signed.Delegations = &metadata.Delegations{
		Keys:  map[string]*metadata.Key{id: key},
		Roles: []metadata.DelegatedRole{{Name: "packages", KeyIDs: []string{id}, Threshold: 1, Terminating: true, Paths: []string{packageHost + "/*"}}},
	}
	target := packageHost + "/keys.json"
	info, err := metadata.TargetFile().FromBytes(target, []byte(listed), "sha256")
	if err != nil {
		r.tb.Fatal(err)
	}
	role := metadata.Targets(today.Add(30 * day))
	role.Signed.Targets[target] = info
	signer, err := signature.LoadSigner(signedBy, crypto.Hash(0))
	if err != nil {
		r.tb.Fatal(err)
	}
	if _, err := role.Sign(signer); err != nil {
		r.tb.Fatal(err)
	}
	raw, err := role.ToBytes(false)
	if err != nil {
		r.tb.Fatal(err)
	}
	r.Snapshot.Signed.Meta["packages.json"] = metadata.MetaFile(1)
	r.Set("1.packages.json", raw)
	r.Set("packages.json", raw)
	for _, name := range []string{info.Hashes["sha256"].String() + ".keys.json", "keys.json"} {
		r.Set("targets/"+packageHost+"/"+name, []byte(packageKeys))
	}
	r.Publish()
}

func (r *repository) newDelegate() (ed25519.PrivateKey, *metadata.Key, string) {
	r.tb.Helper()
	_, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		r.tb.Fatal(err)
	}
	key, err := metadata.KeyFromPublicKey(private.Public())
	if err != nil {
		r.tb.Fatal(err)
	}
	id, err := key.ID()
	if err != nil {
		r.tb.Fatal(err)
	}
	return private, key, id
}

// kept updates a private instance and gives what is kept of packages afterwards.
func (r *repository) kept(dir string) (Packages, bool, error) {
	r.tb.Helper()
	o := r.place()
	o.Dir, o.Root = dir, r.Anchor()
	if _, _, err := Update(r.tb.Context(), o); err != nil {
		r.tb.Fatal(err)
	}
	return PackageKeys(dir)
}

func TestTheKeysOfPackagesComeByADelegatedRoleThatNamesTheirRegistry(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "test")
	if _, found, err := PackageKeys(dir); found || err != nil {
		t.Errorf("where nothing is kept: %v, %v", found, err)
	}
	r := newRepository(t, trustedRoot(t, false))
	if _, found, err := r.kept(dir); found || err != nil {
		t.Errorf("an instance that publishes none: %v, %v", found, err)
	}
	r = newRepository(t, trustedRoot(t, false))
	r.delegate(packageKeys, nil)
	p, found, err := r.kept(filepath.Join(t.TempDir(), "test"))
	if err != nil || !found || p.Host != packageHost || string(p.Target) != packageKeys {
		t.Errorf("%v, %v, %+v", err, found, p)
	}
}

func TestKeysOfPackagesThatCannotBeProvenAreLeftOut(t *testing.T) {
	for what, change := range map[string]func(r *repository){
		"signed by somebody else": func(r *repository) {
			other, _, _ := r.newDelegate()
			r.delegate(packageKeys, other)
		},
		"other bytes than are listed": func(r *repository) { r.delegate(`{"keys":[1]}`, nil) },
		"not there": func(r *repository) {
			r.delegate(packageKeys, nil)
			r.Meddle(func(w http.ResponseWriter, req *http.Request) bool {
				if strings.Contains(req.URL.Path, "keys.json") {
					w.WriteHeader(http.StatusNotFound)
					return true
				}
				return false
			})
		},
	} {
		r := newRepository(t, trustedRoot(t, false))
		change(r)
		if p, found, err := r.kept(filepath.Join(t.TempDir(), "test")); found || err != nil {
			t.Errorf("%s: %v, %+v", what, err, p)
		}
	}
}

func TestKeysOfPackagesThatWereChangedOnDiskAreNotUsed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "test")
	r := newRepository(t, trustedRoot(t, false))
	r.delegate(packageKeys, nil)
	if _, found, err := r.kept(dir); !found || err != nil {
		t.Fatalf("%v, %v", found, err)
	}
	for what, change := range map[string]func(d *delegated){
		"the keys":     func(d *delegated) { d.Target = []byte(`{"keys":[2]}`) },
		"the registry": func(d *delegated) { d.Path = "elsewhere.example/keys.json" },
		"the role":     func(d *delegated) { d.Metadata = []byte(`{}`) },
	} {
		record, err := read(dir)
		if err != nil {
			t.Fatal(err)
		}
		changed := *record.Packages
		record.Packages = &changed
		change(record.Packages)
		raw, err := record.encode()
		if err != nil {
			t.Fatal(err)
		}
		other := filepath.Join(t.TempDir(), "test")
		if err := prepare(other); err != nil {
			t.Fatal(err)
		}
		if err := replace(filepath.Join(other, recordFile), raw); err != nil {
			t.Fatal(err)
		}
		if p, found, err := PackageKeys(other); found || err == nil {
			t.Errorf("%s: %+v", what, p)
		}
	}
}
