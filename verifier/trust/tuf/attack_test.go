package tuf

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/theupdateframework/go-tuf/v2/metadata"
)

func TestWhatAMirrorMayNotDo(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		attack func(t *testing.T, r *repository) // after a first, good update and one new version
		want   string
	}{
		"go back to an older timestamp": {func(_ *testing.T, r *repository) {
			r.Timestamp.Signed.Version = 1
			r.Publish()
		}, "may not be taken back"},
		"go back to an older snapshot": {func(_ *testing.T, r *repository) {
			r.Timestamp.Signed.Version++
			r.Snapshot.Signed.Version = 1
			r.Publish()
		}, "may not be taken back"},
		"go back to older targets": {func(_ *testing.T, r *repository) {
			r.Timestamp.Signed.Version++
			r.Snapshot.Signed.Version++
			r.Targets.Signed.Version = 1
			r.Publish()
		}, "may not be taken back"},
		"leave out a root version": {func(_ *testing.T, r *repository) {
			r.Root.Signed.Version++
			r.Rotate(metadata.ROOT)
			raw := r.Saved()["/3.root.json"]
			r.Set("2.root.json", raw)
		}, "root.json has another version"},
		"give a root that the old keys did not sign": {func(_ *testing.T, r *repository) {
			r.NewKey(metadata.ROOT)
			r.Root.Signed.Version++
			r.PublishRoot()
		}, "root.json is not signed by enough"},
		"give a root that its own keys did not sign": {func(_ *testing.T, r *repository) {
			old := r.Keys[metadata.ROOT]
			r.NewKey(metadata.ROOT)
			r.Keys[metadata.ROOT] = old
			r.Root.Signed.Version++
			r.PublishRoot()
		}, "root.json is not signed by enough"},
		"sign the timestamp with another key": {func(_ *testing.T, r *repository) {
			r.NewKey(metadata.TIMESTAMP)
			r.Timestamp.Signed.Version++
			r.Publish()
		}, "timestamp.json is not signed by enough"},
		"sign targets with a key that was retired": {func(t *testing.T, r *repository) {
			old := r.Keys[metadata.TARGETS]
			r.Rotate(metadata.TARGETS)
			r.Keys[metadata.TARGETS] = old
			r.Next(trustedRoot(t, false))
		}, "targets.json is not signed by enough"},
		"freeze with an expired timestamp": {func(_ *testing.T, r *repository) {
			r.Timestamp.Signed.Version++
			r.Timestamp.Signed.Expires = today.Add(-time.Second)
			r.Publish()
		}, "timestamp.json has expired"},
		"show an expired root": {func(_ *testing.T, r *repository) {
			r.Root.Signed.Expires = today.Add(-time.Second)
			r.Rotate()
		}, "root.json has expired"},
		"show an expired snapshot": {func(_ *testing.T, r *repository) {
			r.Snapshot.Signed.Expires = today.Add(-time.Second)
			r.Snapshot.Signed.Version++
			r.Timestamp.Signed.Version++
			r.Publish()
		}, "snapshot.json has expired"},
		"show expired targets": {func(t *testing.T, r *repository) {
			r.Targets.Signed.Expires = today.Add(-time.Second)
			r.Next(trustedRoot(t, false))
		}, "targets.json has expired"},
		"change the target": {func(t *testing.T, r *repository) {
			r.Next(trustedRoot(t, true))
			for path, raw := range r.Saved() {
				if strings.HasPrefix(path, "/targets/") {
					r.Set(path[1:], append(bytes.Clone(raw[:len(raw)-1]), ' '))
				}
			}
		}, "trusted_root.json has another length or hash"},
		"list no trusted root": {func(_ *testing.T, r *repository) {
			delete(r.Targets.Signed.Targets, targetName)
			r.Targets.Signed.Version++
			r.Snapshot.Signed.Version++
			r.Timestamp.Signed.Version++
			r.Publish()
		}, "does not list trusted_root.json"},
		"list null": {func(_ *testing.T, r *repository) {
			r.Targets.Signed.Targets[targetName] = nil
			r.Targets.Signed.Version++
			r.Snapshot.Signed.Version++
			r.Timestamp.Signed.Version++
			r.Publish()
		}, "misshapen"},
		"sign for something that is no trusted root": {func(_ *testing.T, r *repository) {
			r.Next([]byte(`{"mediaType":"text/plain"}`))
		}, "no trusted root"},
		"sign for a trusted root that is too large": {func(_ *testing.T, r *repository) {
			r.Targets.Signed.Targets[targetName].Length = maxTarget + 1
			r.Targets.Signed.Targets[targetName].Hashes["sha256"] = make([]byte, 32)
			r.Targets.Signed.Version++
			r.Snapshot.Signed.Version++
			r.Timestamp.Signed.Version++
			r.Publish()
		}, "larger than 4 MiB"},
		"give something that is not JSON": {func(_ *testing.T, r *repository) {
			r.Set("timestamp.json", []byte("<html>"))
		}, "timestamp.json is not TUF metadata"},
		"give a list": {func(_ *testing.T, r *repository) {
			r.Set("2.root.json", []byte("[]"))
		}, "root.json is not TUF metadata"},
		"fail": {func(_ *testing.T, r *repository) {
			r.Meddle(func(w http.ResponseWriter, _ *http.Request) bool {
				http.Error(w, "\x1b[31mVERIFIED", http.StatusInternalServerError)
				return true
			})
		}, "status 500"},
		"have nothing": {func(_ *testing.T, r *repository) {
			r.Empty()
		}, "status 404"},
		"be gone": {func(_ *testing.T, r *repository) {
			r.Close()
		}, "the connection was refused"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRepository(t, trustedRoot(t, false))
			o := r.place()
			r.Next(trustedRoot(t, false))
			r.must(o)
			c.attack(t, r)
			r.fails(o, c.want)
			s, err := inspect(o.Dir, r.instance())
			if err != nil || s.Version != 2 {
				t.Errorf("what was kept is lost: %+v, %v", s, err)
			}
		})
	}
}

