package command

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/adrg/xdg"
	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/verifier/trust"
)

// mirror serves what the public-good instance published on 2026-08-21, on a loopback address.
func mirror(t *testing.T) string {
	t.Helper()
	top := filepath.Join("..", "..", "..", "..", "verifier", "trust")
	files := map[string]string{
		"/15.root.json": "tuf/testdata/public-good/15.root.json", "/timestamp.json": "tuf/testdata/public-good/timestamp.json",
		"/165.snapshot.json": "tuf/testdata/public-good/snapshot.json", "/14.targets.json": "tuf/testdata/public-good/targets.json",
		"/targets/6494e21ea73fa7ee769f85f57d5a3e6a08725eae1e38c755fc3517c9e6bc0b66.trusted_root.json": "public-good.trusted_root.json",
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path, found := files[r.URL.Path]
		raw, err := os.ReadFile(filepath.Join(top, path))
		if !found || err != nil {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write(raw)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// emptyHome is a home where nothing is kept.
func emptyHome(t *testing.T) {
	t.Helper()
	home := t.TempDir()
	t.Cleanup(xdg.Reload) // runs after the environment is as it was
	t.Setenv("HOME", home)
	t.Setenv("XDG_CACHE_HOME", filepath.Join(home, "cache"))
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "config"))
	xdg.Reload()
}

// on runs the program on that day.
func on(t *testing.T, day string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = Main(t.Context(), "0.0.0-test", Environment{
		Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs,
		Getenv: func(string) string { return "" }, Now: func() time.Time { return date(day) },
	})
	return code, out.String(), errs.String()
}

func TestAnUpdateIsKeptAndItsAgeIsShown(t *testing.T) {
	emptyHome(t)
	address := mirror(t)
	code, out, errs := on(t, "2026-08-22", "trust", "update", "--mirror", address)
	if code != exitOK || errs != "" || !strings.HasPrefix(out, "public-good: version 14 is still the newest\n") {
		t.Fatalf("code %d, %s%s", code, out, errs)
	}
	for day, want := range map[string]string{
		"2026-08-22": "2026-08-22 00:00:00Z (today) from " + address + "\n",
		"2026-08-23": "(1 day ago) from " + address + "\n",
		"2026-11-21": "(91 days ago) from " + address + "; there may be a newer one since 2026-08-28\n",
		"2026-08-01": "still to come: the clock was or is wrong\n",
	} {
		if code, out, errs := on(t, day, "trust", "roots"); code != exitOK || errs != "" || !strings.Contains(out, want) {
			t.Errorf("on %s: code %d, %s%s, want %q", day, code, out, errs, want)
		}
	}
	_, out, _ = on(t, "2026-11-21", "trust", "roots", "-o", "json")
	for path, want := range map[string]string{
		"roots.0.source": trust.SourceEmbedded, "roots.0.update.version": "14", "roots.0.update.rootVersion": "15",
		"roots.0.update.mirror": address, "roots.0.update.fetchedAt": "2026-08-22T00:00:00Z",
		"roots.0.update.expiresAt": "2026-08-28T19:25:56Z", "roots.0.ageDays": "425",
	} {
		if got := gjson.Get(out, path).String(); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
}

func TestAnUpdateThatFailsLeavesWhatIsKept(t *testing.T) {
	emptyHome(t)
	address := mirror(t)
	if code, _, errs := on(t, "2026-08-22", "trust", "update", "--mirror", address); code != exitOK {
		t.Fatal(errs)
	}
	code, out, errs := on(t, "2026-08-29", "trust", "update", "--mirror", address)
	want := "attestree: update the trusted root public-good: the mirror's timestamp.json has expired: "
	if code != exitIncomplete || out != "" || !strings.HasPrefix(errs, want) || strings.Count(errs, "\n") != 1 {
		t.Errorf("code %d, %s%s", code, out, errs)
	}
	if _, out, _ := on(t, "2026-08-29", "trust", "roots"); !strings.Contains(out, "(7 days ago)") {
		t.Error(out)
	}
}

func TestAPrivateInstanceIsKeptBesideThePublicOne(t *testing.T) {
	emptyHome(t)
	// Whoever names the public-good root as that of an instance of their own gets that instance.
	anchor := filepath.Join("..", "..", "..", "..", "verifier", "trust", "tuf", "testdata", "public-good", "15.root.json")
	code, out, errs := on(t, "2026-08-22", "trust", "update", "--name", "mine", "--root", anchor, "--mirror", mirror(t))
	if code != exitOK || !strings.HasPrefix(out, "mine: new, version 14\n") || strings.Count(out, "  added    ") != 7 {
		t.Fatalf("code %d, %s%s", code, out, errs)
	}
	code, out, errs = on(t, "2026-08-22", "trust", "update", "--name", "mine")
	if code != exitOK || !strings.HasPrefix(out, "mine: version 14 is still the newest\n") {
		t.Errorf("code %d, %s%s", code, out, errs)
	}
	if _, out, _ := on(t, "2026-08-22", "trust", "roots"); !strings.Contains(out, "mine") {
		t.Error(out)
	}
}
