package ui

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/uitest"
)

func TestThePaletteHasEveryActionOfTheKeyMap(t *testing.T) {
	km := reflect.TypeFor[keymap.Map]()
	for _, inList := range []bool{false, true} {
		have := actions(keymap.New(keymap.Choice{}), inList)
		for i := range km.NumField() {
			tag := km.Field(i).Tag
			if in := tag.Get("in"); in == "overlay" || in == "start" || in == "list" && !inList {
				continue
			}
			if !slices.ContainsFunc(have, func(a action) bool {
				return a.does == tag.Get("does") && a.keys == strings.Join(keymap.KeyNames(tag), " ")
			}) {
				t.Errorf("%s is missing", km.Field(i).Name)
			}
		}
	}
}

func TestWhatThePaletteFindsFirst(t *testing.T) {
	for _, c := range []struct{ name, typed, want string }{
		{"an action by a word", "policy", "what the policy asks, and what meets it"},
		{"an action by the beginnings of its words", "v ev", "verify everything again"},
		{"a node by its title", "cyclone", "SBOM CycloneDX 1.6"},
		{"a node by title and platform", "spdx arm", "SBOM SPDX 2.3"},
		{"a node by the first digits of its digest", uitest.Digest("scai").Hex()[:8], "SCAI"},
		{"a node by its whole digest", string(uitest.Digest("scai")), "SCAI"},
		{"a node by a reference with its digest", "registry.example/app@" + string(uitest.Digest("scai")), "SCAI"},
		{"digits that nothing begins with", "0123456789abcdef0", "nothing answers this"},
		{"too few digits for a digest", uitest.Digest("scai").Hex()[:5] + "!", "nothing answers this"},
		{"nothing", "qqqq", "nothing answers this"},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := full(t, "120x40", ": "+asKeys(c.typed))
			b := app.palette.board
			row := strings.Split(plain(app), "\n")[b.Room.Y+1]
			if !strings.Contains(row, c.want) {
				t.Errorf("%q", row)
			}
		})
	}
}

func TestThePaletteDoesWhatIsChosen(t *testing.T) {
	arm := string(uitest.Digest("buildkit linux/arm64")) + "#0"
	for _, c := range []struct {
		name, keys string
		holds      func(App) bool
	}{
		{"an overlay opens", asKeys("whom we trust"), func(a App) bool { return a.overlay == overlaySigners }},
		{"a node is gone to", asKeys("spdx arm64"), func(a App) bool { return a.nodes.selected == arm }},
		{"a tab is shown", asKeys("who signed"), func(a App) bool { return a.focus == paneDetail && a.detail.Tab() == scene.TabSigner }},
		{"a key of the tree works from elsewhere", asKeys("filter"), func(a App) bool { return a.overlay == overlaySearch && a.search.place == searchFilter }},
		{"a key of one tab shows the tab", asKeys("hex"), func(a App) bool { return a.detail.Tab() == scene.TabRaw && strings.Contains(plain(a), "00000000  ") }},
		{"down goes to the next", "down", func(a App) bool { return a.overlay != overlayPalette }},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := full(t, "120x40", "3 : "+c.keys+" enter")
			if !c.holds(app) {
				t.Errorf("overlay %d, tab %d, selected %s:\n%s", app.overlay, app.detail.Tab(), shownName(app), plain(app))
			}
		})
	}
}

func TestThePaletteTakesLettersThatMeanSomethingElsewhere(t *testing.T) {
	app := full(t, "80x24", ": q u i t")
	if app.overlay != overlayPalette || app.palette.edit.Text != "quit" {
		t.Errorf("overlay %d, typed %q", app.overlay, app.palette.edit.Text)
	}
	if c := app.View().Cursor; c == nil || c.Y != app.palette.board.Room.Y {
		t.Errorf("the cursor is at %+v", c)
	}
	if app = feed(t, app, uitest.Press("esc")); app.overlay != overlayNone {
		t.Error("esc does not close it")
	}
}

func TestAClickInThePaletteChoosesAndThenDoes(t *testing.T) {
	app := full(t, "120x40", ": "+asKeys("whom we trust"))
	room := app.palette.board.Room
	at := func(y int) tea.MouseClickMsg {
		return tea.MouseClickMsg{X: room.X + 5, Y: room.Y + y, Button: tea.MouseLeft}
	}
	if app = feed(t, app, at(0)); app.overlay != overlayPalette {
		t.Error("a click on the edge does something")
	}
	if app = feed(t, app, at(1)); app.overlay != overlaySigners {
		t.Errorf("overlay %d", app.overlay)
	}
}

func TestThePaletteOfALargeTreeLooksInTheBackground(t *testing.T) {
	app := drive(t, fakeApp(uitest.Backend{Events: uitest.Many(3 * survey.Many)}, fakeInfo, Options{}), "120x40", ": "+asKeys("artifact 5999")+" enter")
	if want := string(uitest.Digest("node 5999")); app.nodes.selected != want {
		t.Errorf("selected %s", app.nodes.selected)
	}
}

func TestEnterBeforeAllIsFoundIsForWhatComesFirstThen(t *testing.T) {
	app := drive(t, fakeApp(uitest.Backend{Events: uitest.Many(3 * survey.Many)}, fakeInfo, Options{}), "120x40", ":")
	var late []tea.Cmd
	for _, k := range uitest.KeysOf(asKeys("artifact 5999") + " enter") {
		next, cmd := app.Update(k)
		app, late = next.(App), append(late, cmd)
	}
	if app.overlay != overlayPalette || app.nodes.selected == string(uitest.Digest("node 5999")) {
		t.Fatalf("it chose before it knew: overlay %d", app.overlay)
	}
	for _, cmd := range late {
		app = obey(t, app, cmd)
	}
	if want := string(uitest.Digest("node 5999")); app.overlay == overlayPalette || app.nodes.selected != want {
		t.Errorf("overlay %d, selected %s", app.overlay, app.nodes.selected)
	}
}
