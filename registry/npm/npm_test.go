package npm_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/fetch"
	"github.com/attestree/attestree/registry/npm"
	"github.com/attestree/attestree/registry/npm/npmtest"
)

const (
	name    = "@attestree/demo-server"
	version = "1.4.0"
	spec    = name + "@" + version
)

func answer(t *testing.T, file string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "testdata", "packages", "npm", file))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// serve is a registry that knows the demo's package.
func serve(t *testing.T) (*npmtest.Registry, npm.Registry) {
	t.Helper()
	r := npmtest.New(t)
	r.Versions[spec], r.Histories[name], r.Attestations[spec] = answer(t, "version.json"), answer(t, "history.json"), answer(t, "attestations.json")
	u, err := npm.ParseURL(r.URL())
	if err != nil {
		t.Fatal(err)
	}
	return r, npm.Registry{URL: u}
}

// client waits for nothing and remembers how long it was asked to.
func client(waited *time.Duration) *fetch.Client {
	return &fetch.Client{Wait: func(_ context.Context, d time.Duration) error {
		*waited += d
		return nil
	}}
}

func nodes(t *testing.T, a npm.Answers) (found []model.Node, lookups []model.Lookup) {
	t.Helper()
	err := a.Emit(name, version, "", nil, func(e model.Event) {
		switch e := e.(type) {
		case model.NodeFound:
			found = append(found, e.Node)
		case model.LookedUp:
			lookups = append(lookups, e.Lookup)
		default:
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return found, lookups
}

func TestAVersionBecomesItsTarballAndWhatIsSignedAboutThat(t *testing.T) {
	_, where := serve(t)
	var waited time.Duration
	a, err := npm.Ask(t.Context(), client(&waited), where, name, version, nil)
	if err != nil {
		t.Fatal(err)
	}
	found, lookups := nodes(t, a)
	type short struct{ Kind, Format, Parent, SubjectName string }
	var got []short
	for _, n := range found {
		got = append(got, short{string(n.Kind), string(n.Format), n.Parent, n.SubjectName})
		if n.Format.Signed() && (n.Subject != found[1].Digest || n.Subject.Algorithm() != "sha512") {
			t.Errorf("%s is about %q, want the tarball's sha512", n.ID, n.Subject)
		}
	}
	purl := "pkg:npm/%40attestree/demo-server@1.4.0"
	want := []short{
		{"package", "", "", ""}, {"package-file", "", purl, ""},
		{"signature", "registry-signature", purl + "#tarball", ""},
		{"attestation", "sigstore-bundle", purl + "#tarball", purl}, {"attestation", "sigstore-bundle", purl + "#tarball", purl},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	p := found[0].Package
	if p.Repository != "https://github.com/attestree/demo-server" || !p.Announced || p.Publisher.Kind != "github" {
		t.Errorf("package %+v", p)
	}
	if len(lookups) != 2 || lookups[1].Status != model.LookupFound || lookups[1].Count != 2 {
		t.Errorf("ledger %+v", lookups)
	}
}

func TestTheHistoryIsFetchedOnlyWhereTheTimeOfPublicationMatters(t *testing.T) {
	for _, timed := range []bool{false, true} {
		r, where := serve(t)
		var waited time.Duration
		a, err := npm.Ask(t.Context(), client(&waited), where, name, version, func(string) bool { return timed })
		if err != nil {
			t.Fatal(err)
		}
		asked := strings.Contains(strings.Join(r.Asked(), " ")+" ", "/@attestree%2Fdemo-server ")
		if asked != timed || a.Published.IsZero() == timed {
			t.Errorf("timed %v: asked %v, published %v", timed, r.Asked(), a.Published)
		}
	}
}

func TestAnAnswerThatCannotBeHadIsNeverCalledNone(t *testing.T) {
	answers := func(code int, header, value, body string) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, r *http.Request) bool {
			if !strings.Contains(r.URL.Path, "attestations") {
				return false
			}
			if header != "" {
				w.Header().Set(header, value)
			}
			w.WriteHeader(code)
			_, _ = w.Write([]byte(body))
			return true
		}
	}
	for what, c := range map[string]struct {
		meddle func(http.ResponseWriter, *http.Request) bool
		want   model.LookupStatus
		detail string
	}{
		"denied":                         {answers(403, "", "", ""), model.LookupDenied, "403"},
		"asks for a login":               {answers(401, "", "", ""), model.LookupDenied, "401"},
		"too many requests, for an hour": {answers(429, "Retry-After", "3600", ""), model.LookupFailed, "asks to wait 1h0m0s"},
		"broken":                         {answers(500, "", "", ""), model.LookupFailed, "500"},
		"announced and not there":        {answers(404, "", "", ""), model.LookupFailed, "announces attestations"},
		"announced and empty":            {answers(200, "", "", `{"attestations":[]}`), model.LookupFailed, "is empty"},
		"no list":                        {answers(200, "", "", `{"ok":true}`), model.LookupFailed, "no list"},
		"too many":                       {answers(200, "", "", `{"attestations":[`+strings.Repeat("{},", 40)+`{}]}`), model.LookupFailed, "more than 32"},
		"larger than anything":           {answers(200, "", "", string(bytes.Repeat([]byte(" "), 33<<20))), model.LookupTruncated, "larger than"},
		"another host":                   {answers(302, "Location", "https://elsewhere.example/x", ""), model.LookupFailed, "another host"},
	} {
		t.Run(what, func(t *testing.T) {
			r, where := serve(t)
			r.Meddle = c.meddle
			var waited time.Duration
			a, err := npm.Ask(t.Context(), client(&waited), where, name, version, nil)
			if err != nil {
				t.Fatal(err)
			}
			_, lookups := nodes(t, a)
			if l := lookups[len(lookups)-1]; l.Status != c.want || !strings.Contains(l.Detail, c.detail) {
				t.Errorf("ledger says %s, %q", l.Status, l.Detail)
			}
		})
	}
}

func TestARegistryThatKnowsNoSingleVersionsIsAskedForAll(t *testing.T) {
	r, where := serve(t)
	delete(r.Versions, spec)
	var waited time.Duration
	a, err := npm.Ask(t.Context(), client(&waited), where, name, version, nil)
	if err != nil {
		t.Fatal(err)
	}
	if found, _ := nodes(t, a); len(found) != 5 {
		t.Errorf("%d nodes", len(found))
	}
	for wanted, says := range map[string]string{name + "@9.9.9": "has the package " + name + ", and no version 9.9.9 of it", "absent@1.0.0": "has no package absent"} {
		n, v, err := npm.Split(wanted)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = npm.Ask(t.Context(), client(&waited), where, n, v, nil); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", wanted, err, says)
		}
	}
	r.Meddle = func(w http.ResponseWriter, q *http.Request) bool {
		if strings.Contains(q.URL.Path, "1.4.0") {
			return false
		}
		w.WriteHeader(http.StatusForbidden)
		return true
	}
	if _, err := npm.Ask(t.Context(), client(&waited), where, name, version, nil); err == nil || strings.Contains(err.Error(), "has no") {
		t.Errorf("a history that was denied: %v", err)
	}
}

func TestAnEntryThatIsNotTheOneAskedForIsRefused(t *testing.T) {
	for what, body := range map[string]string{
		"of another package": `{"name":"other","version":"1.4.0","dist":{}}`,
		"of another version": `{"name":"@attestree/demo-server","version":"1.3.9","dist":{}}`,
		"without a tarball":  `{"name":"@attestree/demo-server","version":"1.4.0"}`,
		"no JSON":            `<html>`,
	} {
		r, where := serve(t)
		r.Versions[spec] = []byte(body)
		var waited time.Duration
		if a, err := npm.Ask(t.Context(), client(&waited), where, name, version, nil); err == nil {
			t.Errorf("an entry %s was accepted: %+v", what, a)
		}
	}
}

func TestTheRegistryIsGivenTheTimeThatItAsksFor(t *testing.T) {
	r, where := serve(t)
	left := 2
	r.Meddle = func(w http.ResponseWriter, _ *http.Request) bool {
		if left--; left < 0 {
			return false
		}
		w.Header().Set("Retry-After", "7")
		w.WriteHeader(http.StatusTooManyRequests)
		return true
	}
	var waited time.Duration
	if _, err := npm.Ask(t.Context(), client(&waited), where, name, version, nil); err != nil {
		t.Fatal(err)
	}
	if waited != 14*time.Second {
		t.Errorf("waited %s, want 14s", waited)
	}
}

func TestOfflineOpensNoConnection(t *testing.T) {
	r, where := serve(t)
	_, err := npm.Ask(t.Context(), &fetch.Client{Offline: true}, where, name, version, nil)
	if err == nil || len(r.Asked()) > 0 {
		t.Errorf("error %v, asked %v", err, r.Asked())
	}
}

func TestCredentialsGoToTheRegistryThatTheyAreFor(t *testing.T) {
	var got []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.Header.Get("Authorization"))
		http.NotFound(w, r)
	}))
	defer server.Close()
	host := strings.TrimPrefix(server.URL, "http://")
	home := t.TempDir()
	npmrc := "registry=https://elsewhere.example/\n@attestree:registry=" + server.URL + "/npm/\n//" + host + "/npm/:_authToken=${TOKEN}\n//elsewhere.example/:_authToken=never\n"
	if err := os.WriteFile(filepath.Join(home, ".npmrc"), []byte(npmrc), 0o600); err != nil {
		t.Fatal(err)
	}
	settings, err := npm.ReadSettings(func(k string) string { return map[string]string{"TOKEN": "sesame"}[k] }, home)
	if err != nil {
		t.Fatal(err)
	}
	where, from, err := settings.Registry(name)
	if err != nil || !strings.HasSuffix(from, ".npmrc") {
		t.Fatalf("%v, from %q", err, from)
	}
	_, _ = npm.Ask(t.Context(), &fetch.Client{}, where, name, version, nil)
	if diff := cmp.Diff([]string{"Bearer sesame", "Bearer sesame"}, got); diff != "" {
		t.Error(diff)
	}
	other, _, err := settings.Registry("left-pad")
	if err != nil || other.URL.Host != "elsewhere.example" || other.Authorization != "Bearer never" {
		t.Errorf("%v, %+v", err, other)
	}
}

func TestNamesThatLeadElsewhereAreRefused(t *testing.T) {
	for _, bad := range []string{"a", "a@", "@1.0.0", "../x@1.0.0", "a/../b@1.0.0", "@a/b/c@1.0.0", "a@latest", "a@^1.0.0", "a b@1.0.0", "a@1.0", ".hidden@1.0.0"} {
		if n, v, err := npm.Split(bad); err == nil {
			t.Errorf("%q is %q at %q", bad, n, v)
		}
	}
	for good, purl := range map[string]string{"@a/b@1.0.0-rc.1": "pkg:npm/%40a/b@1.0.0-rc.1", "Base64@0.3.0": "pkg:npm/Base64@0.3.0"} {
		n, v, err := npm.Split(good)
		if err != nil || npm.PURL(n, v) != purl {
			t.Errorf("%q: %v, %s", good, err, npm.PURL(n, v))
		}
	}
}
