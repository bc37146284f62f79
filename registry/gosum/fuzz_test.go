package gosum_test

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/attestree/attestree/registry/fetch"
	"github.com/attestree/attestree/registry/gosum"
)

// says answers every question with the same bytes.
type says []byte

func (s says) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(bytes.NewReader(s))}, nil
}

// Whoever has not the database's key gets nothing recorded, whatever is said.
func FuzzNothingIsRecordedWithoutTheKey(f *testing.F) {
	_, public, err := note.GenerateKey(nil, "sums.example")
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte("1\n" + module + " " + version + " " + hash + "\n\ngo.sum database tree\n1\nAAAA=\n\n— sums.example AAAA\n"))
	f.Add([]byte(""))
	f.Fuzz(func(t *testing.T, answer []byte) {
		client := &fetch.Client{Transport: says(answer)}
		db := gosum.Database{Name: "sums.example", Key: public, URL: &url.URL{Scheme: "https", Host: "sums.example"}}
		if got, err := gosum.Lookup(t.Context(), client, db, module, version); err == nil {
			t.Errorf("%q was recorded because of %q", got, answer)
		}
	})
}

// Whatever the environment says, an address that is asked names nobody, and there is a key to prove its answers with.
func FuzzADatabaseHasAKeyAndNoPassword(f *testing.F) {
	f.Add("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8", "https://me:pw@p.example,direct")
	f.Add("off", "")
	f.Add("sum.golang.org", "direct")
	f.Fuzz(func(t *testing.T, database, proxy string) {
		settings := map[string]string{"GOSUMDB": database, "GOPROXY": proxy}
		db, why, err := gosum.Configured(func(name string) string { return settings[name] }, "", module)
		if err != nil || why != "" {
			return
		}
		if db.URL == nil || db.URL.Host == "" || db.URL.User != nil || db.Key == "" || db.Name == "" {
			t.Errorf("%q, %q: %+v", database, proxy, db)
		}
	})
}
