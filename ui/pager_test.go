package ui

import (
	"errors"
	"strings"
	"testing"

	"github.com/attestree/attestree/ui/uitest"
)

func TestWhatIsOpenedInThePager(t *testing.T) {
	for _, c := range []struct{ name, keys, want string }{
		{"the payload from the tree", "/ S L S A enter esc o", "\n  \"_type\": \"https://in-toto.io/Statement/v1\""},
		{"the payload from any tab", "/ S L S A enter 2 o", "statement of SLSA provenance v1"},
		{"the bytes where those are on screen", "/ S L S A enter 5 o", "\n{\"payload\":\"provenance\"}\n"},
		{"the manifest of an image", "g o", "\"schemaVersion\": 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := uitest.Handing()
			drive(t, fakeApp(b, fakeInfo, Options{}), "80x24", c.keys)
			if !strings.Contains(string(b.Hands.Paged), c.want) {
				t.Errorf("it does not say %q: %q", c.want, b.Hands.Paged)
			}
		})
	}
	b := uitest.Handing()
	b.Hands.Refuse = errors.New("there is none: set PAGER, or install less")
	if got := plain(drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "o")); !strings.Contains(got, "there is none: set PAGER") {
		t.Errorf("it does not say that there is no pager:\n%s", got)
	}
	if got := plain(drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "G k o")); !strings.Contains(got, "could not be had") {
		t.Errorf("it does not say that there are no bytes:\n%s", got)
	}
}
