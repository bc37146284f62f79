package tuf

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/theupdateframework/go-tuf/v2/metadata"

	"github.com/attestree/attestree/verifier/trust"
)

// smallRoot is a trusted root with one log and nothing else, so that every byte of its record can be tried.
func smallRoot(tb testing.TB) []byte {
	tb.Helper()
	var document map[string]any
	if err := json.Unmarshal(trustedRoot(tb, false), &document); err != nil {
		tb.Fatal(err)
	}
	document["tlogs"] = document["tlogs"].([]any)[:1]
	delete(document, "certificateAuthorities")
	delete(document, "ctlogs")
	delete(document, "timestampAuthorities")
	raw, err := json.Marshal(document)
	if err != nil {
		tb.Fatal(err)
	}
	return raw
}

// kept is a record of a small root that was updated and rotated once, and what it proves.
func kept(tb testing.TB) (*repository, Options, record, state) {
	tb.Helper()
	r := newRepository(tb, smallRoot(tb))
	r.Rotate(metadata.TIMESTAMP)
	r.Next(smallRoot(tb))
	o := r.place()
	s, _ := r.must(o)
	rec, err := read(o.Dir)
	if err != nil {
		tb.Fatal(err)
	}
	return r, o, rec, s
}

func TestNoByteOfTheCacheCanBeFlipped(t *testing.T) {
	t.Parallel()
	r, o, _, want := kept(t)
	raw, err := os.ReadFile(filepath.Join(o.Dir, recordFile))
	if err != nil {
		t.Fatal(err)
	}
	accepted := 0
	for i := range raw {
		flipped := bytes.Clone(raw)
		flipped[i] ^= 1 << (i % 8)
		got, err := decode(flipped)
		if err != nil {
			continue
		}
		s, err := authenticate(r.instance(), got)
		if err != nil {
			continue
		}
		accepted++
		if !same(s, want) {
			t.Errorf("byte %d: %+v", i, s)
		}
	}
	if accepted > len(raw)/100 {
		t.Errorf("%d of %d flipped bytes were not noticed", accepted, len(raw))
	}
}

func TestNoByteOfWhatIsSignedCanBeFlippedWithItsSum(t *testing.T) {
	t.Parallel()
	r, _, rec, want := kept(t)
	for name, part := range map[string]func(*record) *[]byte{
		"the chain": func(r *record) *[]byte { return &r.Roots[0] },
		"timestamp": func(r *record) *[]byte { return &r.Timestamp },
		"snapshot":  func(r *record) *[]byte { return &r.Snapshot },
		"targets":   func(r *record) *[]byte { return &r.Targets },
		"target":    func(r *record) *[]byte { return &r.Target },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			whole := *part(&rec)
			for i := range whole {
				forged := rec
				forged.Roots = [][]byte{rec.Roots[0]}
				flipped := bytes.Clone(whole)
				flipped[i] ^= 1 << (i % 8)
				*part(&forged) = flipped
				forged.Length, forged.SHA256 = int64(len(forged.Target)), sum(forged.Target)
				if s, err := authenticate(r.instance(), forged); err == nil && !same(s, want) {
					t.Fatalf("byte %d: %+v", i, s)
				}
			}
		})
	}
}

// same compares everything that a state proves.
func same(a, b state) bool {
	return a.version == b.version && a.rootVersion == b.rootVersion && a.timestampVersion == b.timestampVersion &&
		a.expires.Equal(b.expires) && a.root.Info.SHA256 == b.root.Info.SHA256 && a.root.Requires == b.root.Requires &&
		reflect.DeepEqual(a.root.Members(), b.root.Members())
}

