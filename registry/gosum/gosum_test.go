package gosum_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb"
	"golang.org/x/mod/sumdb/note"

	"github.com/attestree/attestree/registry/fetch"
	"github.com/attestree/attestree/registry/gosum"
)

const (
	module  = "example.com/mod"
	version = "v1.0.0"
	hash    = "h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
)

// serve is a checksum database that knows one module; meddle may change what it answers.
func serve(t *testing.T, meddle func(http.Handler) http.Handler) gosum.Database {
	t.Helper()
	secret, public, err := note.GenerateKey(nil, "sums.example")
	if err != nil {
		t.Fatal(err)
	}
	var handler http.Handler = sumdb.NewServer(sumdb.NewTestServer(secret, func(path, v string) ([]byte, error) {
		if path != module || v != version {
			return nil, os.ErrNotExist
		}
		return []byte(path + " " + v + " " + hash + "\n" + path + " " + v + "/go.mod " + hash + "\n"), nil
	}))
	if meddle != nil {
		handler = meddle(handler)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	u, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	return gosum.Database{Name: "sums.example", Key: public, URL: u}
}

func TestARecordIsProvenByTheDatabasesKey(t *testing.T) {
	got, err := gosum.Lookup(t.Context(), &fetch.Client{}, serve(t, nil), module, version)
	if err != nil || got != hash {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := gosum.Lookup(t.Context(), &fetch.Client{}, serve(t, nil), module, "v1.0.1"); !errors.Is(err, gosum.ErrUnknown) {
		t.Errorf("a version that it does not know: %v", err)
	}
}

func TestWhatCannotBeProvenIsNoRecord(t *testing.T) {
	other := serve(t, nil)
	for what, db := range map[string]func() gosum.Database{
		"another database's key": func() gosum.Database {
			db := serve(t, nil)
			db.Key = other.Key
			return db
		},
		"a changed record": func() gosum.Database {
			return serve(t, func(h http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					answer := httptest.NewRecorder()
					h.ServeHTTP(answer, r)
					_, _ = w.Write([]byte(strings.ReplaceAll(answer.Body.String(), "h1:AAAA", "h1:BBBB")))
				})
			})
		},
		"a database that fails": func() gosum.Database {
			return serve(t, func(http.Handler) http.Handler { return http.NotFoundHandler() })
		},
	} {
		got, err := gosum.Lookup(t.Context(), &fetch.Client{Wait: noWait}, db(), module, version)
		if err == nil || got != "" {
			t.Errorf("%s: %q", what, got)
		}
	}
}

func TestOnlyADatabaseThatTheUserNamedIsAsked(t *testing.T) {
	_, key, err := note.GenerateKey(nil, "sums.example")
	if err != nil {
		t.Fatal(err)
	}
	config := t.TempDir()
	if err := os.MkdirAll(filepath.Join(config, "go"), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(config, "go", "env"), []byte("GOSUMDB="+key+"\nGONOSUMDB=private.example/*\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		env          map[string]string
		config, path string
		url, why     string
	}{
		"nothing is said":      {nil, "", module, "", "names no checksum database"},
		"off":                  {map[string]string{"GOSUMDB": "off"}, "", module, "", "off"},
		"a name alone":         {map[string]string{"GOSUMDB": "sums.example"}, "", module, "", "without its key"},
		"go env -w":            {nil, config, module, "https://sums.example", ""},
		"a private module":     {nil, config, "private.example/x", "", "excludes"},
		"an address":           {map[string]string{"GOSUMDB": key + " https://elsewhere.example/db"}, "", module, "https://elsewhere.example/db", ""},
		"through a proxy":      {map[string]string{"GOSUMDB": key, "GOPROXY": "https://proxy.example,direct"}, "", module, "https://proxy.example/sumdb/sums.example", ""},
		"no proxy":             {map[string]string{"GOSUMDB": key, "GOPROXY": "direct"}, "", module, "https://sums.example", ""},
		"settings of a folder": {nil, "relative", module, "", "names no checksum database"},
	} {
		db, why, err := gosum.Configured(func(k string) string { return c.env[k] }, c.config, c.path)
		got := ""
		if why == "" && db.URL != nil {
			got = db.URL.String()
		}
		if err != nil || got != c.url || !strings.Contains(why, c.why) {
			t.Errorf("%s: %q, %q, %v", what, got, why, err)
		}
	}
}

func noWait(context.Context, time.Duration) error { return nil }
