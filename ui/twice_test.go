package ui

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/uitest"
	"github.com/attestree/attestree/ui/widget"
)

// pressAt presses the mouse at a cell.
func pressAt(x, y int) tea.MouseClickMsg { return tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft} }

// lineWith is the first line of the screen with a text.
func lineWith(t *testing.T, app App, text string) int {
	t.Helper()
	at := slices.IndexFunc(strings.Split(plain(app), "\n"), func(l string) bool { return strings.Contains(l, text) })
	if at < 0 {
		t.Fatalf("%q is not on the screen:\n%s", text, plain(app))
	}
	return at
}

func TestWhatIsPressedTwiceIsOpened(t *testing.T) {
	t.Run("a branch closes", func(t *testing.T) {
		app := full(t, "120x40", "")
		at := pressAt(app.regions.panes[paneTree].X+4, app.regions.panes[paneTree].Y)
		before := len(app.nodes.list.rows)
		app = feed(t, app, at)
		if len(app.nodes.list.rows) != before {
			t.Error("the first press opens or closes already")
		}
		if app = feed(t, app, at); len(app.nodes.list.rows) != 1 {
			t.Errorf("%d rows are left of the root that was closed", len(app.nodes.list.rows))
		}
	})
	t.Run("a leaf is shown", func(t *testing.T) {
		app := full(t, "120x40", "G")
		tree := app.regions.panes[paneTree]
		at := pressAt(tree.X+4, tree.Y+app.nodes.window.Cursor()-app.nodes.window.Offset())
		if app = feed(t, feed(t, app, at), at); app.focus != paneDetail {
			t.Errorf("the focus is on pane %d", app.focus)
		}
	})
	t.Run("a key between the two makes them two", func(t *testing.T) {
		app := full(t, "120x40", "")
		at := pressAt(app.regions.panes[paneTree].X+4, app.regions.panes[paneTree].Y)
		if app = feed(t, feed(t, feed(t, app, at), uitest.Press("?")), uitest.Press("esc")); len(feed(t, app, at).nodes.list.rows) == 1 {
			t.Error("it was opened")
		}
	})
	t.Run("below the last row nothing is opened", func(t *testing.T) {
		app := drive(t, fakeApp(uitest.Backend{Events: uitest.Good()}, fakeInfo, Options{}), "120x40", "")
		at := pressAt(app.regions.panes[paneTree].X+4, app.regions.panes[paneTree].Y+10)
		if app = feed(t, feed(t, app, at), at); len(app.nodes.list.rows) != 2 || app.focus != paneTree {
			t.Error("it was")
		}
	})
	t.Run("a finding of the audit leads to its attestation", func(t *testing.T) {
		app := drive(t, fakeApp(uitest.Auditing(), fakeInfo, Options{}), "120x40", "a")
		at := pressAt(11, lineWith(t, app, "Data Exfiltration"))
		if app = feed(t, feed(t, app, at), at); len(app.scenes) != 0 || app.focus != paneDetail {
			t.Errorf("%d scenes, focus %d", len(app.scenes), app.focus)
		}
	})
	t.Run("a package has its page", func(t *testing.T) {
		app := drive(t, fakeApp(uitest.Packaging(), fakeInfo, Options{}), "120x40", "g P")
		at := pressAt(11, lineWith(t, app, "express"))
		if app = feed(t, feed(t, app, at), at); !strings.Contains(plain(app), "Package express") {
			t.Errorf("it has not:\n%s", plain(app))
		}
	})
	t.Run("the head of a table sorts both times", func(t *testing.T) {
		app := drive(t, fakeApp(uitest.Packaging(), fakeInfo, Options{}), "120x40", "g P")
		at := pressAt(4, lineWith(t, app, "Licence"))
		if app = feed(t, feed(t, app, at), at); !strings.Contains(plain(app), "Package "+app.Styles.Glyphs.Down.String()) {
			t.Errorf("it is not sorted the other way round:\n%s", plain(app))
		}
	})
}

