package diff

import (
	"context"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diff"
	"github.com/attestree/attestree/ui/uitest"
	"github.com/attestree/attestree/ui/widget"
)

// comparing is a comparison of the rich tree, after some keys.
func comparing(t testing.TB, size, keys string) *uitest.Show {
	t.Helper()
	return uitest.Showing(t, New(uitest.Trusting(), string(uitest.Digest("root")), nil), uitest.Rich(), size, keys)
}

// compared is the comparison that is shown.
func compared(v *uitest.Show) View { return v.Top().(View) }

func TestAComparisonTurnsRound(t *testing.T) {
	v := comparing(t, "118x35", "l i n u x down enter")
	if r := compared(v).report; r.Before.Name != "linux/amd64" || r.After.Name != "linux/arm64" {
		t.Fatalf("%s and %s", r.Before.Name, r.After.Name)
	}
	v.Press("w")
	s := compared(v)
	if r := s.report; !s.turned || r.Before.Name != "linux/arm64" || r.After.Name != "linux/amd64" {
		t.Errorf("%s and %s", r.Before.Name, r.After.Name)
	}
	v.Press("w")
	if s := compared(v); s.turned || s.report.Before.Name != "linux/amd64" {
		t.Error("it does not turn back")
	}
}

func TestWhatIsNoLongerComparedIsDropped(t *testing.T) {
	v := comparing(t, "118x35", "2 . 0 . 0 enter")
	s := compared(v)
	other := uitest.LargeDiff(3)
	for name, result := range map[string]any{
		"an answer": step{number: s.run.number - 1, progress: diff.Progress{Report: other}},
		"an error":  step{number: s.run.number - 1, progress: diff.Progress{Err: context.Canceled}},
		"rows":      sifted{by: widget.ListedBy{Number: s.number - 1}, order: nil},
	} {
		v.Receive(result)
		next := compared(v)
		if next.report != s.report || next.run.failed != "" || len(next.lists[0].Order) != len(s.lists[0].Order) {
			t.Errorf("%s of another comparison is shown", name)
		}
	}
	v.Press("d")
	if s := compared(v); !s.asking() || s.report != nil {
		t.Error("d does not ask again")
	}
}

func TestAComparisonThatFailsSaysWhyAndAsksAgain(t *testing.T) {
	v := comparing(t, "78x19", "n o p e enter")
	if got := v.Text(); !strings.Contains(got, "could not be compared") || !strings.Contains(got, "says the registry") {
		t.Errorf("got:\n%s", got)
	}
	if v.Press("enter"); !compared(v).asking() {
		t.Error("enter does not ask again")
	}
	if v.Press("esc"); len(v.Asked) != 1 {
		t.Error("esc does not leave")
	}
}

func TestHintsNameOnlyWhatDoesSomething(t *testing.T) {
	hinted := func(v *uitest.Show) string {
		var out []string
		for _, h := range compared(v).Hints(v.On) {
			out = append(out, h.Does.String())
		}
		return strings.Join(out, ", ")
	}
	v := comparing(t, "118x35", "n o p e enter")
	if got := hinted(v); got != "ask again" {
		t.Errorf("after a failure: %s", got)
	}
	v = comparing(t, "118x35", "l i n u x down enter") // whose packages nobody knows
	if got := hinted(v); strings.Contains(got, "packages") {
		t.Errorf("of packages that are not known: %s", got)
	}
	if v.Press("."); compared(v).tab != changes {
		t.Error("packages that are not known are shown")
	}
	v.Press("f z z z enter")
	if got := hinted(v); strings.Contains(got, "go there") || !strings.Contains(v.Text(), "Nothing matches the filter") {
		t.Errorf("of no row: %s\n%s", got, v.Text())
	}
}

func TestRemarksAreSaidAsAWholeWhereThereIsRoom(t *testing.T) {
	long := strings.Repeat("not all of it could be looked at ", 6) + "END"
	for size, want := range map[string]int{"118x36": 3, "118x19": 1} {
		v := comparing(t, size, "l i n u x down enter")
		text := ""
		for _, l := range remarks(v.On, []string{long, "second " + long, "third " + long}) {
			for _, p := range l.Left {
				text += p.Text.String()
			}
			text += "\n"
		}
		if got := strings.Count(text, "END"); got != want {
			t.Errorf("%s: %d whole ones:\n%s", size, got, text)
		}
		if n := strings.Count(text, "\n"); n > v.On.Room.H/6 || want < 3 && !strings.Contains(text, "and 2 more remarks") {
			t.Errorf("%s: %d rows:\n%s", size, n, text)
		}
	}
}

func TestTheListsOfAComparisonAreFiltered(t *testing.T) {
	r := uitest.Diff(model.NewTree())
	for filter, want := range map[string]int{
		"": 10, "is:worse": 4, "area:signer": 2, "way:unseen": 1, "mallory": 1, "is:look signer": 1, "nothing like it": 0,
	} {
		by := widget.ListedBy{Tab: changes, Filter: filter}
		if got := siftDiff(r, by); len(got) != want {
			t.Errorf("%q: %d changes, want %d", filter, len(got), want)
		}
	}
	for filter, want := range map[string]int{"": 5, "type:npm": 4, "way:upgraded": 1, "SSPL": 1, "name:qs type:npm": 1} {
		by := widget.ListedBy{Tab: diffPackages, Filter: filter}
		if got := siftDiff(r, by); len(got) != want {
			t.Errorf("%q: %d packages, want %d", filter, len(got), want)
		}
	}
}

func TestEveryColumnOfAComparisonSortsBothWays(t *testing.T) {
	r := uitest.Diff(model.NewTree())
	for tab, columns := range headings {
		for c := range columns {
			up, down := siftDiff(r, widget.ListedBy{Tab: tab, Sorted: c + 1}), siftDiff(r, widget.ListedBy{Tab: tab, Sorted: -c - 1})
			compare := func(a, b int32) int { return compareChanges(r.Changes[a], r.Changes[b], c) }
			if tab == diffPackages {
				compare = func(a, b int32) int { return comparePackageChanges(r.Packages.Changes[a], r.Packages.Changes[b], c) }
			}
			for i := 1; i < len(up); i++ {
				if compare(up[i-1], up[i]) > 0 || compare(down[i-1], down[i]) < 0 {
					t.Errorf("list %d, column %d is not in order", tab, c)
				}
			}
		}
	}
}

func BenchmarkRowsOfAComparisonFollowAFilter(b *testing.B) {
	r := uitest.LargeDiff(100_000)
	for b.Loop() {
		siftDiff(r, widget.ListedBy{Tab: diffPackages, Filter: "way:upgraded 99", Sorted: packageWhich + 1})
	}
}