func TestAKnownTimestampIsNotFreshForEver(t *testing.T) {
	r := newRepository(t, trustedRoot(t, false))
	o := r.place()
	r.must(o)
	o.Now = func() time.Time { return today.Add(2 * day) } // the timestamp is good for one
	r.fails(o, "timestamp.json has expired")
	if s, err := inspect(o.Dir, r.instance()); err != nil || !s.Expires.Equal(today.Add(day)) {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestEveryFileHasALimit(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"/2.root.json", "/timestamp.json", "/2.snapshot.json", "/2.targets.json", "/targets/"} {
		t.Run("an endless "+file, func(t *testing.T) {
			t.Parallel()
			r := newRepository(t, trustedRoot(t, false))
			o := r.place()
			r.must(o)
			r.Next(trustedRoot(t, true))
			r.Meddle(func(w http.ResponseWriter, request *http.Request) bool {
				if !strings.HasPrefix(request.URL.Path, file) {
					return false
				}
				for block := make([]byte, 64<<10); request.Context().Err() == nil; {
					if _, err := w.Write(block); err != nil {
						break
					}
				}
				return true
			})
			r.fails(o, "larger than the")
		})
	}
	t.Run("a length that is announced", func(t *testing.T) {
		t.Parallel()
		r := newRepository(t, trustedRoot(t, false))
		r.Meddle(func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Content-Length", "1000000000")
			w.WriteHeader(http.StatusOK)
			return true
		})
		r.fails(r.place(), "larger than the")
	})
	t.Run("all files together", func(t *testing.T) {
		t.Parallel()
		r := newRepository(t, trustedRoot(t, false))
		f := newFetcher("")
		f.left = int64(len(trustedRoot(t, false))) + 1 // each file fits
		_, _, err := update(t.Context(), r.place(), r.instance(), f)
		if err == nil || !strings.Contains(err.Error(), "larger than the") {
			t.Error(err)
		}
	})
}

