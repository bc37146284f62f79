package ui

import (
	"context"
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/screen"
	"github.com/attestree/attestree/ui/start"
	"github.com/attestree/attestree/ui/uitest"
)

// fakeOpener opens every source but "refused", and keeps the contexts that it was given.
type fakeOpener struct{ opened *[]context.Context }

func (o fakeOpener) Explore(ctx context.Context, source string) (App, error) {
	if source == "refused" {
		return App{}, errors.New("no such image")
	}
	*o.opened = append(*o.opened, ctx)
	return fakeApp(uitest.Trusting(), Info{Source: source}, Options{}), nil
}

func (o fakeOpener) Begin() start.Screen {
	return start.New(fakeShelf{}, fakeBeginning, screen.Drawing{})
}

// run gives a shell a message and carries out what that leads to, except what Bubble Tea would.
func run(t *testing.T, s Shell, msg tea.Msg) Shell {
	t.Helper()
	next, cmd := s.Update(msg)
	return runAll(t, next.(Shell), cmd)
}

func runAll(t *testing.T, s Shell, cmd tea.Cmd) Shell {
	t.Helper()
	if cmd == nil {
		return s
	}
	switch msg := cmd().(type) {
	case nil, tea.QuitMsg:
	case tea.BatchMsg:
		for _, c := range msg {
			s = runAll(t, s, c)
		}
	default:
		s = run(t, s, msg)
	}
	return s
}

// sources are those of the explorers in a shell, the one that is seen last.
func sources(s Shell) string {
	var names []string
	for _, st := range s.screens {
		if app, ok := st.screen.(App); ok {
			names = append(names, app.info.Source)
		}
	}
	return strings.Join(names, " ")
}

func shellOn(t *testing.T, first screen.Screen) (s Shell, opened *[]context.Context) {
	t.Helper()
	opened = new([]context.Context)
	s = NewShell(fakeOpener{opened}, Options{}, first)
	s = runAll(t, s, s.Init())
	return run(t, s, tea.WindowSizeMsg{Width: 80, Height: 24}), opened
}

// ask has the screen that is seen ask the shell for something.
func ask(t *testing.T, s Shell, cmd tea.Cmd) Shell {
	t.Helper()
	return runAll(t, s, addressed(s.top().number, cmd))
}

func TestASourceIsOpenedOverTheScreenThatAsksAndEscComesBack(t *testing.T) {
	s, opened := shellOn(t, fakeApp(uitest.Trusting(), Info{Source: "a"}, Options{}))
	s = ask(t, s, screen.Explore("b"))
	if got := sources(s); got != "a b" {
		t.Fatalf("the shell shows %q", got)
	}
	if b := s.top().screen.(App); b.Width != 80 || b.tree.Root() == nil {
		t.Error("the new screen knows neither the terminal's size nor what is attached")
	}
	s = run(t, s, uitest.Press("esc"))
	if got := sources(s); got != "a" || (*opened)[0].Err() == nil {
		t.Errorf("after esc the shell shows %q; what was done for the other goes on: %v", got, (*opened)[0].Err() == nil)
	}
	if s = run(t, s, uitest.Press("esc")); sources(s) != "a" {
		t.Error("esc on the last screen leaves it")
	}
}

func TestEscGoesBackInAScreenBeforeItLeavesIt(t *testing.T) {
	s, _ := shellOn(t, fakeApp(uitest.Trusting(), Info{Source: "a"}, Options{}))
	s = ask(t, s, screen.Explore("b"))
	for _, keys := range []string{"tab esc", "z esc", "j space esc", "/ S L S A enter esc", "f : i n v enter esc", "c esc", "? esc"} {
		for k := range strings.FieldsSeq(keys) {
			s = run(t, s, uitest.Press(k))
		}
		if got := sources(s); got != "a b" {
			t.Fatalf("%s: the shell shows %q", keys, got)
		}
	}
}

func TestWhatCannotBeOpenedIsSaidWhereItWasAskedFor(t *testing.T) {
	s, _ := shellOn(t, fakeApp(uitest.Trusting(), Info{Source: "a"}, Options{}))
	s = ask(t, s, screen.Explore("refused"))
	if got := plain(s.top().screen.(App)); sources(s) != "a" || !strings.Contains(got, "refused: no such image") {
		t.Errorf("the shell shows %q:\n%s", sources(s), got)
	}
}

func TestWhatNobodyWaitsForAnyLongerIsNotShown(t *testing.T) {
	s, opened := shellOn(t, fakeApp(uitest.Trusting(), Info{Source: "a"}, Options{}))
	s, slow := s.open(0, "b")
	s = ask(t, s, screen.StopOpening())
	if s = runAll(t, s, slow); sources(s) != "a" || (*opened)[0].Err() == nil {
		t.Errorf("the shell shows %q", sources(s))
	}
	s, first := s.open(0, "c")
	s, second := s.open(0, "d")
	s = runAll(t, runAll(t, s, second), first)
	if got := sources(s); got != "a d" {
		t.Errorf("of two openings the last was wanted; the shell shows %q", got)
	}
}