func TestTheLineFollowsTheMouse(t *testing.T) {
	for _, size := range []string{"120x40", "200x60", "101x30", "320x110"} {
		app := full(t, size, "")
		line := app.regions.columns[0].area.W
		for _, to := range []int{line - 15, line + 12} {
			app = feed(t, app, pressAt(app.regions.columns[0].area.W, 12))
			app = feed(t, app, tea.MouseMotionMsg{X: to, Y: 14, Button: tea.MouseLeft})
			if got := app.regions.columns[0].area.W; got <= to || got > to+1+app.Width/100+1 {
				t.Errorf("%s: dragged to %d, and the tree is %d wide", size, to, got)
			}
			app = feed(t, app, tea.MouseReleaseMsg{X: to, Y: 14})
		}
		before := app.sizes
		if app = feed(t, app, tea.MouseMotionMsg{X: 30, Y: 14}); app.sizes != before {
			t.Errorf("%s: the line follows after it was let go", size)
		}
	}
	app := full(t, "80x24", "")
	tree := app.regions.panes[paneTree]
	app = feed(t, app, pressAt(20, tree.Y+tree.H))
	app = feed(t, app, tea.MouseMotionMsg{X: 20, Y: tree.Y + tree.H + 4})
	if now := app.regions.panes[paneTree]; now.H <= tree.H+2 || now.H > tree.H+5 {
		t.Errorf("80x24: the tree was %d rows high and is %d", tree.H, now.H)
	}
	fits(t, app, 80, 24)
}

func TestTheWheelScrollsWhatIsUnderTheMouse(t *testing.T) {
	app := drive(t, fakeApp(uitest.Auditing(), fakeInfo, Options{}), "120x30", "a")
	head := lineWith(t, app, "│─ ")
	first := strings.Split(plain(app), "\n")[head+1]
	app = feed(t, app, tea.MouseWheelMsg{X: 6, Y: head + 2, Button: tea.MouseWheelDown})
	if now := strings.Split(plain(app), "\n"); now[head+1] == first || !strings.HasPrefix(now[head], "│─ ") {
		t.Errorf("the text does not scroll:\n%s", plain(app))
	}
}

func TestKeysAreAboutWhatIsSelectedInAView(t *testing.T) {
	for _, test := range []struct {
		name, keys string
		backend    uitest.Backend
		want       func(e *model.Entry) bool
	}{
		{"a cell of the grid", "c j j", uitest.Trusting(), func(e *model.Entry) bool { return e.PredicateType() != "" || e.Node.Kind == model.KindSignature }},
		{"a node of a signer", "b j", uitest.Trusting(), func(e *model.Entry) bool { return e.Node.Format.Signed() }},
		{"a row of the audit", "a", uitest.Auditing(), func(e *model.Entry) bool { return model.EntryFamily(e) == model.FamilySCAI }},
		{"a package", "g P", uitest.Packaging(), func(e *model.Entry) bool { return model.EntryFamily(e) == model.FamilySBOM }},
		{"the page of a package", "g P enter", uitest.Packaging(), func(e *model.Entry) bool { return model.EntryFamily(e) == model.FamilySBOM }},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := test.backend
			b.Hands = &uitest.Hands{}
			app := drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "g")
			for _, k := range uitest.KeysOf(test.keys) {
				app = feed(t, app, k)
			}
			e := app.aimed()
			if e == nil || !test.want(e) {
				t.Fatalf("keys are about %+v", e)
			}
			if e.Node.ID == app.nodes.selected {
				t.Fatal("that is the node of the tree anyway")
			}
			if o := feed(t, app, uitest.Press("o")); len(o.scenes) == 0 || len(b.Hands.Paged) == 0 || !strings.Contains(string(b.Hands.Paged), widget.OneLine(model.EntryTitle(e))) {
				t.Errorf("o shows %.80q", b.Hands.Paged)
			}
			out := feed(t, app, uitest.Press("e"))
			if !strings.HasPrefix(test.keys, "a") && (out.overlay != overlayExport || !strings.Contains(plain(out), "Export: "+model.EntryTitle(e)[:12])) {
				t.Errorf("e writes another node:\n%s", plain(out))
			}
			fits(t, out, 120, 40)
			if x := feed(t, app, uitest.Press("x")); e.Node.Format.Signed() && len(x.scenes) < 2 {
				t.Error("x opens no bench")
			}
		})
	}
}

func TestWhereNothingIsSelectedKeysSaySo(t *testing.T) {
	app := full(t, "120x40", "b")
	before := app.overlay
	for _, k := range []string{"e", "o", "x"} {
		if next := feed(t, app, uitest.Press(k)); next.overlay != before || !strings.Contains(plain(next), "no attestation is selected here") {
			t.Errorf("%s: %s", k, plain(next))
		}
	}
}

func TestNothingIsHandedOverFromTheBench(t *testing.T) {
	app := drive(t, fakeApp(uitest.Breakable(), fakeInfo, Options{}), "120x40", "/ S L S A enter x")
	for _, k := range []string{"e", "o", "v", "t"} {
		if next := feed(t, app, uitest.Press(k)); next.overlay != overlayNone || len(next.scenes) != 1 {
			t.Errorf("%s does something to what is broken", k)
		}
	}
}
