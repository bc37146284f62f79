package ui

import (
	"errors"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/uitest"
)

// again is what judging everything once more brings: the VSA is trusted now, and the vulnerabilities still are not.
func again() [][]model.Event {
	valid, vuln := string(uitest.Digest("valid")), string(uitest.Digest("vuln"))
	return [][]model.Event{{
		model.VerifyStarted{ID: valid}, model.VerifyStarted{ID: vuln},
		model.Judged{ID: valid, Report: uitest.By(uitest.Ladder(model.Trusted, "", "", ""), uitest.Narrowest.Name)},
	}, {
		model.Judged{ID: vuln, Report: uitest.By(uitest.Ladder(model.Untrusted, model.CheckSigner, model.CheckFailed, "not among them"), "")},
	}}
}

// asked is a backend that says what it was asked to judge.
func asked(verified *[][]string) uitest.Backend {
	b := uitest.Trusting()
	b.Verified, b.Again = verified, again()
	return b
}

func TestPinningASignerChangesVerdictsAtOnce(t *testing.T) {
	var verified [][]string
	b := asked(&verified)
	app := drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "/ V S A enter esc t enter")
	want := uitest.Narrowest
	want.Enabled, want.Origin = true, "this run"
	if diff := cmp.Diff([]model.TrustedSigner{want}, b.Trust.Pinned); diff != "" {
		t.Errorf("pinned (-want +got):\n%s", diff)
	}
	if len(b.Trust.Saved) != 0 {
		t.Errorf("%v was written without being asked for", b.Trust.Saved)
	}
	if len(verified) != 1 || verified[0] != nil {
		t.Errorf("judged %v, want everything, once", verified)
	}
	if got := app.nodes.current().Standing.Verdict; got != model.Trusted {
		t.Errorf("the node is %v", got)
	}
	got := plain(app)
	for _, want := range []string{"dockyard-build-containers trusted for this run · 1 valid to trusted", "signers: dockyard, release"} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %q:\n%s", want, got)
		}
	}
	if app.overlay != overlayNone || len(app.streams) != 0 {
		t.Errorf("overlay %d, %d streams", app.overlay, len(app.streams))
	}
}

func TestOldVerdictsStayUntilTheNewOnesCome(t *testing.T) {
	b := uitest.Trusting()
	app := drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "/ V S A enter esc")
	next, _ := app.Update(trustChangedMsg{what: uitest.NarrowestName})
	app = next.(App)
	if !strings.Contains(plain(app), "judging everything again") {
		t.Errorf("it does not say what is going on:\n%s", plain(app))
	}
	next, _ = app.Update(eventsArrivedMsg{stream: app.last, events: []model.Event{model.VerifyStarted{ID: string(uitest.Digest("valid"))}}})
	if got := next.(App).nodes.current().Standing.Verdict; got != model.Valid {
		t.Errorf("the node is %v while it is judged again", got)
	}
	// What began before cannot change anything any more.
	stale := app.last
	next, _ = next.(App).Update(trustChangedMsg{what: uitest.NarrowestName})
	app = next.(App)
	next, _ = app.Update(eventsArrivedMsg{stream: stale, events: []model.Event{model.Judged{
		ID: string(uitest.Digest("valid")), Report: uitest.By(uitest.Ladder(model.Trusted, "", "", ""), "")}}})
	if got := next.(App).nodes.current().Standing.Verdict; got != model.Valid {
		t.Errorf("a verdict by whom is trusted no longer arrived: %v", got)
	}
}

// What was judged while discovery went on may have been judged by whom is not trusted any more.
func TestWhatIsFoundMeanwhileIsJudgedAgainToo(t *testing.T) {
	var verified [][]string
	b := asked(&verified)
	app := feed(t, fakeApp(b, fakeInfo, Options{}), tea.WindowSizeMsg{Width: 120, Height: 40})
	next, _ := app.Update(eventsArrivedMsg{stream: 1, events: slices.Concat(uitest.Rich()...)})
	app = feed(t, next.(App), trustChangedMsg{what: uitest.NarrowestName})
	if len(verified) != 1 {
		t.Fatalf("judged %d times before discovery ended, want once", len(verified))
	}
	app = feed(t, app, streamEndedMsg{1})
	if len(verified) != 2 || len(app.streams) != 0 || app.recheck.stream != 0 {
		t.Errorf("judged %d times, %d streams are left: %+v", len(verified), len(app.streams), app.recheck)
	}
}

