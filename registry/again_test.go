package registry

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/cache"
	"github.com/attestree/attestree/registry/registrytest"
)

// keeping are options with a cache of its own.
func keeping(t testing.TB) (Options, string) {
	t.Helper()
	dir := t.TempDir()
	opts := quick()
	opts.Cache = cache.Open(dir, 0)
	return opts, dir
}

// picture is a tree as text, to compare two of them.
func picture(tree *model.Tree) string {
	var b strings.Builder
	tree.Walk(func(e *model.Entry) {
		fmt.Fprintf(&b, "%*s%s %s %s %d bytes %v %q\n", 2*e.Depth, "", e.Node.ID, e.Node.Kind, e.Node.Subject, len(e.Blob), e.BlobState, e.Labels)
	})
	var lines []string
	for _, l := range tree.Lookups {
		lines = append(lines, fmt.Sprintf("%s %s %s %d %s\n", l.Mechanism, l.Subject, l.Status, l.Count, l.Detail))
	}
	slices.Sort(lines)
	return b.String() + strings.Join(lines, "")
}

func TestOpeningAnImageAgainCostsOneRoundAndNoBlob(t *testing.T) {
	for name, c := range map[string]struct {
		config registrytest.Config
		rounds int
	}{
		"with the referrers API":    {registrytest.Config{}, 1},
		"without the referrers API": {registrytest.Config{NoReferrers: true}, 1},
		"and one for a token":       {registrytest.Config{Token: true}, 2},
		"over HTTP/2":               {registrytest.Config{TLS: true}, 1},
	} {
		for _, pinned := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, pinned %v", name, pinned), func(t *testing.T) {
				t.Parallel()
				eventually(t, func(latency time.Duration) string {
					config := c.config
					config.Latency = latency
					r := registrytest.New(t, config)
					reference := r.Host() + "/x:1"
					if index := wide(t, r); pinned {
						reference = r.Host() + "/x@" + string(index.Digest)
					}
					opts, _ := keeping(t)
					opts.Insecure = config.TLS
					first := picture(mustDiscover(t, reference, opts))
					r.Forget()
					if again := picture(mustDiscover(t, reference, opts)); again != first {
						t.Errorf("the second time it is\n%s\nand the first time it was\n%s", again, first)
					}
					asked, lists := r.Requests(), 0
					for _, request := range asked {
						if strings.Contains(request.Path, "/referrers/") {
							lists++
						}
						if strings.Contains(request.Path, "/blobs/") || strings.Contains(request.Path, "/manifests/sha256:") && !pinned {
							t.Errorf("asked again for %s, which cannot change", request.Path)
						}
					}
					if config.NoReferrers && lists > 3 {
						return fmt.Sprintf("asked for %d lists of referrers, want one of each image to see that there are none", lists)
					}
					if rounds := registrytest.Rounds(asked); rounds > c.rounds {
						return fmt.Sprintf("%d rounds, want %d", rounds, c.rounds)
					}
					return ""
				})
			})
		}
	}
}

func TestALateRootMakesNobodyAskForListsThatAreKnownToBeMissing(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{NoReferrers: true})
	index := wide(t, r)
	reference := r.Host() + "/x@" + string(index.Digest)
	opts, _ := keeping(t)
	mustDiscover(t, reference, opts)
	r.Forget()
	r.Fail(registrytest.Fault{Path: "/manifests/" + string(index.Digest), Times: 2, Status: http.StatusInternalServerError})
	mustDiscover(t, reference, opts)
	lists := 0
	for _, request := range r.Requests() {
		if strings.Contains(request.Path, "/referrers/") {
			lists++
		}
	}
	if lists > 3 {
		t.Errorf("asked for %d lists of referrers, want one of each image", lists)
	}
}

