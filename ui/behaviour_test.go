package ui

import (
	"context"
	"image/color"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/screen"
	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/uitest"
)

func full(t *testing.T, size, keys string) App {
	t.Helper()
	return drive(t, fakeApp(uitest.Trusting(), fakeInfo, Options{}), size, keys)
}

func TestWhatKeysDoToTheSelection(t *testing.T) {
	root, scai, amd64 := string(uitest.Digest("root")), string(uitest.Digest("scai")), string(uitest.Digest("linux/amd64"))
	for _, c := range []struct{ name, keys, want string }{
		{"the root is selected first", "", root},
		{"G goes to the last row and g back", "G g", root},
		{"a search goes to the first match", "/ S C A I", scai},
		{"esc in a search goes back to where it began", "/ S C A I esc", root},
		{"n goes round the end", "/ S C A I enter n", scai},
		{"a search opens what the match is under", "- / B u i l d K i t", string(uitest.Digest("buildkit linux/amd64")) + "#1"},
		{"h goes to the parent of a leaf", "/ B u i l d K i t enter h", amd64},
		{"closing a branch keeps the selection on it", "/ B u i l d K i t enter h h", amd64},
		{"closing everything selects the ancestor that is left", "/ B u i l d K i t enter -", root},
		{"right opens a closed branch and then goes in", "h l", root},
		{"more than the end is the end", "G j j j k", string(uitest.Digest("gone"))},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := full(t, "80x24", c.keys).nodes.selected; got != c.want {
				t.Errorf("selected %s, want %s", got, c.want)
			}
		})
	}
}

func TestWhatKeysDoToTheFocus(t *testing.T) {
	for _, c := range []struct {
		name, keys string
		want       pane
	}{
		{"tab goes on to the detail", "tab", paneDetail},
		{"shift+tab goes to the ledger", "shift+tab", paneLedger},
		{"three tabs are once round", "tab tab tab", paneTree},
		{"enter on a leaf shows it", "j enter", paneDetail},
		{"enter on a branch only closes it", "enter", paneTree},
		{"a number shows that tab", "3", paneDetail},
		{"esc goes back to the tree", "3 esc", paneTree},
		{"esc leaves the zoom before the pane", "3 z esc", paneDetail},
		{"esc in the tree does not quit", "esc esc esc", paneTree},
		{"left leaves a text", "3 h", paneTree},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := full(t, "80x24", c.keys).focus; got != c.want {
				t.Errorf("focus %d, want %d", got, c.want)
			}
		})
	}
}

func TestVerifyAsksForTheSelectedNodeOrForAll(t *testing.T) {
	var asked [][]string
	again := uitest.By(uitest.Ladder(model.Invalid, model.CheckSignature, model.CheckFailed, "the signature does not match"), "")
	backend := uitest.Backend{Events: uitest.Rich(), Verified: &asked, Again: [][]model.Event{{
		model.VerifyStarted{ID: string(uitest.Digest("scai"))}, model.Judged{ID: string(uitest.Digest("scai")), Report: again},
	}}}
	app := drive(t, fakeApp(backend, fakeInfo, Options{}), "120x40", "/ S C A I enter v V")
	if want := [][]string{{string(uitest.Digest("scai"))}, nil}; !slices.EqualFunc(asked, want, slices.Equal) {
		t.Errorf("asked for %v, want %v", asked, want)
	}
	if got := app.tree.Entry(string(uitest.Digest("scai"))).Standing.Verdict; got != model.Invalid {
		t.Errorf("the node is %v after it was judged again", got)
	}
	if len(app.streams) != 0 {
		t.Errorf("%d streams are left", len(app.streams))
	}
	app = drive(t, fakeApp(backend, fakeInfo, Options{}), "120x40", "/ S C A I enter v")
	if got := plain(app); !strings.Contains(got, "verified again · 1 trusted to invalid") {
		t.Errorf("it does not say what came of it:\n%s", got)
	}
}

func TestEventsOfAStreamThatWasGivenUpAreDropped(t *testing.T) {
	app := full(t, "80x24", "")
	before := app.tree.Version()
	stale := eventsArrivedMsg{stream: 99, events: []model.Event{model.VerifyStarted{ID: string(uitest.Digest("scai"))}}}
	if app = feed(t, app, stale); app.tree.Version() != before {
		t.Error("the tree changed")
	}
}

