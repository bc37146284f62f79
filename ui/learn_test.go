package ui

import (
	"strings"
	"testing"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

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
	if app.detail.Tab() != scene.TabLearn {
		t.Error("it left the tab")
	}
}

// The fake's manifests are not what their digests say. That must be seen, and nothing of it may be green.
func TestAHashThatDiffersIsSaid(t *testing.T) {
	app := learning(t, "/ S L S A enter 6")
	says(t, app, "✘ recomputed sha256:", "the registry's answer for the tag names "+string(uitest.Digest("root")))
}

func TestTheContentsOfALessonLeadToItsParts(t *testing.T) {
	for i, part := range []string{"Follow the bytes", "Its checks", "To see it with other programs", "Read on"} {
		at := feed(t, drive(t, fakeApp(uitest.Trusting(), fakeInfo, Options{}), "80x24", "/ S L S A enter 6 "+strings.Repeat("j ", i)), uitest.Press("enter"))
		if first := plain(at); !strings.Contains(first, part) {
			t.Errorf("the contents lead to another part than %q:\n%s", part, first)
		}
	}
}

func TestEnterJumpsToTheBytes(t *testing.T) {
	app := full(t, "120x40", "/ S L S A enter 6 enter j")
	node := app.nodes.selected
	app = feed(t, app, uitest.Press("enter"))
	if app.detail.Tab() != scene.TabRaw || app.focus != paneDetail {
		t.Errorf("the second step leads to tab %d, focus %d", app.detail.Tab(), app.focus)
	}
	if app = feed(t, app, uitest.Press("[")); app.detail.Tab() != scene.TabLearn || app.nodes.selected != node {
		t.Error("one does not come back with [")
	}
}

func TestClickOnTheTabTeaches(t *testing.T) {
	app := full(t, "120x40", "/ S L S A enter 2")
	if app = clickTab(t, app, "Learn"); app.detail.Tab() != scene.TabLearn || app.detail.Learning() == "" {
		t.Errorf("a click leads to tab %d about %q", app.detail.Tab(), app.detail.Learning())
	}
}

// clickTab clicks on the name of a tab.
func clickTab(t *testing.T, app App, name string) App {
	t.Helper()
	room := app.regions.panes[paneDetail]
	row := strings.Split(plain(app), "\n")[room.Y]
	before, _, found := strings.Cut(row, name)
	if !found {
		t.Fatalf("there is no %q in %q", name, row)
	}
	return feed(t, app, tea.MouseClickMsg{X: utf8.RuneCountInString(before), Y: room.Y, Button: tea.MouseLeft})
}
