package sourcehost

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/attestree/attestree/registry/fetch"
)

const hash = "0123456789abcdef0123456789abcdef01234567"

var file = File{Repository: "https://github.com/org/repo", Commit: hash, Path: "npx/server/spec.yaml"}

func TestWhereRawFilesAre(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name       string
		base       string
		change     func(*File)
		want, fail string
	}{
		{"GitHub", "", func(*File) {}, "https://raw.githubusercontent.com/org/repo/" + hash + "/npx/server/spec.yaml", ""},
		{"as git writes it", "", func(f *File) { f.Repository += ".git" }, "https://raw.githubusercontent.com/org/repo/" + hash + "/npx/server/spec.yaml", ""},
		{"a group of GitLab's", "", func(f *File) { f.Repository = "https://gitlab.com/a/b/c" }, "https://gitlab.com/a/b/c/-/raw/" + hash + "/npx/server/spec.yaml", ""},
		{"a mirror", "https://mirror.example/raw/", func(*File) {}, "https://mirror.example/raw/org/repo/" + hash + "/npx/server/spec.yaml", ""},
		{"another host with a base", "https://mirror.example", func(f *File) { f.Repository = "https://git.example/o/r" }, "https://mirror.example/o/r/" + hash + "/npx/server/spec.yaml", ""},
		{"a path with odd characters", "", func(f *File) { f.Path = "a b/c?d#e" }, "https://raw.githubusercontent.com/org/repo/" + hash + "/a%20b/c%3Fd%23e", ""},
		{"another host", "", func(f *File) { f.Repository = "https://git.example/o/r" }, "", "not known"},
		{"a branch", "", func(f *File) { f.Commit = "main" }, "", "full hash"},
		{"a short hash", "", func(f *File) { f.Commit = hash[:12] }, "", "full hash"},
		{"out of the repository", "", func(f *File) { f.Path = "../../other/" + hash + "/x" }, "", "inside a repository"},
		{"out of it in the middle", "", func(f *File) { f.Path = "a/../../x" }, "", "inside a repository"},
		{"from the top", "", func(f *File) { f.Path = "/etc/passwd" }, "", "inside a repository"},
		{"with backslashes", "", func(f *File) { f.Path = `..\x` }, "", "inside a repository"},
		{"nothing", "", func(f *File) { f.Path = "" }, "", "no file"},
		{"no https", "", func(f *File) { f.Repository = "http://github.com/org/repo" }, "", "https"},
		{"a user in it", "", func(f *File) { f.Repository = "https://me:secret@github.com/org/repo" }, "", "https"},
		{"dots for an owner", "", func(f *File) { f.Repository = "https://github.com/../repo" }, "", "no repository has"},
		{"an owner alone", "", func(f *File) { f.Repository = "https://github.com/org" }, "", "names no project"},
	} {
		f := file
		c.change(&f)
		h, err := New(Options{Base: c.base})
		if err != nil {
			t.Fatal(err)
		}
		at, err := f.raw(h.base)
		switch {
		case c.fail != "" && (err == nil || !strings.Contains(err.Error(), c.fail)):
			t.Errorf("%s: %v, %v; want an error with %q", c.name, at, err, c.fail)
		case c.fail == "" && (err != nil || at.String() != c.want):
			t.Errorf("%s: %v, %v; want %s", c.name, at, err, c.want)
		}
	}
}

func TestBasesThatAreRefused(t *testing.T) {
	t.Parallel()
	for _, o := range []Options{
		{Base: "http://mirror.example"}, {Base: "ftp://127.0.0.1"}, {Base: "mirror.example"}, {Base: "https://u:p@mirror.example"},
		{Base: "https://mirror.example?x=1"}, {Base: "http://127.0.0.1:1", Token: "secret"},
	} {
		if _, err := New(o); err == nil {
			t.Errorf("%+v is taken", o)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%v shows the token", err)
		}
	}
}

// serve is a host over TLS whose certificate the client knows.
func serve(t *testing.T, token string, answer http.HandlerFunc) *Host {
	t.Helper()
	server := httptest.NewTLSServer(answer)
	t.Cleanup(server.Close)
	h, err := New(Options{Base: server.URL + "/raw", Token: token, Transport: server.Client().Transport})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestAFileIsReadWithItsToken(t *testing.T) {
	t.Parallel()
	h := serve(t, "secret", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/raw/org/repo/"+hash+"/npx/server/spec.yaml" || r.Header.Get("Authorization") != "Bearer secret" {
			http.Error(w, "no", http.StatusForbidden)
			return
		}
		_, _ = w.Write([]byte("metadata: {}"))
	})
	data, at, err := h.Read(t.Context(), file, 100)
	if err != nil || string(data) != "metadata: {}" || !strings.HasSuffix(at, "/spec.yaml") {
		t.Errorf("%q from %s: %v", data, at, err)
	}
}

func TestNoTokenIsSentUnlessOneIsGiven(t *testing.T) {
	t.Setenv("GITHUB_TOKEN", "secret")
	h := serve(t, "", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" || r.Header.Get("Cookie") != "" {
			t.Error("credentials came along")
		}
		_, _ = w.Write([]byte("x"))
	})
	if _, _, err := h.Read(t.Context(), file, 100); err != nil {
		t.Error(err)
	}
}

func TestWhatAHostMayNotDo(t *testing.T) {
	t.Parallel()
	stolen := httptest.NewTLSServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("another host was asked, with %q", r.Header.Get("Authorization"))
	}))
	t.Cleanup(stolen.Close)
	for _, c := range []struct {
		name   string
		answer http.HandlerFunc
		fail   string
		is     error
	}{
		{"send to another host", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, stolen.URL+r.URL.Path, http.StatusFound)
		}, "another host", nil},
		{"send to plain HTTP", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://"+r.Host+r.URL.Path, http.StatusFound)
		}, "another host", nil},
		{"answer more than is wanted", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 101)) }, "larger than 100", nil},
		{"have nothing", http.NotFound, "no such file", ErrNotThere},
		{"refuse", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }, "403", nil},
		{"ask to wait for long", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(http.StatusTooManyRequests)
		}, "asks to wait", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := serve(t, "secret", c.answer)
			_, _, err := h.Read(t.Context(), file, 100)
			if err == nil || !strings.Contains(err.Error(), c.fail) || strings.Contains(err.Error(), "secret") {
				t.Errorf("%v, want an error with %q", err, c.fail)
			}
			if c.is != nil && !errors.Is(err, c.is) {
				t.Errorf("%v is not %v", err, c.is)
			}
			if c.is == nil && fetch.Is(err, fetch.NotFound) {
				t.Error("it is said not to be there")
			}
		})
	}
}