func TestQuittingEndsWhatGoesOn(t *testing.T) {
	app := fakeApp(uitest.Backend{}, fakeInfo, Options{}).within(context.Background())
	next, cmd := app.Update(uitest.Press("q"))
	if cmd == nil {
		t.Fatal("q does nothing")
	}
	if next.(App).ctx.Err() == nil {
		t.Error("the context goes on")
	}
}

func TestTheMouse(t *testing.T) {
	at := func(x, y int) tea.MouseClickMsg { return tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft} }
	app := full(t, "120x40", "")
	app = feed(t, app, at(10, 5)) // header 2, edge 1: the third row
	if want := app.nodes.list.rows[2].Entry.Node.ID; app.nodes.selected != want {
		t.Errorf("selected %s, want %s", app.nodes.selected, want)
	}
	detail := app.regions.panes[paneDetail]
	app = clickTab(t, app, "Signer")
	if app.detail.Tab() != scene.TabSigner || app.focus != paneDetail {
		t.Errorf("tab %d, focus %d after a click on the tab of the signer", app.detail.Tab(), app.focus)
	}
	before := plain(app)
	app = feed(t, app, tea.MouseWheelMsg{X: detail.X + 1, Y: detail.Y + 5, Button: tea.MouseWheelDown})
	if plain(app) == before {
		t.Error("the wheel does not scroll")
	}
	if app = feed(t, app, uitest.Press("m")); app.View().MouseMode != tea.MouseModeNone {
		t.Error("m leaves the mouse on")
	}
}

func TestCopyingSaysWhatWasSent(t *testing.T) {
	app := full(t, "120x40", "")
	next, cmd := feed(t, app, uitest.Press("y")).Update(uitest.Press("y"))
	if cmd == nil {
		t.Fatal("y y copies nothing")
	}
	if got := plain(next.(App)); !strings.Contains(got, "sent to the terminal's clipboard: digest "+string(uitest.Digest("root"))[:12]) {
		t.Errorf("the status line does not say so:\n%s", got)
	}
}

func TestTheSpinnerRunsOnlyWhileSomethingIsGoingOn(t *testing.T) {
	app := New(uitest.Backend{}, fakeInfo, Options{})
	ticks := 0
	app.tick = func() tea.Cmd { ticks++; return nil }
	app = feed(t, app, tea.WindowSizeMsg{Width: 80, Height: 24})
	app = feed(t, app, tea.WindowSizeMsg{Width: 81, Height: 24})
	if ticks != 1 {
		t.Errorf("%d ticks under way, want one for the whole screen", ticks)
	}
	app = feed(t, app, streamEndedMsg{1})
	if app = feed(t, app, spinnerTickedMsg{}); ticks != 1 {
		t.Errorf("it ticks on when nothing is going on")
	}
}

func TestAScreenThatIsBusySaysSo(t *testing.T) {
	app := fakeApp(uitest.Backend{}, fakeInfo, Options{})
	app = feed(t, app, tea.WindowSizeMsg{Width: 120, Height: 40})
	uitest.Golden(t, "busy-start-120x40", plain(app))
	events := slices.Concat(uitest.Rich()...)
	s := &uitest.Story{}
	s.Attached("late", model.KindAttestation, uitest.Predicate{Name: "SLSA provenance v1"}, model.Report{})
	next, _ := app.Update(eventsArrivedMsg{stream: 1, events: append(events[:len(events)-2], s.Events...)})
	uitest.Golden(t, "busy-120x40", plain(next.(App)))
}

func TestColoursOfTheThemes(t *testing.T) {
	for _, theme := range []string{"dark", "light", "high-contrast", "mono"} {
		app := drive(t, fakeApp(uitest.Backend{Events: uitest.Rich()}, fakeInfo, Options{Drawing: screen.Drawing{Theme: theme, NoColor: theme == "mono"}}), "80x24", "j j")
		uitest.Golden(t, "colour-"+theme+"-80x24", strings.ReplaceAll(app.View().Content, "\x1b", "␛")+"\n")
	}
	for name, background := range map[string]color.Color{"sixteen": color.Black, "sixteen-light": color.White} {
		app := drive(t, fakeApp(uitest.Backend{Events: uitest.Rich()}, fakeInfo, Options{}), "80x24", "j j")
		app = feed(t, feed(t, app, tea.ColorProfileMsg{Profile: colorprofile.ANSI}), tea.BackgroundColorMsg{Color: background})
		uitest.Golden(t, "colour-"+name+"-80x24", strings.ReplaceAll(app.View().Content, "\x1b", "␛")+"\n")
	}
}

