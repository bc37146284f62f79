package learn

import (
	"slices"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/equivalent"
	"github.com/attestree/attestree/model/lesson"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/uitest"
	"github.com/attestree/attestree/ui/widget"
)

var keys = keymap.New(keymap.Choice{})

// taught is the page about SLSA provenance, with its trail followed to the end, and how many rows it has.
func taught(t *testing.T, commands equivalent.Context, width int) (tab Tab, tree *model.Tree, height int) {
	t.Helper()
	tree = uitest.TreeOf(uitest.Rich())
	e := tree.Entry(string(uitest.Digest("provenance")))
	tab, cmd := tab.Follow(tree, e)
	for cmd != nil {
		tab, cmd = tab.Take(cmd().(StepMsg))
	}
	styles := theme.New(theme.Options{Mono: true})
	sheet := widget.Sheet{Width: width, Styles: &styles}
	return tab.Write(&sheet, keys, tree, e, commands), tree, len(sheet.Lines)
}

func TestEveryStepOfATrailIsComputed(t *testing.T) {
	tab, _, _ := taught(t, equivalent.Context{}, 90)
	for i, r := range tab.trail.done {
		if r.Status == lesson.Pending {
			t.Errorf("step %d was never computed", i+1)
		}
	}
	if n, m := tab.Done(), len(tab.trail.steps); n != m || n < 6 {
		t.Errorf("%d of %d steps were computed", n, m)
	}
	if got := tab.trail.done[1].Status; got != lesson.Differs { // the fake's manifests are not what their digests say
		t.Errorf("the index is %q", got)
	}
	if got := tab.Followed(0); got != 0 {
		t.Errorf("%d steps were followed before anything was in sight", got)
	}
}

func TestNoLineOfTheDrawingEndsOnItsWayDown(t *testing.T) {
	styles := theme.New(theme.Options{Mono: true})
	for _, width := range []int{40, 56, 60, 90, 120, 200} {
		tree := uitest.TreeOf(uitest.Rich())
		joints := 0
		tree.Walk(func(e *model.Entry) {
			sheet := widget.Sheet{Width: width, Styles: &styles}
			writer{&sheet, keys}.drawing(lesson.For(tree, e).Store)
			var above []rune
			for _, l := range sheet.Lines {
				now := []rune(uitest.PlainText(l.Draw(widget.Drawer(width, &styles), theme.Style{})))
				for i, r := range now[:min(len(now), width/3)] {
					if r != '├' && r != '└' {
						continue
					}
					joints++
					if i >= len(above) || above[i] == ' ' {
						t.Errorf("%d cells, %s: nothing is above cell %d of %q, but %q", width, e.Node.ID, i, string(now), string(above))
					}
				}
				above = now
			}
		})
		if joints < 20 {
			t.Errorf("%d cells: %d joints were looked at", width, joints)
		}
	}
}

func TestStepsOfAnotherNodeAreDropped(t *testing.T) {
	tab, _, _ := taught(t, equivalent.Context{}, 90)
	done, from := tab.Done(), tab.trail.from
	from.id = "another"
	tab, _ = tab.Take(StepMsg{from, done, lesson.Result{Status: lesson.Same}})
	tab, _ = tab.Take(StepMsg{tab.trail.from, done + 1, lesson.Result{Status: lesson.Same}})
	if got := tab.Done(); got != done {
		t.Errorf("%d results, want %d", got, done)
	}
}

func TestEveryCheckLeadsToItsPage(t *testing.T) {
	tab, _, _ := taught(t, equivalent.Context{}, 90)
	seen := map[model.CheckID]bool{}
	for i, to := range tab.leads {
		if to.check == "" {
			continue
		}
		tab.At = i
		next, _, _ := tab.Key(keys, uitest.Press("enter"), rows.Window{})
		if next.About() != to.check {
			t.Errorf("stop %d leads to the page about %q, want %q", i, next.About(), to.check)
		}
		seen[to.check] = true
	}
	if len(seen) != 10 {
		t.Errorf("%d checks have a page: %v", len(seen), seen)
	}
}

func TestEveryStepLeadsToItsBytes(t *testing.T) {
	tab, tree, _ := taught(t, equivalent.Context{}, 90)
	wanted := map[scene.Tab]bool{scene.TabRaw: false, scene.TabPayload: false, scene.TabChecks: false}
	for i := range tab.leads {
		tab.At = i
		_, _, intent := tab.Key(keys, uitest.Press("enter"), rows.Window{})
		if to, is := intent.(scene.VisitNode); is {
			if tree.Entry(to.ID) == nil || !to.Detail {
				t.Errorf("stop %d leads to %+v", i, to)
			}
			wanted[to.Tab] = true
		}
	}
	for tab, seen := range wanted {
		if !seen {
			t.Errorf("no step leads to tab %d", tab)
		}
	}
}

func TestCommandsAreCopiedWhole(t *testing.T) {
	commands := equivalent.Context{PlainHTTP: true}
	tab, tree, _ := taught(t, commands, 30)
	var want []string
	for _, c := range equivalent.For(tree, tree.Entry(string(uitest.Digest("provenance"))), commands) {
		if c.Line != "" {
			want = append(want, c.Line)
		}
	}
	if len(want) < 5 || !strings.Contains(strings.Join(want, "\n"), "--insecure") {
		t.Fatalf("the commands do not depend on the run: %q", want)
	}
	var got []string
	for i, to := range tab.leads {
		if to.what != "command" {
			continue
		}
		tab.At = i
		_, _, intent := tab.Key(keys, uitest.Press("y"), rows.Window{})
		copied, is := intent.(scene.CopyLines)
		if !is {
			t.Fatalf("y on a command does %T", intent)
		}
		got = append(got, copied.Text)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("copied are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestEveryStopCanBeReached(t *testing.T) {
	for _, size := range []struct{ width, height int }{{36, 4}, {56, 10}, {60, 30}} {
		tab, _, n := taught(t, equivalent.Context{}, size.width)
		scroll := rows.Window{}.SetCount(n).Resize(size.height)
		seen := map[int]bool{tab.At: true}
		for range 2000 {
			tab, scroll, _ = tab.Key(keys, uitest.Press("j"), scroll)
			seen[tab.At] = true
		}
		if len(seen) != len(tab.Lines) {
			t.Errorf("%v: j reaches %d of %d stops", size, len(seen), len(tab.Lines))
		}
		if scroll.Offset()+scroll.Height() < scroll.Count() {
			t.Errorf("%v: j ends at row %d of %d", size, scroll.Offset()+scroll.Height(), scroll.Count())
		}
	}
}