func TestWhatHasChangedSinceIsSeen(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	index := wide(t, r)
	opts, _ := keeping(t)
	before := len(attached(mustDiscover(t, r.Host()+"/x:1", opts)))
	added := r.Attach(t, "x", "", index, registrytest.BundleType, []byte(`{"new":true}`))
	tree := mustDiscover(t, r.Host()+"/x:1", opts)
	if e := tree.Entry(string(added.Digest)); e == nil || e.BlobState != model.BlobLoadedOK || len(attached(tree)) != before+1 {
		t.Errorf("what was attached meanwhile is %+v", e)
	}
	other := r.Image(t, "x", "1", "quite another image")
	tree = mustDiscover(t, r.Host()+"/x:1", opts)
	if tree.Root().Node.Digest != other.Digest || tree.Len() != 1 {
		t.Errorf("the tag names another image, and the tree has %d nodes under %s", tree.Len(), tree.Root().Node.Digest.Short())
	}
}

func TestNothingKeptIsShownToWhoMayNotReadTheRepository(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{Token: true, User: "me", Password: "secret"})
	index := wide(t, r)
	opts, _ := keeping(t)
	opts.Keychain = keychain{user: "me", password: "secret"}
	for _, reference := range []string{r.Host() + "/x:1", r.Host() + "/x@" + string(index.Digest)} {
		mustDiscover(t, reference, opts)
		stranger := opts
		stranger.Keychain = anonymous{}
		seen := 0
		err := Discover(t.Context(), reference, stranger, func(e model.Event) {
			seen++
			t.Errorf("%s: was told %T", reference, e)
		})
		checkKind(t, err, KindDenied)
		// The registry may give tokens to everybody, and refuse the repository.
		r.Change(func(c *registrytest.Config) { c.User = "" })
		r.Fail(registrytest.Fault{Path: "^/v2/x/manifests/(1|sha256:[0-9a-f]*)$", Times: 1, Status: 403})
		err = Discover(t.Context(), reference, stranger, func(e model.Event) { t.Errorf("%s: was told %T", reference, e) })
		checkKind(t, err, KindDenied)
		r.Change(func(c *registrytest.Config) { c.User = "me" })
		mustDiscover(t, reference, opts)
	}
}

func TestARepositoryDoesNotProfitFromAnothersCache(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	wide(t, r)
	opts, _ := keeping(t)
	mustDiscover(t, r.Host()+"/x:1", opts)
	// A second repository names the payload of the first as its own, and does not have it.
	payload := []byte(`{"n":0}`)
	image := r.Image(t, "y", "1", "image")
	claim := r.Attach(t, "y", "", image, registrytest.BundleType, payload)
	r.Remove("y", model.DigestOf(payload))
	tree := mustDiscover(t, r.Host()+"/y:1", opts)
	if e := tree.Entry(string(claim.Digest)); e == nil || e.Blob != nil {
		t.Errorf("%+v, want it without the payload that it does not have", e)
	}
}

func TestARegistryThatChangedItsWaysIsAskedAnew(t *testing.T) {
	for name, change := range map[string]func(*registrytest.Config){
		"it wants tokens now":    func(c *registrytest.Config) { c.Token = true },
		"it wants passwords now": func(c *registrytest.Config) { c.Basic = true },
	} {
		t.Run(name, func(t *testing.T) {
			r := registrytest.New(t, registrytest.Config{})
			wide(t, r)
			opts, _ := keeping(t)
			opts.Keychain = keychain{user: "me", password: "secret"}
			first := picture(mustDiscover(t, r.Host()+"/x:1", opts))
			r.Change(change)
			if again := picture(mustDiscover(t, r.Host()+"/x:1", opts)); again != first {
				t.Errorf("it was\n%s\nand is\n%s", first, again)
			}
		})
	}
}