func TestAMirrorThatHangsIsLeft(t *testing.T) {
	t.Parallel()
	headers := func(http.ResponseWriter) {}
	body := func(w http.ResponseWriter) {
		_, _ = w.Write([]byte("{"))
		w.(http.Flusher).Flush()
	}
	for name, begin := range map[string]func(http.ResponseWriter){"before it answers": headers, "in the middle of a file": body} {
		hang := func(t *testing.T) (*repository, chan struct{}) {
			r := newRepository(t, trustedRoot(t, false))
			reached := make(chan struct{}, 1)
			r.Meddle(func(w http.ResponseWriter, request *http.Request) bool {
				begin(w)
				reached <- struct{}{}
				<-request.Context().Done()
				return true
			})
			return r, reached
		}
		t.Run(name+", when the reader leaves", func(t *testing.T) {
			t.Parallel()
			r, reached := hang(t)
			ctx, cancel := context.WithCancel(t.Context())
			go func() {
				<-reached
				cancel()
			}()
			_, _, err := update(ctx, r.place(), r.instance(), newFetcher(""))
			if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "it was cancelled") {
				t.Error(err)
			}
		})
		t.Run(name+", when its time is over", func(t *testing.T) {
			t.Parallel()
			r, _ := hang(t)
			f := newFetcher("")
			f.each = time.Millisecond
			_, _, err := update(t.Context(), r.place(), r.instance(), f)
			if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "no answer in time") {
				t.Error(err)
			}
		})
	}
}

func TestRedirectsLeadToTLSOnly(t *testing.T) {
	t.Parallel()
	r := newRepository(t, trustedRoot(t, false))
	plain := r.URL()
	loop := false
	var secure *httptest.Server
	secure = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		to := plain
		if loop {
			to = secure.URL
		}
		http.Redirect(w, request, to+request.URL.Path, http.StatusFound)
	}))
	defer secure.Close()
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	o := r.place()
	o.Mirror = secure.URL
	get := func() error {
		f := newFetcher("")
		f.client.Transport = secure.Client().Transport
		_, _, err := update(t.Context(), o, r.instance(), f)
		return err
	}
	if err := get(); err == nil || !strings.Contains(err.Error(), "an address without TLS") {
		t.Error(err)
	}
	if asked := r.Asked(); len(asked) > 0 {
		t.Errorf("asked %v", asked)
	}
	loop = true
	if err := get(); err == nil || !strings.Contains(err.Error(), "leads on and on") {
		t.Error(err)
	}
	f := newFetcher("")
	if _, _, err := update(t.Context(), o, r.instance(), f); err == nil || !strings.Contains(err.Error(), "its TLS certificate is not to be trusted") {
		t.Error(err)
	}
}

func TestUpdatesAtTheSameTimeKeepTheNewest(t *testing.T) {
	t.Parallel()
	r := newRepository(t, trustedRoot(t, false))
	o := r.place()
	slow, err := o.plan(r.instance())
	if err != nil {
		t.Fatal(err)
	}
	walk := refresh{fetch: newFetcher(""), mirror: slow.mirror}
	rec, s, err := walk.run(t.Context(), slow.in, today)
	if err != nil {
		t.Fatal(err)
	}
	r.Next(trustedRoot(t, true))
	newest, _ := r.must(o)
	if err := prepare(o.Dir); err != nil {
		t.Fatal(err)
	}
	if s, err = save(t.Context(), o.Dir, slow.in, rec, s); err != nil || s.version != newest.version {
		t.Errorf("the slow one left version %d, %v", s.version, err)
	}
	if kept, err := inspect(o.Dir, r.instance()); err != nil || kept.Version != newest.version {
		t.Errorf("%+v, %v", kept, err)
	}

	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if _, _, err := update(t.Context(), o, r.instance(), newFetcher("")); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if kept, err := inspect(o.Dir, r.instance()); err != nil || kept.Version != newest.version {
		t.Errorf("%+v, %v", kept, err)
	}
}

func TestWhoAsksIsTold(t *testing.T) {
	t.Parallel()
	r := newRepository(t, trustedRoot(t, false))
	var agent string
	r.Meddle(func(_ http.ResponseWriter, request *http.Request) bool {
		agent = request.UserAgent()
		return false
	})
	r.must(r.place())
	if agent != "attestree/test" {
		t.Errorf("user agent %q", agent)
	}
}
