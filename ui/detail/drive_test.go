package detail

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/equivalent"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/page"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/uitest"
	"github.com/attestree/attestree/ui/widget"
)

// driven is a pane in a room, as the screen has it. Its commands run at once.
type driven struct {
	t    testing.TB
	pane Pane
	on   On
	room widget.Area
	look widget.Look
	does scene.Intent // what the last key asked for
}

// drive shows a node of a tree, and presses keys.
func drive(t testing.TB, open [][]model.Event, node, keys string) *driven {
	t.Helper()
	tree, styles := uitest.TreeOf(open), theme.New(theme.Options{Mono: true})
	d := &driven{
		t: t, pane: New(keymap.New(keymap.Choice{}), page.About{Now: uitest.Now}, equivalent.Context{}), room: widget.Area{W: 64, H: 30}, look: widget.Look{Styles: &styles, Focused: true},
		on: On{Tree: tree, Shared: &survey.Shared{}, Version: tree.Version(), Node: node},
	}
	d.settle()
	d.press(keys)
	return d
}

// press presses keys, separated by blanks. A figure turns to that tab.
func (d *driven) press(keys string) {
	for k := range strings.FieldsSeq(keys) {
		if len(k) == 1 && k[0] >= '1' && k[0] <= '6' {
			d.pane = d.pane.Turn(scene.Tab(k[0] - '1'))
		} else {
			d.pane, d.does = d.pane.Key(uitest.Press(k))
		}
		d.settle()
	}
}

func (d *driven) settle() {
	next, cmd := d.pane.Prepare(d.on, d.room, d.look.Styles)
	d.pane = next
	d.obey(cmd)
}

func (d *driven) obey(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	if msg, is := cmd().(Msg); is {
		d.receive(msg)
	}
}

func (d *driven) receive(msg Msg) {
	next, cmd := d.pane.Receive(msg, false)
	d.pane = next
	d.obey(cmd)
	d.settle()
}
