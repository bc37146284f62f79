package state

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func names(t *testing.T, s Store) string {
	t.Helper()
	list, err := s.Opened()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, o := range list {
		out = append(out, o.Source)
	}
	return strings.Join(out, " ")
}

func remember(t *testing.T, s Store, sources ...string) {
	t.Helper()
	for i, source := range sources {
		if err := s.Remember(source, noon.Add(time.Duration(i)*time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhatWasOpenedLastComesFirstAndOnce(t *testing.T) {
	s := Open(filepath.Join(t.TempDir(), "new", "attestree"))
	remember(t, s, "a", "b", "a", "c")
	if got := names(t, s); got != "c a b" {
		t.Errorf("remembered %q", got)
	}
	if err := s.Forget("a"); err != nil {
		t.Fatal(err)
	}
	if got := names(t, s); got != "c b" {
		t.Errorf("after forgetting one: %q", got)
	}
}

func TestOnlyTheUserCanReadIt(t *testing.T) {
	s := Open(filepath.Join(t.TempDir(), "attestree"))
	remember(t, s, "a", "b")
	for path, want := range map[string]os.FileMode{s.folder: 0o700, filepath.Join(s.folder, openedFile): 0o600} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s is %v, want %v", path, got, want)
		}
	}
	if files, err := os.ReadDir(s.folder); err != nil || len(files) != 1 {
		t.Errorf("something else was left behind: %v %v", files, err)
	}
}

func TestItIsBounded(t *testing.T) {
	s := Open(t.TempDir())
	for i := range mostOpened + 7 {
		remember(t, s, fmt.Sprintf("image-%d", i))
	}
	list, err := s.Opened()
	if err != nil || len(list) != mostOpened {
		t.Errorf("%d are remembered: %v", len(list), err)
	}
	remember(t, s, strings.Repeat("x", mostSource+1), "\xff", "")
	if got := names(t, s); strings.Contains(got, "xx") || strings.Contains(got, "\xff") {
		t.Error("what is too long or no text is remembered")
	}
}

func TestAFileOfSomebodyElseIsSaidAndKept(t *testing.T) {
	for name, content := range map[string]string{
		"no JSON": "hello", "too large": `{"opened":[` + strings.Repeat(" ", mostBytes) + `]}`, "other JSON": `[1]`,
	} {
		s := Open(t.TempDir())
		path := filepath.Join(s.folder, openedFile)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Opened(); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", name, err)
		}
		if s.Remember("a", noon) == nil {
			t.Errorf("%s: it was overwritten", name)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != content {
			t.Errorf("%s: the file changed: %v", name, err)
		}
	}
}

func TestWithoutAFolderNothingIsRemembered(t *testing.T) {
	s := Open("")
	remember(t, s, "a")
	if got := names(t, s); got != "" {
		t.Errorf("remembered %q", got)
	}
}

func TestSizesAreRemembered(t *testing.T) {
	s := Open(t.TempDir())
	if got, err := s.Sizes(); err != nil || got != (Sizes{}) {
		t.Errorf("at first: %v, %v", got, err)
	}
	if err := s.KeepSizes(Sizes{30, 60}); err != nil {
		t.Fatal(err)
	}
	got, err := s.Sizes()
	if diff := cmp.Diff(Sizes{30, 60}, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// Whatever lies in the state folder is read or refused, and what is read is bounded.
func FuzzWhatIsRememberedIsReadOrRefused(f *testing.F) {
	f.Add([]byte(`{"opened":[{"source":"demo","at":"2026-01-01T00:00:00Z"}]}`), []byte(`{"beside":40,"above":60}`))
	f.Add([]byte(`{"opened":[{"source":"\ud800","at":"0000-00-00"}]}`), []byte(`{"beside":1e99}`))
	f.Add([]byte(`null`), []byte(`[[[[`))
	f.Fuzz(func(t *testing.T, opened, sizes []byte) {
		folder := t.TempDir()
		for name, raw := range map[string][]byte{"opened.json": opened, "sizes.json": sizes} {
			if err := os.WriteFile(filepath.Join(folder, name), raw, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s := Open(folder)
		list, err := s.Opened()
		if len(list) > mostOpened || err != nil && len(list) > 0 {
			t.Errorf("%d sources, %v", len(list), err)
		}
		for _, o := range list {
			if o.Source == "" || !utf8.ValidString(o.Source) {
				t.Errorf("%q was opened", o.Source)
			}
		}
		if _, bad := s.Sizes(); bad == nil && err == nil && s.Remember("demo", time.Unix(0, 0)) != nil {
			t.Error("what can be read cannot be written to")
		}
	})
}
