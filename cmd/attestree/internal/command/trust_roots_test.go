package command

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/adrg/xdg"
	"github.com/theupdateframework/go-tuf/v2/metadata"
	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/output/rootreport"
	"github.com/attestree/attestree/verifier/trust"
	"github.com/attestree/attestree/verifier/trust/tuf"
	"github.com/attestree/attestree/verifier/trust/tuf/tuftest"
)

// mirror is a private instance's repository, begun on that day, and the arguments of a first update from it.
func mirror(t *testing.T, day string) (r *tuftest.Repository, first []string) {
	t.Helper()
	r = tuftest.New(t, dayOf(day), embedded(t))
	anchor := filepath.Join(t.TempDir(), "root.json")
	if err := os.WriteFile(anchor, r.Anchor(), 0o600); err != nil {
		t.Fatal(err)
	}
	return r, []string{"trust", "update", "--name", "mine", "--root", anchor, "--mirror", r.URL()}
}

// embedded is the trusted root that the program carries.
func embedded(t *testing.T) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "verifier", "trust", "public-good.trusted_root.json"))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// retired is the same with an end for the validity of its first log.
func retired(t *testing.T) []byte {
	t.Helper()
	var document map[string]any
	if err := json.Unmarshal(embedded(t), &document); err != nil {
		t.Fatal(err)
	}
	log := document["tlogs"].([]any)[0].(map[string]any)
	log["publicKey"].(map[string]any)["validFor"].(map[string]any)["end"] = "2026-08-01T00:00:00Z"
	raw, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	return raw
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
	code = Main(t.Context(), "0.0.0-test", run.Environment{
		Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs,
		Getenv: func(string) string { return "" }, Now: func() time.Time { return dayOf(day) },
	})
	return code, out.String(), errs.String()
}

// mine is what is kept of the private instance, as it would be shown if a run judged by it.
func mine(t *testing.T) rootreport.InUse {
	t.Helper()
	status, err := tuf.Inspect(tuf.Folder("mine"))
	if err != nil {
		t.Fatal(err)
	}
	return rootreport.InUse{Root: status.Root, Kept: &status}
}

func TestAnUpdateSaysWhatChanged(t *testing.T) {
	emptyHome(t)
	r, first := mirror(t, "2026-08-22")
	update := func(want string, members int, args ...string) {
		t.Helper()
		code, out, errs := on(t, "2026-08-22", args...)
		got := strings.Count(out, "  added    ") + strings.Count(out, "  retired  ")
		if code != exit.OK || errs != "" || !strings.HasPrefix(out, want) || got != members {
			t.Errorf("code %d, %s%s, want %q", code, out, errs, want)
		}
	}
	again := []string{"trust", "update", "--name", "mine"} // the root and the mirror are those of the first time
	update("mine: new, version 1\n  added    certificate authority  ", 7, first...)
	update("mine: version 1 is still the newest\n  sha256   ", 0, again...)
	r.Rotate(metadata.TIMESTAMP)
	r.Next(retired(t))
	update("mine: version 2, was 1\n  the keys that sign it are those of TUF root 2, was 1\n  retired  transparency log  ", 1, again...)
	r.Next(retired(t))
	update("mine: version 3, was 2, and the trusted root is the same\n  sha256   ", 0, again...)
}

func TestTheAgeOfAnUpdateIsShown(t *testing.T) {
	emptyHome(t)
	r, first := mirror(t, "2026-08-22")
	if code, _, errs := on(t, "2026-08-22", first...); code != exit.OK {
		t.Fatal(errs)
	}
	for day, want := range map[string]string{
		"2026-08-22": "  updated   2026-08-22 00:00:00Z (today) from " + r.URL() + "\n",
		"2026-08-23": "(1 day ago) from " + r.URL() + "\n",
		"2026-11-21": "(91 days ago) from " + r.URL() + "; there may be a newer one since 2026-08-23\n",
		"2026-08-01": "still to come: the clock was or is wrong\n",
	} {
		var b strings.Builder
		if err := rootreport.Text(&b, []rootreport.InUse{mine(t)}, nil, dayOf(day)); err != nil {
			t.Fatal(err)
		}
		if got := b.String(); !strings.Contains(got, want) || !strings.Contains(got, "  source    trust update, version 1\n") {
			t.Errorf("on %s: %s, want %q", day, got, want)
		}
	}
	var raw bytes.Buffer
	if err := rootreport.JSON(&raw, "", []rootreport.InUse{mine(t)}, nil, dayOf("2026-11-21")); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"name": "mine", "source": trust.SourceTUF, "date": "2026-08-22", "ageDays": "91", "update.version": "1",
		"update.rootVersion": "1", "update.mirror": r.URL(), "update.fetchedAt": "2026-08-22T00:00:00Z",
		"update.expiresAt": "2026-08-23T00:00:00Z", "members.#": "7",
	} {
		if got := gjson.GetBytes(raw.Bytes(), "roots.0."+path).String(); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
}

