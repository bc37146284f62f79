package ui

import (
	"bytes"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/uitest"
)

// typed is a text as keys, one by one.
func typed(text string) string { return strings.Join(strings.Split(text, ""), " ") }

const onPayload = "/ S L S A enter 4 "

func TestAQueryIsAnsweredAsItIsTyped(t *testing.T) {
	for _, c := range []struct{ name, query, shown, said string }{
		{"one value", "predicate.builder", `{"id":"https://github.com/actions/runner"}`, "1 match"},
		{"a path that goes on", "predicate.builder.", `{"id":"https://github.com/actions/runner"}`, "1 match"},
		{"several values", "predicate.materials.#.uri", `["a","b"]`, "2 matches"},
		{"a condition", `predicate.materials.#(uri=="b")`, `{"uri":"b"}`, "1 match"},
		{"something computed", "predicate.materials.#", `2`, "computed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := full(t, "120x40", onPayload+"f "+typed(c.query))
			if got := valueOf(app); got != c.shown {
				t.Errorf("it shows %s, want %s", got, c.shown)
			}
			if got := plain(app); !strings.Contains(got, c.said) || !strings.Contains(got, "query: "+c.query) {
				t.Errorf("it does not say %q, or not what was asked:\n%s", c.said, got)
			}
		})
	}
}

func TestWhereAQueryLeads(t *testing.T) {
	for _, c := range []struct{ name, keys, path string }{
		{"enter goes to the value", typed("predicate.builder.id") + " enter", "predicate.builder.id"},
		{"of several, to the selected one", typed("predicate.materials.#.uri") + " down down enter", "predicate.materials.1.uri"},
		{"to what is inside of a match", typed("predicate.materials.#(uri!=x)#") + " down down down down enter", "predicate.materials.1.uri"},
		{"to what is inside of the one value", typed("predicate.materials") + " down enter", "predicate.materials.0"},
		{"esc goes back to where it was", typed("predicate.builder.id") + " esc", "subject"},
		{"deleting all does too", typed("predicate.builder.id") + " ctrl+u enter", "subject"},
		{"esc after what was computed does too", typed("predicate|@keys") + " enter j esc", "subject"},
		{"no answer leads nowhere", "x y z enter enter esc", "subject"},
		{"a search does not search an answer", typed("predicate|@keys") + " enter / u r i", "predicate.materials.0.uri"},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := full(t, "120x40", onPayload+"j j f "+c.keys)
			if app.detail.ShowsAnswer() || pathOf(app) != c.path {
				t.Errorf("the cursor is on %q, want %q; an answer is shown: %v", pathOf(app), c.path, app.detail.ShowsAnswer())
			}
			if app.focus != paneDetail || app.tree.Entry(app.nodes.selected).Node.ID != string(uitest.Digest("provenance")) {
				t.Error("another node is selected")
			}
		})
	}
}

