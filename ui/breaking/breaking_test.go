package breaking

import (
	"slices"
	"strings"
	"testing"

	"github.com/attestree/attestree/ui/uitest"
	"github.com/attestree/attestree/ui/widget"
)

// benched is the bench on the provenance of a tree, after some keys.
func benched(t testing.TB, b uitest.Backend, size, keys string) *uitest.Show {
	t.Helper()
	return uitest.Showing(t, New(b, uitest.TreeOf(b.Events).Entry(string(uitest.Digest("provenance")))), b.Events, size, keys)
}

func TestWhatIsCopiedFromTheBreakingBenchSaysWhatItIs(t *testing.T) {
	for _, keys := range []string{"", "j n", "j j", "G"} {
		v := benched(t, uitest.Breakable(), "118x35", keys)
		v.Press("y")
		c := v.Copies()
		if !strings.HasPrefix(c.Text, "BROKEN ON PURPOSE") || !strings.Contains(c.Text, "caught") {
			t.Errorf("after %q %q is copied", keys, c.Text)
		}
		if c.What != "what was broken on purpose" {
			t.Errorf("it is called %q", c.What)
		}
	}
}

func TestTheMouseOnTheBreakingBench(t *testing.T) {
	b := uitest.Breakable()
	v := benched(t, b, "118x35", "")
	list := v.Top().(View).list
	v.Click(5, head(v.On.Room)+list.stops[1].First)
	if !slices.Contains(b.Bench.Tried, "payload/0") {
		t.Errorf("a click tried %v", b.Bench.Tried)
	}
	v.Wheel(5, 10, widget.WheelRows)
	if !slices.Contains(b.Bench.Tried, "identity/0") {
		t.Errorf("the wheel tried %v", b.Bench.Tried)
	}
	if v.Click(90, 5); !strings.Contains(v.Text(), ">What is changed") {
		t.Errorf("a click on the page does not give it the keys:\n%s", v.Text())
	}
}

func TestWhatDiffersIsMarked(t *testing.T) {
	for _, c := range []struct{ name, text, other, head, middle string }{
		{"one letter", "passed", "pasted", "pas", "s"},
		{"the first", "xa", "ya", "", "x"},
		{"the last", "ax", "ay", "a", "x"},
		{"all", "aye", "no", "", "aye"},
		{"nothing", "same", "same", "same", ""},
		{"something less", "ab", "abab", "ab", ""},
		{"characters stay whole", "aéb", "aèb", "a", "é"},
		{"nothing at all", "", "x", "", ""},
		{"bytes that are no text", "a\xffb\xe4", "a\xfeb\xe4", "a", "\xff"},
		{"half a character", "\xe4\xb8", "\xe4", "", "\xe4\xb8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			head, middle, tail := differing(c.text, c.other)
			if head != c.head || middle != c.middle || head+middle+tail != c.text {
				t.Errorf("%q %q %q, want %q %q", head, middle, tail, c.head, c.middle)
			}
		})
	}
}
