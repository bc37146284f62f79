package ui

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/uitest"
)

const (
	readme    = "../README.md"
	keysBegin = "<!-- keys:begin -->\n"
	keysEnd   = "<!-- keys:end -->"
)

// The README's tables are made from the key map, like the help overlay.
func TestTheReadmeHasEveryKey(t *testing.T) {
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(text), keysBegin)
	have, after, ends := strings.Cut(rest, keysEnd)
	if !begins || !ends {
		t.Fatalf("%s has no place between %q and %q", readme, keysBegin, keysEnd)
	}
	want := readmeKeys()
	if *uitest.Update {
		if err := os.WriteFile(readme, []byte(before+keysBegin+want+keysEnd+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(have, "\n")); diff != "" {
		t.Errorf("%s (-want +got; -update writes it again):\n%s", readme, diff)
	}
}

// readmeKeys is the key table in Markdown.
func readmeKeys() string {
	var b strings.Builder
	b.WriteString("\n")
	for _, g := range keymap.Table(keymap.Choice{}) {
		fmt.Fprintf(&b, "| %s | |\n|---|---|\n", g.Name)
		for _, k := range g.Keys {
			fmt.Fprintf(&b, "| `%s` | %s |\n", strings.ReplaceAll(k.Keys, " ", "` `"), k.Does)
		}
		b.WriteString("\n")
	}
	return b.String()
}