func TestAnUpdateThatFailsLeavesWhatIsKept(t *testing.T) {
	emptyHome(t)
	r, first := mirror(t, "2026-08-22")
	if code, _, errs := on(t, "2026-08-22", first...); code != exit.OK {
		t.Fatal(errs)
	}
	failed(t, "2026-08-29", "update the trusted root mine: the mirror's timestamp.json has expired: ", "--name", "mine")
	r.Set("timestamp.json", []byte("<html>"))
	failed(t, "2026-08-22", "update the trusted root mine: the mirror's timestamp.json is not TUF metadata", "--name", "mine")
	if k := mine(t).Kept; k.Version != 1 || k.Mirror != r.URL() || !k.FetchedAt.Equal(dayOf("2026-08-22")) {
		t.Errorf("%+v", k)
	}
}

// failed wants an update to fail on that day in one sentence that begins so.
func failed(t *testing.T, day, want string, args ...string) {
	t.Helper()
	code, out, errs := on(t, day, append([]string{"trust", "update"}, args...)...)
	if code != exit.Incomplete || out != "" || !strings.HasPrefix(errs, "attestree: "+want) || strings.Count(errs, "\n") != 1 {
		t.Errorf("code %d, %s%s, want %q", code, out, errs, want)
	}
}

func TestNobodyElseSpeaksForThePublicGoodInstance(t *testing.T) {
	const day = "2026-06-01" // on which the initial root in the program had not expired: signatures decide
	for name, c := range map[string]struct {
		answer func(w http.ResponseWriter, r *http.Request) bool
		want   string
	}{
		"somebody else's repository": {nil, "the mirror's timestamp.json is not signed by enough of the keys"},
		"rubbish": {func(w http.ResponseWriter, _ *http.Request) bool {
			_, _ = w.Write([]byte("<html>\x1b[31m\n"))
			return true
		}, "the mirror's next root.json is not TUF metadata"},
		"nothing": {func(w http.ResponseWriter, r *http.Request) bool {
			http.NotFound(w, r)
			return true
		}, "fetch http://127.0.0.1:"},
	} {
		t.Run(name, func(t *testing.T) {
			emptyHome(t)
			r, _ := mirror(t, day)
			r.Meddle(c.answer)
			failed(t, day, "update the trusted root public-good: "+c.want, "--mirror", r.URL())
			code, out, errs := on(t, day, "trust", "roots", "-o", "json")
			if code != exit.OK || errs != "" {
				t.Errorf("code %d, %s", code, errs)
			}
			for path, want := range map[string]string{
				"roots.#": "1", "roots.0.name": trust.PublicGoodName, "roots.0.source": trust.SourceEmbedded,
				"roots.0.update": "", "roots.0.ageDays": "252", "notes.#": "0",
			} {
				if got := gjson.Get(out, path).String(); got != want {
					t.Errorf("%s is %q, want %q", path, got, want)
				}
			}
		})
	}
}

func TestAPrivateInstanceIsKeptBesideThePublicOne(t *testing.T) {
	emptyHome(t)
	_, first := mirror(t, "2026-08-22")
	if code, _, errs := on(t, "2026-08-22", first...); code != exit.OK {
		t.Fatal(errs)
	}
	code, out, errs := on(t, "2026-08-22", "trust", "roots", "-o", "json")
	if code != exit.OK || errs != "" {
		t.Fatalf("code %d, %s", code, errs)
	}
	for path, want := range map[string]string{
		"roots.#": "1", "roots.0.name": trust.PublicGoodName, "roots.0.source": trust.SourceEmbedded, "roots.0.update": "", "notes.#": "1",
		"notes.0": "the trusted root mine of the last update is kept, and not judged by without --trusted-root tuf:mine",
	} {
		if got := gjson.Get(out, path).String(); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
}

func TestAPrivateInstanceIsJudgedByWhenItIsNamed(t *testing.T) {
	emptyHome(t)
	code, _, errs := on(t, "2026-08-22", "trust", "roots", "--trusted-root", "tuf:mine")
	if code != exit.Misused || !strings.Contains(errs, "trust update --name mine") {
		t.Errorf("before there is one: code %d, %s", code, errs)
	}
	_, first := mirror(t, "2026-08-22")
	if code, _, errs := on(t, "2026-08-22", first...); code != exit.OK {
		t.Fatal(errs)
	}
	code, out, errs := on(t, "2026-08-22", "trust", "roots", "--trusted-root", "tuf:mine", "-o", "json")
	if code != exit.OK || errs != "" {
		t.Fatalf("code %d, %s", code, errs)
	}
	for path, want := range map[string]string{
		"roots.#": "1", "roots.0.name": "mine", "roots.0.source": trust.SourceTUF, "notes.#": "0",
	} {
		if got := gjson.Get(out, path).String(); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	if code, _, errs := on(t, "2026-08-22", "trust", "roots", "--trusted-root", "tuf:../mine"); code != exit.Misused {
		t.Errorf("a name that is none: code %d, %s", code, errs)
	}
}

// dayOf is the first moment of a day.
func dayOf(day string) time.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err) // a mistake in a test
	}
	return t
}