func TestWhatAReaderMustNotOverlook(t *testing.T) {
	r := uitest.By(uitest.Ladder(model.Invalid, model.CheckLog, model.CheckFailed, "x"), "")
	r.Signer.Subject = "releаse@example.org" // the fifth letter is Cyrillic
	r.Findings = []model.Finding{{ID: model.FindingNameMismatch, Severity: model.SeverityWarning, Message: "signed for another name"}}
	s := &uitest.Story{}
	s.Add(model.NodeFound{Node: model.Node{ID: string(uitest.Digest("root")), Kind: model.KindIndex, Digest: uitest.Digest("root")}})
	s.Attached("mixed", model.KindSignature, uitest.Predicate{}, r)
	s.Add(model.DiscoveryDone{}, model.Done{})
	app := drive(t, fakeApp(uitest.Backend{Events: [][]model.Event{s.Events}}, fakeInfo, Options{}), "120x40", "j 3")
	for _, want := range []string{"mixes letters of several scripts", "signed under another name", "⚠2"} {
		if !strings.Contains(plain(app), want) {
			t.Errorf("it does not say %q:\n%s", want, plain(app))
		}
	}
	app = drive(t, fakeApp(uitest.Backend{Events: uitest.Evil()}, fakeInfo, Options{}), "120x40", "j 1")
	if !strings.Contains(plain(app), " hidden ") {
		t.Errorf("it does not say that characters are hidden:\n%s", plain(app))
	}
}

func TestNothingHalfIsCalledWhole(t *testing.T) {
	for _, size := range []string{"40x10", "60x16", "80x24", "120x40", "200x60"} {
		if got := plain(full(t, size, "")); strings.Count(got, "incomplete") < 2 {
			t.Errorf("%s: the header and the status line do not both say that it is incomplete:\n%s", size, got)
		}
	}
}

func TestNothingBeyondASCIIWhereItIsNotWanted(t *testing.T) {
	for _, backend := range []uitest.Backend{uitest.Trusting(), {Events: uitest.Evil(), Trust: uitest.HostileTrust()}} {
		for _, keys := range []string{"", "j 2", "j 3", "j 4", "j 5", "?", "shift+tab", "s enter", "p", "j t", "s w", "u"} {
			app := drive(t, fakeApp(backend, fakeInfo, Options{Drawing: screen.Drawing{ASCII: true}}), "120x40", keys)
			fits(t, app, 120, 40)
			if i := strings.IndexFunc(app.View().Content, func(r rune) bool { return r > '~' }); i >= 0 {
				t.Errorf("after %q: %q", keys, app.View().Content[max(0, i-20):i+8])
			}
		}
	}
}

func TestTheSummarySaysWhatDecided(t *testing.T) {
	for _, c := range []struct {
		name, keys string
		want       []string
	}{
		{"the check that failed", "/ C y c l o n e enter 1", []string{"decided by  subject ✘ failed", "the statement is about another image", "under root public-good"}},
		{"the check that is missing", "/ u n v e r i f enter 1", []string{"decided by  signature – skipped", "not proven"}},
		{"the signer", "/ V u l n e r enter 1", []string{"decided by  signer ✘ failed"}},
		{"who signed, and when", "/ S L S A enter 1", []string{"known as dockyard", "2026-01-19 12:00:04Z"}},
		{"what was not seen", "g 1 ctrl+d", []string{"Incomplete: look-ups 1 denied, 1 truncated", "403 from the registry"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := plain(full(t, "200x60", c.keys))
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("it does not say %q:\n%s", want, got)
				}
			}
		})
	}
}

// A large tree is judged with the spinner's frames, and in any case when all has come.
func TestALargeTreeIsJudgedOnceInAWhile(t *testing.T) {
	app := New(uitest.Backend{}, fakeInfo, Options{})
	app.tick = func() tea.Cmd { return nil }
	app = feed(t, app, tea.WindowSizeMsg{Width: 80, Height: 24})
	app = readAll(app, uitest.Many(3 * survey.Many)[0])
	if n := len(app.nodes.list.rows); n > survey.Many {
		t.Errorf("%d rows were flattened with the batch", n)
	}
	if next := feed(t, app, spinnerTickedMsg{}); len(next.nodes.list.rows) != 3*survey.Many+1 {
		t.Error("the spinner's frame did not bring the rows")
	}
	if app = feed(t, app, streamEndedMsg{1}); len(app.nodes.list.rows) != 3*survey.Many+1 {
		t.Error("the end did not bring the rows")
	}
}