func TestAWrongQuerySaysSo(t *testing.T) {
	for query, want := range map[string]string{
		"subject.#(name":             "a bracket is not closed yet",
		`subject.#(name=="x`:         "a quote is not closed yet",
		"subject)":                   "a closing bracket too many",
		`subject\`:                   "a backslash has nothing after it yet",
		"@pretty":                    "more than there is memory for",
		strings.Repeat("@tostr|", 9): "more than there is memory for",
		"nothing.of.the.kind":        "Nothing in the payload answers this query.",
	} {
		app := full(t, "200x60", onPayload+"f "+typed(query))
		if got := plain(app); !strings.Contains(got, want) {
			t.Errorf("%s: it does not say %q:\n%s", query, want, got)
		}
		app = feed(t, feed(t, app, uitest.Press("enter")), uitest.Press("esc"))
		if app.overlay != overlayNone || app.detail.ShowsAnswer() {
			t.Errorf("%s: esc does not end it", query)
		}
	}
}

func TestTabCompletesAQuery(t *testing.T) {
	for _, c := range []struct{ keys, want string }{
		{"tab", "_type"},
		{"tab tab", "subject"},
		{"tab shift+tab", "predicate"},
		{"p r tab", "predicateType"},
		{"p r tab tab tab", "predicateType"},
		{typed("predicate.b") + " tab", "predicate.builder"},
		{typed("predicate.b") + " tab tab", "predicate.builder.id"},
		{typed("predicate.materials.") + " tab", "predicate.materials.#"},
		{typed("predicate.materials.#.") + " tab", "predicate.materials.#.uri"},
		{typed("predicate.nothing.") + " tab", "predicate.nothing."},
		{typed("subject.#(na") + " tab", "subject.#(na"},
		{"z tab", "z"},
	} {
		app := full(t, "120x40", onPayload+"f "+c.keys)
		if got := app.detail.Asked(); got != c.want {
			t.Errorf("%s: %q, want %q", c.keys, got, c.want)
		}
	}
}

func TestValuesAndPathsAreCopied(t *testing.T) {
	for _, c := range []struct{ keys, want string }{
		{"f " + typed("predicate.materials.#.uri") + " down enter Y", "path predicate.materials.0.uri"},
		{"f " + typed("predicate.materials.#.uri") + " down enter y y", `value "a"`},
		{"f " + typed("predicate|@keys") + " enter j y y", `value "builder"`},
		{"f " + typed("predicate|@keys") + " enter j Y", "nothing to copy here"},
		{"j Y", "path _type"},
	} {
		if got := plain(full(t, "120x40", onPayload+c.keys)); !strings.Contains(got, c.want) {
			t.Errorf("after %q it does not say %q:\n%s", c.keys, c.want, got)
		}
	}
}

// A payload of fifty megabytes takes longer to answer than a frame: keys must not wait, and what is asked must not pile up.
func TestKeysDoNotWaitForAnswers(t *testing.T) {
	app := full(t, "120x40", onPayload+"f")
	var cmds []tea.Cmd
	for _, k := range []string{"s", "u", "b", "j"} {
		next, cmd := app.Update(uitest.Press(k))
		app, cmds = next.(App), append(cmds, cmd)
	}
	if got := plain(app); !strings.Contains(got, "query: subj") || !strings.Contains(got, "asking") {
		t.Fatalf("it waits:\n%s", got)
	}
	asked := 0
	for _, cmd := range cmds {
		if cmd != nil {
			asked++
		}
	}
	if asked != 1 {
		t.Errorf("%d questions are under way, want one", asked)
	}
	next, again := app.Update(cmds[0]())
	if app = next.(App); app.detail.ShowsAnswer() || again == nil {
		t.Fatal("an answer to what was typed before is shown, or what was typed since is not asked")
	}
	app = feed(t, app, uitest.Press("esc"))
	if app = obey(t, app, again); app.detail.ShowsAnswer() {
		t.Error("an answer came after the question was given up")
	}
}

func TestAnAnswerToAnotherPayloadIsDropped(t *testing.T) {
	app := full(t, "120x40", onPayload+"f")
	next, ask := app.Update(uitest.Press("n"))
	app = feed(t, next.(App), uitest.Press("esc"))
	app = drive(t, app, "120x40", "tab tab k 4 f")
	if app = obey(t, app, ask); app.detail.ShowsAnswer() {
		t.Error("it is shown")
	}
}

func TestHostileQueriesAndAnswersAreShownSafely(t *testing.T) {
	for _, keys := range []string{"j 4 f b", "j 4 f tab", "j 4 f tab tab enter", "j 4 f @ k e y s enter", "j 4 f b enter Y"} {
		app := drive(t, fakeApp(uitest.Backend{Events: uitest.Evil()}, Info{Source: uitest.Hostile}, Options{}), "120x40", keys)
		fits(t, app, 120, 40)
		app = feed(t, app, tea.PasteMsg{Content: uitest.Hostile})
		fits(t, app, 120, 40)
	}
}

// What a key costs while a query of a large payload is typed.
func BenchmarkKeyOfAQuery(b *testing.B) {
	s := &uitest.Story{}
	root := uitest.Digest("root")
	raw := append(append([]byte(`[0`), bytes.Repeat([]byte(`,{"name":"package"}`), 500_000)...), ']')
	s.Add(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindArtifact, Digest: root, Raw: raw}})
	s.Add(model.DiscoveryDone{}, model.Done{})
	app := drive(b, fakeApp(uitest.Backend{Events: [][]model.Event{s.Events}}, fakeInfo, Options{}), "200x60", "4 f "+typed("#.name"))
	keys := []tea.KeyPressMsg{uitest.Press("x"), uitest.Press("backspace")}
	for i := 0; b.Loop(); i++ {
		next, _ := app.Update(keys[i%2])
		app = next.(App)
		_ = app.View().Content
	}
}
