package ui

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/equivalent"
	"github.com/attestree/attestree/model/lesson"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/uitest"
)

// learning is the page about a node in a size in which all of it is seen.
func learning(t *testing.T, keys string) App {
	t.Helper()
	return drive(t, fakeApp(uitest.Trusting(), fakeInfo, Options{}), "200x300", keys+" z")
}

func says(t *testing.T, app App, words ...string) {
	t.Helper()
	screen := strings.Join(strings.Fields(strings.NewReplacer("│", " ", "┃", " ").Replace(plain(app))), " ")
	for _, w := range words {
		if !strings.Contains(screen, w) {
			t.Errorf("it does not say %q:\n%s", w, plain(app))
		}
	}
}

func TestLearnTeachesAboutTheSelectedNode(t *testing.T) {
	app := learning(t, "/ S L S A enter 6")
	says(t, app, "[6 Learn]", "SLSA provenance", "What it proves", "✔ trusted All required checks passed", "What it does not prove", "How it is stored",
		"Follow the bytes", "Its checks", "To see it with other programs", "crane manifest", "Read on", "https://slsa.dev/spec/", "Words")
	for i, r := range app.detail.learn.trail.done {
		if r.Status == lesson.Pending {
			t.Errorf("step %d was never computed", i+1)
		}
	}
	if n, m := len(app.detail.learn.trail.done), len(app.detail.learn.trail.steps); n != m || n < 6 {
		t.Errorf("%d of %d steps were computed", n, m)
	}
}

// The fake's manifests are not what their digests say. That must be seen, and nothing of it may be green.
func TestAHashThatDiffersIsSaid(t *testing.T) {
	app := learning(t, "/ S L S A enter 6")
	says(t, app, "✘ recomputed sha256:", "the registry's answer for the tag names "+string(uitest.Digest("root")))
	if got := app.detail.learn.trail.done[1].Status; got != lesson.Differs {
		t.Errorf("the index is %q", got)
	}
}

func TestLearnPromisesNothingOfWhatIsWrong(t *testing.T) {
	says(t, learning(t, "/ C y c l o n e enter 6"), "✘ invalid Not for this one: the statement is about another image.")
	says(t, learning(t, "/ B u i l d K i t enter 6"), "◇ covered", "Nobody signed what it says")
	says(t, learning(t, "/ u n v e r i f enter 6"), "? unverifiable Not for this one:")
}

func TestLearnFromAChecksIsAboutThatCheck(t *testing.T) {
	app := learning(t, "/ C y c l o n e enter 2 6")
	says(t, app, "subject: is it about this image?", "On this node", "✘ failed", "what subject ought to be", "When it fails")
	if strings.Contains(plain(app), "Follow the bytes") {
		t.Error("it is about the node too")
	}
	says(t, feed(t, app, uitest.Press("h")), "Follow the bytes")
	says(t, feed(t, app, uitest.Press("6")), "Follow the bytes")
	app = feed(t, feed(t, app, uitest.Press("G")), uitest.Press("enter"))
	app = feed(t, app, uitest.Press("j")) // out of the last stop into none
	if app.detail.tab != scene.TabLearn {
		t.Error("it left the tab")
	}
}

func TestEveryCheckOfANodeLeadsToItsPage(t *testing.T) {
	app := learning(t, "/ S L S A enter 6")
	seen := map[model.CheckID]bool{}
	for i, stop := range app.detail.learn.leads {
		if stop.check == "" {
			continue
		}
		at := app
		at.detail.learn.At = i
		at = feed(t, at, uitest.Press("enter"))
		says(t, at, string(stop.check)+": ")
		seen[stop.check] = true
	}
	if len(seen) != 10 {
		t.Errorf("%d checks have a page: %v", len(seen), seen)
	}
}