func TestMessagesOfAHiddenScreenReachItAndNoOther(t *testing.T) {
	s, _ := shellOn(t, fakeApp(uitest.Trusting(), Info{Source: "a"}, Options{}))
	s = ask(t, s, screen.Explore("b"))
	s = run(t, s, addressedMsg{0, spinnerTickedMsg{}})
	if a, b := s.screens[0].screen.(App), s.screens[1].screen.(App); a.frame != 1 || b.frame != 0 {
		t.Errorf("the spinners are at %d and %d", a.frame, b.frame)
	}
	s = run(t, s, uitest.Press("esc"))
	run(t, s, addressedMsg{1, spinnerTickedMsg{}}) // of a screen that is gone
}

func TestWhatIsForBubbleTeaGoesThereUnchanged(t *testing.T) {
	for name, cmd := range map[string]tea.Cmd{"quit": tea.Quit, "copy": tea.SetClipboard("x"), "background": tea.RequestBackgroundColor} {
		if _, wrapped := addressed(3, cmd)().(addressedMsg); wrapped {
			t.Errorf("%s: it would never arrive", name)
		}
	}
	both := addressed(3, tea.Batch(tea.Quit, screen.Leave()))().(tea.BatchMsg)
	if _, quits := both[0]().(tea.QuitMsg); !quits {
		t.Error("a batch hides what is for Bubble Tea")
	}
	if got := both[1](); got != (addressedMsg{3, screen.LeftMsg{}}) {
		t.Errorf("a batch brings %v", got)
	}
}

// Who is trusted for this run is forgotten with the screen: esc says so once before it goes back.
func TestEscSaysWhatWouldBeForgotten(t *testing.T) {
	b := uitest.Trusting()
	b.Trust.Signers = append(b.Trust.Signers, model.TrustedSigner{Name: "ann", Enabled: true, Origin: "this run"})
	s := NewShell(fakeOpener{new([]context.Context)}, Options{}, start.New(&fakeShelf{}, start.About{}, screen.Drawing{}))
	s = run(t, s, tea.WindowSizeMsg{Width: 120, Height: 40})
	s, cmd := s.push(fakeApp(b, fakeInfo, Options{}), func() {})
	s = runAll(t, s, cmd)
	said := func(s Shell) bool {
		return strings.Contains(uitest.PlainText(s.View().Content), "would be forgotten: esc once more leaves")
	}
	if s = run(t, s, uitest.Press("esc")); len(s.screens) != 2 || !said(s) {
		t.Fatalf("%d screens:\n%s", len(s.screens), uitest.PlainText(s.View().Content))
	}
	if s = run(t, run(t, s, uitest.Press("j")), uitest.Press("esc")); len(s.screens) != 2 || !said(s) {
		t.Error("another key is no answer, and yet it goes")
	}
	if s = run(t, s, uitest.Press("esc")); len(s.screens) != 1 {
		t.Error("esc once more does not go back")
	}
}

// Another source takes the place of this one, and of whom it was trusted by.
func TestAnotherSourceSaysWhatWouldBeForgotten(t *testing.T) {
	b := uitest.Trusting()
	b.Trust.Signers = append(b.Trust.Signers, model.TrustedSigner{Name: "ann", Enabled: true, Origin: "this run"})
	s := NewShell(fakeOpener{new([]context.Context)}, Options{}, fakeApp(b, fakeInfo, Options{}))
	s = runAll(t, s, s.Init())
	s = run(t, s, tea.WindowSizeMsg{Width: 120, Height: 40})
	if s = run(t, run(t, s, uitest.Press("O")), uitest.Press("esc")); len(s.screens) != 1 {
		t.Fatal("it opens the start screen at once")
	}
	if s = run(t, s, uitest.Press("O")); len(s.screens) != 1 || !strings.Contains(uitest.PlainText(s.View().Content), "O once more opens another source") {
		t.Fatalf("it does not say so:\n%s", uitest.PlainText(s.View().Content))
	}
	if s = run(t, s, uitest.Press("O")); len(s.screens) != 2 {
		t.Error("O once more does not open it")
	}
}

func TestWhereThereIsNothingBelowEscSaysNothing(t *testing.T) {
	b := uitest.Trusting()
	b.Trust.Signers = append(b.Trust.Signers, model.TrustedSigner{Name: "ann", Enabled: true, Origin: "this run"})
	if app := drive(t, fakeApp(b, fakeInfo, Options{}), "120x40", "esc"); !app.note.text.Empty() {
		t.Errorf("it says %q", app.note.text)
	}
}
