package ui

import (
	"strings"
	"testing"
)

func TestChosenKeysAreThoseEverywhere(t *testing.T) {
	keys, conflict := ChooseKeys(map[string][]string{"coverage": {"ctrl+k", "f5"}, "quit": {"Q"}, "help": {"f1"}, "next-match": {"alt+n"}})
	if conflict != nil {
		t.Fatal(conflict)
	}
	opts := Options{Keys: keys}
	for name, test := range map[string]struct{ keys, says string }{
		"the key works":             {"f5", "Coverage"},
		"the other one too":         {"ctrl+k", "Coverage"},
		"the default one no longer": {"c", "Attached"},
		"the help names it":         {"f1 G", "Q ctrl+c"},
		"the palette names it":      {": c o v e r a g e", "ctrl+k f5"},
		"the palette presses it":    {": c o v e r a g e enter", "Coverage"},
		"hints name it":             {"/ S L S A enter", "alt+n N matches"},
	} {
		if got := plain(drive(t, fakeApp(trusting(), fakeInfo, opts), "120x40", test.keys)); !strings.Contains(got, test.says) {
			t.Errorf("%s: %q is not on the screen:\n%s", name, test.says, got)
		}
	}
	if got := text(starting(t, stocked(), opts, [2]int{80, 24}, "")); !strings.Contains(got, "Q quit") {
		t.Errorf("the start screen does not know it:\n%s", got)
	}
}

func TestAKeyCannotMeanTwoThingsInOnePlace(t *testing.T) {
	for _, test := range []struct {
		wanted map[string][]string
		want   string
	}{
		{map[string][]string{"coverage": {"p"}}, `"p" means policy in the tree already`},
		{map[string][]string{"hex": {"m"}}, `"m" means mouse in the raw bytes already`},
		{map[string][]string{"filter": {"s"}}, `"s" means sort in the list already`},
		{map[string][]string{"forget": {"p"}}, ""},                    // the policy is not on the start screen
		{map[string][]string{"forget": {"q"}}, "start screen"},        // where this quits
		{map[string][]string{"policy": {"c"}, "coverage": {"p"}}, ""}, // swapped
		{map[string][]string{"quit": {"Q"}, "copy": {"q"}}, ""},
	} {
		_, conflict := ChooseKeys(test.wanted)
		if test.want == "" && conflict != nil || test.want != "" && (conflict == nil || !strings.Contains(conflict.Error(), test.want)) {
			t.Errorf("%v: %v, want %q", test.wanted, conflict, test.want)
		}
	}
}

func TestWhatIsAKey(t *testing.T) {
	for _, name := range []string{"a", "Z", "é", ",", "space", "f12", "ctrl+k", "alt+x", "shift+tab", "ctrl+alt+a", "+", "ctrl++"} {
		if err := CheckKey("copy", name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, name := range []string{"", "ab", " ", "f13", "ctrl+", "shift+a", "return", "ctrl+c", "\x1b", "alt+ctrl+a", "Ctrl+k", "\xff"} {
		if CheckKey("copy", name) == nil {
			t.Errorf("%q is taken for a key", name)
		}
	}
	if err := CheckKey("quit", "ctrl+c"); err != nil {
		t.Error(err)
	}
}
