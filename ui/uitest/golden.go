package uitest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/attestree/attestree/ui/keymap"
)

// Update has the goldens written again.
var Update = flag.Bool("update", false, "write the goldens again")

// Press is a key by its name in the key map.
func Press(name string) tea.KeyPressMsg { return keymap.Press(name) }

// PlainText is the content of a screen without colours, and without blanks at the ends of its lines.
func PlainText(content string) string {
	lines := strings.Split(ansi.Strip(content), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// Golden compares a screen with the one that was looked at and kept.
func Golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *Update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := differences(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got; -update writes it again):\n%s", name, diff)
	}
}

// KeysOf are the keys that drive would press.
func KeysOf(keys string) []tea.KeyPressMsg {
	var out []tea.KeyPressMsg
	for k := range strings.FieldsSeq(keys) {
		out = append(out, Press(k))
	}
	return out
}

// differences are the lines that are others than wanted, in their places.
func differences(want, got []string) string {
	var out strings.Builder
	for i := range max(len(want), len(got)) {
		w, g := lineOf(want, i), lineOf(got, i)
		if w != g {
			fmt.Fprintf(&out, "line %d\n- %s\n+ %s\n", i+1, w, g)
		}
	}
	return out.String()
}

// lineOf is a line, or what says that there is none.
func lineOf(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(no such line)"
}