func TestOnlyProvenSignersCanBePinned(t *testing.T) {
	for _, c := range []struct{ name, keys, says string }{
		{"an image", "g", "there is nobody to trust"},
		{"a claim", "/ u n v e r i f enter", "only claimed and not proven"},
		{"what is covered", "/ B u i l d K i t enter", "trust the signer there"},
		{"what is invalid", "/ C y c l o n e enter", "nothing to learn a signer from"},
		{"what could not be fetched", "/ g o n e enter", "there is nobody to trust"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := uitest.Trusting()
			app := drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", c.keys+" t")
			if !strings.Contains(plain(app), c.says) {
				t.Errorf("it does not say %q:\n%s", c.says, plain(app))
			}
			app = feed(t, feed(t, app, uitest.Press("w")), uitest.Press("enter"))
			if len(b.Trust.Pinned)+len(b.Trust.Saved) != 0 || app.overlay != overlayNone {
				t.Errorf("pinned %v, saved %v, overlay %d", b.Trust.Pinned, b.Trust.Saved, app.overlay)
			}
		})
	}
}

func TestASignerThatIsTrustedAlreadyIsSaidToBe(t *testing.T) {
	got := plain(full(t, "120x40", "/ S L S A enter t"))
	if !strings.Contains(got, "It is trusted already, as dockyard.") {
		t.Errorf("it does not say so:\n%s", got)
	}
}

func TestLookalikesAreMarkedWhereverTheyAreTrusted(t *testing.T) {
	b := uitest.Trusting()
	b.Trust.Propose.Subject = strings.Replace(uitest.Workflow, "stacklok", "stаcklok", 1) // the third letter is Cyrillic
	b.Trust.Signers = []model.TrustedSigner{b.Trust.Propose}
	for _, keys := range []string{"/ V S A enter t", "/ V S A enter t w", "s", "s enter"} {
		if got := plain(drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", keys)); !strings.Contains(got, "mixes letters of several scripts") {
			t.Errorf("after %q it does not say so:\n%s", keys, got)
		}
	}
}

// A window can shrink while something waits to be confirmed.
func TestNothingIsConfirmedThatNobodyCanSee(t *testing.T) {
	for _, keys := range []string{"/ V S A enter t", "/ V S A enter t w", "s", "s w"} {
		b := uitest.Trusting()
		app := drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", keys)
		app = feed(t, app, tea.WindowSizeMsg{Width: 39, Height: 9})
		for _, k := range []string{"enter", "w", "enter", "space", "x"} {
			app = feed(t, app, uitest.Press(k))
		}
		if len(b.Trust.Pinned)+len(b.Trust.Saved) != 0 || len(b.Trust.Signers) != len(uitest.PinnedSigners()) {
			t.Errorf("after %q: pinned %v, saved %v, %d signers", keys, b.Trust.Pinned, b.Trust.Saved, len(b.Trust.Signers))
		}
		if app = feed(t, app, uitest.Press("esc")); app.overlay != overlayNone {
			t.Errorf("after %q: esc does not close it", keys)
		}
	}
}

func TestSavingIsAskedForTwice(t *testing.T) {
	for _, c := range []struct {
		name, keys    string
		pinned, saved int
		says          string
	}{
		{"w alone writes nothing", "/ V S A enter t w", 0, 0, "Write this to your policy file?"},
		{"esc goes back", "/ V S A enter t w esc", 0, 0, "nothing beyond it"},
		{"enter after w pins and writes", "/ V S A enter esc t w enter", 1, 1, "written to /home/reader/.config/attestree/policy.yaml"},
		{"an entry of the list is written only", "s w enter", 0, 1, "written to /home/reader/.config/attestree/policy.yaml"},
		{"esc goes back to the list", "s w esc", 0, 0, "Trusted signers"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := uitest.Trusting()
			app := drive(t, fakeApp(b, fakeInfo, Options{}), "200x60", c.keys)
			if len(b.Trust.Pinned) != c.pinned || len(b.Trust.Saved) != c.saved {
				t.Errorf("pinned %d, saved %d; want %d, %d", len(b.Trust.Pinned), len(b.Trust.Saved), c.pinned, c.saved)
			}
			if !strings.Contains(plain(app), c.says) {
				t.Errorf("it does not say %q:\n%s", c.says, plain(app))
			}
		})
	}
}