func TestWhatIsNoCacheIsRefusedInOneSentence(t *testing.T) {
	t.Parallel()
	r, o, rec, _ := kept(t)
	path := filepath.Join(o.Dir, recordFile)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	forged := func(change func(*record)) []byte {
		other := rec
		change(&other)
		raw, err := other.encode()
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	for name, c := range map[string]struct {
		raw  []byte
		want string
	}{
		"an empty file":      {nil, "not JSON"},
		"half a file":        {good[:len(good)/2], "not JSON"},
		"two files":          {append(bytes.Clone(good), good...), "not JSON"},
		"another form":       {bytes.Replace(good, []byte(`"schemaVersion":"1"`), []byte(`"schemaVersion":"2"`), 1), "does not know"},
		"another instance":   {forged(func(r *record) { r.Name = "other" }), `belongs to "other"`},
		"another version":    {forged(func(r *record) { r.Version++ }), "does not fit"},
		"another length":     {forged(func(r *record) { r.Length++ }), "does not fit"},
		"another hash":       {forged(func(r *record) { r.SHA256 = strings.Repeat("0", 64) }), "does not fit"},
		"no chain of roots":  {forged(func(r *record) { r.Roots = nil }), "timestamp.json is not signed by enough"},
		"no timestamp":       {forged(func(r *record) { r.Timestamp = nil }), "timestamp.json is not TUF metadata"},
		"a time before all":  {forged(func(r *record) { r.FetchedAt = time.Time{} }), "does not fit"},
		"a time after all":   {forged(func(r *record) { r.FetchedAt = today.Add(1000 * day) }), "expired"},
		"another instance's": {forged(func(r *record) { *r = otherRecord(t) }), "signed by enough"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "test")
			if err := errors.Join(prepare(dir), replace(filepath.Join(dir, recordFile), c.raw)); err != nil {
				t.Fatal(err)
			}
			_, err := inspect(dir, r.instance())
			if err == nil || !strings.Contains(err.Error(), c.want) ||
				!strings.HasPrefix(err.Error(), "the trusted root test of the last update is not used: ") {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

func otherRecord(t *testing.T) record {
	t.Helper()
	_, _, rec, _ := kept(t)
	return rec
}

func TestACacheThatIsDamagedIsReplacedByTheNextUpdate(t *testing.T) {
	t.Parallel()
	r, o, _, want := kept(t)
	if err := os.WriteFile(filepath.Join(o.Dir, recordFile), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, change := r.must(o)
	if !same(s, want) || !strings.Contains(change.Note, "what was kept before is not used") {
		t.Errorf("%+v", change)
	}
}

func TestAMirrorMayNotGoBackBehindTheProgram(t *testing.T) {
	t.Parallel()
	r := newRepository(t, smallRoot(t))
	for want, in := range map[string]instance{
		"version 1 is older than 2, which is in this program": r.carrying(2, smallRoot(t)),
		"version 1 is in this program too":                    r.carrying(1, trustedRoot(t, false)),
	} {
		o := r.place()
		if _, _, err := update(t.Context(), o, in, newFetcher("")); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
		if _, err := read(o.Dir); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("something was kept: %v", err)
		}
	}
}

func TestNothingKeptIsNoError(t *testing.T) {
	dir := filepath.Join(t.TempDir(), trust.PublicGoodName)
	if root, found, err := Cached(dir); err != nil || found || root.Material() != nil {
		t.Errorf("%+v, %v, %v", root.Info, found, err)
	}
	if _, err := Inspect(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if roots, notes := Private(filepath.Join(dir, "none", "x")); roots != nil || notes != nil {
		t.Errorf("%+v, %v", roots, notes)
	}
}

func TestNothingInTheCurrentFolderIsRead(t *testing.T) {
	r, o, rec, _ := kept(t)
	rec.Anchor = r.Anchor()
	raw, err := rec.encode()
	if err != nil {
		t.Fatal(err)
	}
	if err := replace(filepath.Join(o.Dir, recordFile), raw); err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Dir(o.Dir))
	if _, found, err := Cached("test"); found || err != nil {
		t.Errorf("%v, %v", found, err)
	}
	if roots, notes := Private(filepath.Join(".", trust.PublicGoodName)); roots != nil || notes != nil {
		t.Errorf("%+v, %v", roots, notes)
	}
	if _, found, err := Cached(o.Dir); !found || err != nil {
		t.Errorf("%v, %v", found, err)
	}
	o.Dir = "test"
	if _, _, err := Update(t.Context(), o); err == nil || !strings.Contains(err.Error(), "there is no cache folder") {
		t.Error(err)
	}
}

func TestAFolderThatCannotBeMadeIsSaidBeforeAnythingIsFetched(t *testing.T) {
	r := newRepository(t, smallRoot(t))
	o := r.place()
	if err := os.WriteFile(filepath.Dir(o.Dir)+"/file", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	o.Dir = filepath.Join(filepath.Dir(o.Dir), "file", "test")
	r.fails(o, "something else is in its place")
	if asked := r.Asked(); len(asked) > 0 {
		t.Errorf("asked for %v", asked)
	}
}

func TestCachedOpensNoConnection(t *testing.T) {
	r, o, rec, _ := kept(t)
	rec.Anchor = r.Anchor()
	raw, err := rec.encode()
	if err != nil {
		t.Fatal(err)
	}
	if err := replace(filepath.Join(o.Dir, recordFile), raw); err != nil {
		t.Fatal(err)
	}
	r.Asked()
	standard := http.DefaultTransport
	http.DefaultTransport = refuse{t}
	defer func() { http.DefaultTransport = standard }()
	if _, found, err := Cached(o.Dir); err != nil || !found {
		t.Error(found, err)
	}
	if asked := r.Asked(); len(asked) > 0 {
		t.Errorf("asked for %v", asked)
	}
}

type refuse struct{ t *testing.T }

func (r refuse) RoundTrip(request *http.Request) (*http.Response, error) {
	r.t.Errorf("asked for %s", request.URL)
	return nil, errors.New("no network here")
}

// carrying is the repository as an instance of which the program carries the trusted root of that version.
func (r *repository) carrying(version int64, trusted []byte) instance {
	in := r.instance()
	in.floor, in.sha256, in.date = version, sum(trusted), "2020-01-02"
	return in
}

func TestTheHighestVersionWins(t *testing.T) {
	r, o, _, s := kept(t)
	for name, c := range map[string]struct {
		in    instance
		newer bool
		want  string
	}{
		"kept is newer":                      {r.carrying(1, smallRoot(t)), true, ""},
		"kept is what the program carries":   {r.carrying(2, smallRoot(t)), false, ""},
		"kept is older":                      {r.carrying(3, smallRoot(t)), false, "version 2 is older than 3, which is in this program"},
		"kept says otherwise of one version": {r.carrying(2, trustedRoot(t, false)), false, "another content"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := inspect(o.Dir, c.in)
			if c.want != "" {
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("error %v, want %q", err, c.want)
				}
				return
			}
			if err != nil || got.Newer != c.newer || got.Root.Info.SHA256 != s.root.Info.SHA256 || got.Root.Info.Date != "2020-01-02" {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}