// keptFiles are the files of a cache.
func keptFiles(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestADamagedCacheChangesNothing(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	wide(t, r)
	opts, dir := keeping(t)
	first := picture(mustDiscover(t, r.Host()+"/x:1", opts))
	for name, damage := range map[string]func(path string) error{
		"a byte is another in every file": func(path string) error {
			raw, err := os.ReadFile(path)
			if err != nil || len(raw) == 0 {
				return err
			}
			raw[len(raw)/2] ^= 1
			return os.WriteFile(path, raw, 0o600)
		},
		"every file is empty":    func(path string) error { return os.Truncate(path, 0) },
		"every file is gone":     os.Remove,
		"folders are in the way": func(path string) error { return errors.Join(os.Remove(path), os.Mkdir(path, 0o700)) },
	} {
		t.Run(name, func(t *testing.T) {
			for _, path := range keptFiles(t, dir) {
				if err := damage(path); err != nil {
					t.Fatal(err)
				}
			}
			if again := picture(mustDiscover(t, r.Host()+"/x:1", opts)); again != first {
				t.Errorf("it is\n%s\nand was\n%s", again, first)
			}
		})
	}
}

func TestACacheThatCannotBeWrittenChangesNothing(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	wide(t, r)
	first := picture(mustDiscover(t, r.Host()+"/x:1", quick()))
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	opts := quick()
	opts.Cache = cache.Open(filepath.Join(file, "cache"), 0)
	if again := picture(mustDiscover(t, r.Host()+"/x:1", opts)); again != first || opts.Cache.Problem() == nil {
		t.Errorf("it is\n%s\nand was\n%s (problem %v)", again, first, opts.Cache.Problem())
	}
}

func TestOfflineIsAnsweredFromACompleteCache(t *testing.T) {
	for name, config := range map[string]registrytest.Config{"with the referrers API": {}, "without": {NoReferrers: true}} {
		t.Run(name, func(t *testing.T) {
			r := registrytest.New(t, config)
			index := wide(t, r)
			opts, _ := keeping(t)
			online := mustDiscover(t, r.Host()+"/x:1", opts)
			opts.Offline, opts.Transport = true, refusing{t}
			for _, reference := range []string{r.Host() + "/x:1", r.Host() + "/x@" + string(index.Digest)} {
				offline := mustDiscover(t, reference, opts)
				if picture(offline) != picture(online) {
					t.Errorf("%s: offline it is\n%s\nand online it was\n%s", reference, picture(offline), picture(online))
				}
				if offline.AsOf.IsZero() || len(offline.Notes) != 1 || !strings.Contains(offline.Notes[0].Message, "as of") {
					t.Errorf("%s: as of %v, notes %v", reference, offline.AsOf, offline.Notes)
				}
				tagged := !strings.Contains(reference, "@")
				if (offline.Root().Node.Tag != "") != tagged {
					t.Errorf("%s: the root's tag is %q", reference, offline.Root().Node.Tag)
				}
			}
		})
	}
}

func TestOfflineWithAnythingMissingIsAnError(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	wide(t, r)
	opts, dir := keeping(t)
	mustDiscover(t, r.Host()+"/x:1", opts)
	opts.Offline, opts.Transport = true, refusing{t}
	for _, path := range keptFiles(t, dir) {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(raw), `"parameters"`) {
			continue // how the registry wants to be spoken to is of no interest here
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		err = Discover(t.Context(), r.Host()+"/x:1", opts, func(e model.Event) { t.Errorf("without %s: was told %T", path, e) })
		checkKind(t, err, KindOffline)
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	mustDiscover(t, r.Host()+"/x:1", opts)
}

func TestOfflineWithALookUpThatWasDeniedIsAnError(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	wide(t, r)
	r.Fail(registrytest.Fault{Path: `\.sig$`, Status: 403})
	opts, _ := keeping(t)
	mustDiscover(t, r.Host()+"/x:1", opts)
	opts.Offline, opts.Transport = true, refusing{t}
	_, err := discovered(t, r.Host()+"/x:1", opts)
	checkKind(t, err, KindOffline)
}

func TestDiscoveriesThatShareAClientShareItsPingAndItsToken(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{Token: true})
	wide(t, r)
	r.Image(t, "x", "2", "another")
	opts := quick()
	opts.Client = NewClient(opts)
	defer opts.Client.Close()
	mustDiscover(t, r.Host()+"/x:1", opts)
	mustDiscover(t, r.Host()+"/x:2", opts)
	pings := 0
	for _, request := range r.Requests() {
		if request.Path == "/v2/" {
			pings++
		}
	}
	if pings != 1 || r.Tokens() != 1 {
		t.Errorf("%d pings and %d tokens, want one of each", pings, r.Tokens())
	}
}
