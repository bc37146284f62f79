package ui

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/screen"
	"github.com/attestree/attestree/ui/uitest"
)

func TestChosenKeysAreThoseEverywhere(t *testing.T) {
	keys, conflict := keymap.Choose(map[string][]string{"coverage": {"ctrl+k", "f5"}, "quit": {"Q"}, "help": {"f1"}, "next-match": {"alt+n"},
		"copy": {"C"}, "copy-path": {"alt+y"}, "hex": {"X"}, "enter": {"alt+e"}, "verify": {"f6"}})
	if conflict != nil {
		t.Fatal(conflict)
	}
	opts := Options{Drawing: screen.Drawing{Keys: keys}}
	for name, test := range map[string]struct{ keys, says string }{
		"the key works":             {"f5", "Coverage"},
		"the other one too":         {"ctrl+k", "Coverage"},
		"the default one no longer": {"c", "Attached"},
		"the help names it":         {"f1 G", "Q ctrl+c"},
		"the palette names it":      {": c o v e r a g e", "ctrl+k f5"},
		"the palette presses it":    {": c o v e r a g e alt+e", "Coverage"},
		"hints name it":             {"/ S L S A alt+e", "alt+n N matches"},
		"the menu copies a value":   {"/ S L S A alt+e 4 j C", "v value"},
		"and its path":              {"/ S L S A alt+e 4 j C", "p path"},
		"raw bytes name it":         {"/ S L S A alt+e 5", "X hex or text"},
		"what Learn says names it":  {"/ S L S A alt+e 6 z ctrl+d ctrl+d", "Alt+e shows the bytes"},
		"enter ends what is typed":  {"/ S L S A enter", "alt+n N matches"},
		"its commands name it":      {"/ S L S A alt+e 6 z j j alt+e", "C copy"},
	} {
		if got := plain(drive(t, fakeApp(uitest.Trusting(), fakeInfo, opts), "120x40", test.keys)); !strings.Contains(got, test.says) {
			t.Errorf("%s: %q is not on the screen:\n%s", name, test.says, got)
		}
	}
	if got := text(starting(t, stocked(), opts.Drawing, [2]int{80, 24}, "")); !strings.Contains(got, "Q quit") {
		t.Errorf("the start screen does not know it:\n%s", got)
	}
}