func TestEnterJumpsToTheBytes(t *testing.T) {
	app := learning(t, "/ S L S A enter 6")
	for i, part := range []string{"Follow the bytes", "Its checks", "To see it with other programs", "Read on"} {
		at := feed(t, drive(t, fakeApp(uitest.Trusting(), fakeInfo, Options{}), "80x24", "/ S L S A enter 6 "+strings.Repeat("j ", i)), uitest.Press("enter"))
		if first := plain(at); !strings.Contains(first, part) {
			t.Errorf("the contents lead to another part than %q:\n%s", part, first)
		}
	}
	wanted := map[scene.Tab]bool{scene.TabRaw: false, scene.TabPayload: false, scene.TabChecks: false}
	for i, stop := range app.detail.learn.leads {
		to, is := stop.visit.(scene.VisitNode)
		if !is {
			continue
		}
		at := app
		at.detail.learn.At = i
		at = feed(t, at, uitest.Press("enter"))
		if at.detail.tab != to.Tab || at.nodes.selected != to.ID || at.focus != paneDetail {
			t.Errorf("stop %d leads to %s on tab %d, want %s on tab %d", i, at.nodes.selected, at.detail.tab, to.ID, to.Tab)
		}
		wanted[to.Tab] = true
		if back := feed(t, at, uitest.Press("[")); back.detail.tab != scene.TabLearn || back.nodes.selected != app.nodes.selected {
			t.Errorf("stop %d: one does not come back with [", i)
		}
	}
	for tab, seen := range wanted {
		if !seen {
			t.Errorf("no step leads to tab %d", tab)
		}
	}
}

func TestCommandsAreCopiedWhole(t *testing.T) {
	info := fakeInfo
	info.Commands = equivalent.Context{PlainHTTP: true}
	app := drive(t, fakeApp(uitest.Trusting(), info, Options{}), "60x20", "/ S L S A enter 6")
	e := app.nodes.current()
	var want []string
	for _, c := range equivalent.For(app.tree, e, info.Commands) {
		if c.Line != "" {
			want = append(want, c.Line)
		}
	}
	if len(want) < 5 || !strings.Contains(strings.Join(want, "\n"), "--insecure") {
		t.Fatalf("the commands do not depend on the run: %q", want)
	}
	var got []string
	for i, stop := range app.detail.learn.leads {
		if stop.what != "command" {
			continue
		}
		at := app
		at.detail.learn.At = i
		_, i := at.detail.key(uitest.Press("y"))
		copied, is := i.(scene.CopyLines)
		if !is {
			t.Fatalf("y on a command does %T", i)
		}
		got = append(got, copied.Text)
	}
	slices.Sort(got)
	slices.Sort(want)
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("copied are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestStepsOfAnotherNodeAreDropped(t *testing.T) {
	app := learning(t, "/ S L S A enter 6")
	done := len(app.detail.learn.trail.done)
	from := app.detail.learn.trail.from
	from.id = "another"
	app = feed(t, app, stepRecomputedMsg{from, done, lesson.Result{Status: lesson.Same}})
	app = feed(t, app, stepRecomputedMsg{app.detail.learn.trail.from, done + 1, lesson.Result{Status: lesson.Same}})
	if got := len(app.detail.learn.trail.done); got != done {
		t.Errorf("%d results, want %d", got, done)
	}
}

func TestEveryStopOfALessonCanBeReached(t *testing.T) {
	for _, size := range []string{"40x10", "60x16", "120x40"} {
		app := drive(t, fakeApp(uitest.Trusting(), fakeInfo, Options{}), size, "/ S L S A enter 6")
		seen := map[int]bool{app.detail.learn.At: true}
		for range 2000 {
			app = feed(t, app, uitest.Press("j"))
			seen[app.detail.learn.At] = true
		}
		if len(seen) != len(app.detail.learn.Lines) {
			t.Errorf("%s: j reaches %d of %d stops", size, len(seen), len(app.detail.learn.Lines))
		}
		if bottom := app.detail.scroll; bottom.Offset()+bottom.Height() < bottom.Count() {
			t.Errorf("%s: j ends at row %d of %d", size, bottom.Offset()+bottom.Height(), bottom.Count())
		}
	}
}

func TestClickOnTheTabTeaches(t *testing.T) {
	app := drive(t, fakeApp(uitest.Trusting(), fakeInfo, Options{}), "120x40", "/ S L S A enter 2")
	room := app.regions.panes[paneDetail]
	span := tabSpans(room.W, app.detail.tab)[scene.TabLearn]
	app = feed(t, app, tea.MouseClickMsg{X: room.X + span.from + 1, Y: room.Y, Button: tea.MouseLeft})
	if app.detail.tab != scene.TabLearn || app.detail.learn.about == "" {
		t.Errorf("a click leads to tab %d about %q", app.detail.tab, app.detail.learn.about)
	}
}