func TestWhatKeysDoToTheSigners(t *testing.T) {
	for _, c := range []struct {
		name, keys string
		want       []string // names, with a minus where one is off
		judged     int
	}{
		{"nothing", "s j j", []string{"dockyard", "release", "-anybody"}, 0},
		{"space switches off", "s space", []string{"-dockyard", "release", "-anybody"}, 1},
		{"and on again", "s G space", []string{"dockyard", "release", "anybody"}, 1},
		{"x removes", "s j x", []string{"dockyard", "-anybody"}, 1},
		{"the last ones too", "s x x x", nil, 3},
		{"enter only shows", "s enter", []string{"dockyard", "release", "-anybody"}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			var verified [][]string
			b := asked(&verified)
			app := drive(t, fakeApp(b, fakeInfo, Options{}), "80x24", c.keys)
			var got []string
			for _, s := range app.trust.Signers {
				if !s.Enabled {
					s.Name = "-" + s.Name
				}
				got = append(got, s.Name)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("signers (-want +got):\n%s", diff)
			}
			if len(verified) != c.judged || app.overlay != overlaySigners {
				t.Errorf("judged %d times, want %d; overlay %d", len(verified), c.judged, app.overlay)
			}
		})
	}
}

func TestWhatCannotBeDoneIsSaid(t *testing.T) {
	for _, keys := range []string{"/ V S A enter esc t enter", "s x", "s space", "s w enter", "/ V S A enter esc t w enter"} {
		var verified [][]string
		b := asked(&verified)
		b.Trust.Refuse = errors.New("the folder is not writable")
		app := drive(t, fakeApp(b, fakeInfo, Options{}), "200x60", keys)
		if !strings.Contains(plain(app), "the folder is not writable") {
			t.Errorf("after %q it does not say why:\n%s", keys, plain(app))
		}
		if len(verified) != 0 {
			t.Errorf("after %q everything was judged again, although nothing changed", keys)
		}
	}
}

func TestTheHeaderOpensWhatItNames(t *testing.T) {
	for _, size := range []string{"80x24", "120x40", "200x60"} {
		app := drive(t, fakeApp(uitest.Trusting(), fakeInfo, Options{}), size, "")
		opened := map[overlay]bool{}
		for _, target := range app.trustTargets() {
			row := []rune(strings.Split(plain(app), "\n")[1])
			click := tea.MouseClickMsg{X: target.from + 1, Y: 1, Button: tea.MouseLeft}
			next := feed(t, app, click)
			opened[next.overlay] = true
			if said := string(row[target.from:min(target.to, len(row))]); !strings.Contains(said, map[overlay]string{
				overlaySigners: "signers", overlayPolicy: "policy", overlayRoot: "root public-good"}[next.overlay]) {
				t.Errorf("%s: a click on %q opens overlay %d", size, said, next.overlay)
			}
			if next = feed(t, next, tea.MouseClickMsg{X: 0, Y: 0, Button: tea.MouseLeft}); next.overlay != overlayNone {
				t.Errorf("%s: a click beside it does not close it", size)
			}
		}
		if !opened[overlaySigners] || !opened[overlayPolicy] {
			t.Errorf("%s: clicks open %v", size, opened)
		}
	}
}

func TestTheMouseSelectsOnABoard(t *testing.T) {
	app := drive(t, fakeApp(uitest.Trusting(), fakeInfo, Options{}), "120x40", "s")
	b, _ := app.board()
	app = feed(t, app, tea.MouseClickMsg{X: b.Room.X + 5, Y: b.Room.Y + 1 + b.Stops[1].First, Button: tea.MouseLeft})
	if got, _ := app.signers.current(); got.Name != "release" {
		t.Errorf("the click selects %q", got.Name)
	}
}
