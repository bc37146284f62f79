package tour

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/uitest"
)

func TestNoStepIsCutShort(t *testing.T) {
	styles := theme.New(theme.Options{Mono: true})
	for i := range steps {
		now := Tour{Shown: true, at: i, passed: true}
		if strip := now.Strip(Place{}, "T", 80, now.Rows(80, 24), &styles); len(strip) < 2 || strings.Contains(strings.Join(strip, ""), "…") {
			t.Errorf("step %d is cut short: %q", i+1, strip)
		}
	}
}

func TestNothingIsSaidAsideThatDoesNotFit(t *testing.T) {
	said := 0
	for _, s := range steps {
		if s.aside == nil {
			continue
		}
		for _, text := range asides(s) {
			if said++; len(inLines(text, 80)) > 3 {
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
