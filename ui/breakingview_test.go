package ui

import (
	"slices"
	"strings"
	"testing"
)

// benched is the bench on the provenance of a tree, after some keys.
func benched(t testing.TB, b fakeBackend, size, keys string) *show {
	t.Helper()
	return showing(t, newBreaking(b, treeOf(b.open).Entry(string(digest("provenance")))), b.open, size, keys)
}

func TestWhatIsCopiedFromTheBreakingBenchSaysWhatItIs(t *testing.T) {
	for _, keys := range []string{"", "j n", "j j", "G"} {
		v := benched(t, breakable(), "118x35", keys)
		v.press("y")
		c := v.copies()
		if !strings.HasPrefix(c.text, "BROKEN ON PURPOSE") || !strings.Contains(c.text, "caught") {
			t.Errorf("after %q %q is copied", keys, c.text)
		}
		if c.what != "what was broken on purpose" {
			t.Errorf("it is called %q", c.what)
		}
	}
}

func TestTheMouseOnTheBreakingBench(t *testing.T) {
	b := breakable()
	v := benched(t, b, "118x35", "")
	list := v.top().(breakingScene).list
	v.click(5, breakingHead(v.on.room)+list.stops[1].first)
	if !slices.Contains(b.breaks.tried, "payload/0") {
		t.Errorf("a click tried %v", b.breaks.tried)
	}
	v.wheel(5, 10, wheelRows)
	if !slices.Contains(b.breaks.tried, "identity/0") {
		t.Errorf("the wheel tried %v", b.breaks.tried)
	}
	if v.click(90, 5); !strings.Contains(v.text(), ">What is changed") {
		t.Errorf("a click on the page does not give it the keys:\n%s", v.text())
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
