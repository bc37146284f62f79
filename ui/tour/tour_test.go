package tour

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/uitest"
)

func TestNoStepIsCutShort(t *testing.T) {
	styles := theme.New(theme.Options{Mono: true})
	for i := range steps {
		now := New(keymap.New(keymap.Choice{}), true)
		now.at, now.passed = i, true
		if strip := now.Strip(Place{}, 80, now.Rows(80, 24), &styles); len(strip) < 2 || strings.Contains(strings.Join(strip, ""), "…") {
			t.Errorf("step %d is cut short: %q", i+1, strip)
		}
	}
}

func TestTheTourNamesTheKeysThatTheReaderHas(t *testing.T) {
	styles := theme.New(theme.Options{Mono: true})
	choice, problem := keymap.Choose(map[string][]string{"checks": {"f2"}, "tour": {"f9"}, "down": {"ctrl+n"}, "back": {"f10"}})
	if problem != nil {
		t.Fatal(problem)
	}
	now, said := New(keymap.New(choice), true), ""
	for i := range steps {
		now.at, now.passed = i, true
		said += strings.Join(now.Strip(Place{}, 80, now.Rows(80, 24), &styles), "\n")
		for _, text := range asides(steps[i]) {
			said += now.say(text)
		}
	}
	for _, want := range []string{"Press f2 to see them", "f9", "Press ctrl+n to go", "Press f10", "walk there with ctrl+n"} {
		if !strings.Contains(strings.Join(strings.Fields(said), " "), want) {
			t.Errorf("nowhere is said %q:\n%s", want, said)
		}
	}
	if strings.ContainsAny(said, "{}") {
		t.Errorf("an action has no key:\n%s", said)
	}
}

func TestNothingIsSaidAsideThatDoesNotFit(t *testing.T) {
	said, tour := 0, New(keymap.New(keymap.Choice{}), true)
	for _, s := range steps {
		if s.aside == nil {
			continue
		}
		for _, text := range asides(s) {
			if said++; len(inLines(tour.say(text), 80)) > 3 {
				t.Errorf("%s: an aside of %d rows: %s", s.title, len(inLines(text, 80)), text)
			}
		}
	}
	if said == 0 {
		t.Error("nothing is ever said aside")
	}
}

// asides are what a step says on any node and tab.
func asides(s step) []string {
	if s.aside == nil {
		return nil
	}
	var out []string
	tree := uitest.TreeOf(uitest.Rich())
	tree.Walk(func(e *model.Entry) {
		for tab := range scene.TabCount {
			if text := s.aside(Place{Node: e, Root: tree.Root(), Tab: tab}); text != "" {
				out = append(out, text)
			}
		}
	})
	return out
}
