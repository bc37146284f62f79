package ui

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/ui/uitest"
)

func TestWhatEnterDoesInTheGrid(t *testing.T) {
	for _, c := range []struct{ name, keys, node, says string }{
		{"it goes to the one node of a cell", "c j j enter", "other", "Attached"},
		{"it begins in the column of the selected node", "/ a r m 6 4 enter c j j enter", "", "SPDX"},
		{"several are listed", "c enter", "root", "Signature of index"},
		{"and one of them is gone to", "c enter j enter", "keyed", "Attached"},
		{"a gap says where was looked", "c G k k enter", "root", "403 from the registry"},
		{"a gap says how one is made", "c G k k enter", "root", "cosign attest --type openvex"},
		{"esc goes back to the grid", "c enter esc", "root", "Coverage · 2 platforms"},
		{"c again closes it", "c c", "root", "Attached"},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := full(t, "120x40", c.keys)
			if c.node != "" && app.nodes.selected != string(uitest.Digest(c.node)) {
				t.Errorf("selected %s", shownName(app))
			}
			if got := plain(app); !strings.Contains(got, c.says) {
				t.Errorf("it does not say %q:\n%s", c.says, got)
			}
		})
	}
	app := full(t, "120x40", "c G k k enter j y")
	if got := plain(app); !strings.Contains(got, "sent to the terminal's clipboard: command cosign attest") {
		t.Errorf("the command is not copied:\n%s", got)
	}
}
