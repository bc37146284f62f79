package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/uitest"
)

func TestMarks(t *testing.T) {
	id := func(name string) string { return string(uitest.Digest(name)) }
	for _, c := range []struct {
		name, keys string
		want       []string
	}{
		{"space marks and goes on", "j space space", []string{id("signature"), id("keyed")}},
		{"in the order of the tree", "j j space k k space", []string{id("signature"), id("keyed")}},
		{"space again takes it away", "j space k space", nil},
		{"a mark stays where a branch closes over it", "j space g h", []string{id("signature")}},
		{"a mark stays under a filter", "j space f : v a l i d enter", []string{id("signature")}},
		{"esc in the tree takes all away", "j space space esc", nil},
		{"esc leaves the pane first", "j space tab esc", []string{id("signature")}},
		{"in a text space goes down a page", "1 space", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := full(t, "120x40", c.keys)
			if got := app.marked(); !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
			if got := plain(app); strings.Contains(got, "marked") != (len(c.want) > 0) {
				t.Errorf("the count:\n%s", got)
			}
		})
	}
}

func TestWhatIsDoneToTheMarked(t *testing.T) {
	want := []string{string(uitest.Digest("signature")), string(uitest.Digest("keyed"))}
	var asked [][]string
	app := drive(t, fakeApp(uitest.Backend{Events: uitest.Rich(), Verified: &asked, Again: [][]model.Event{}}, fakeInfo, Options{}), "120x40", "j space space v")
	if len(asked) != 1 || !slices.Equal(asked[0], want) {
		t.Errorf("verified %v, want %v", asked, want)
	}
	if got := app.nodes.copied(app.tree, app.nodes.current()); got.Text != strings.Join(want, " ") || got.What != "2 digests" {
		t.Errorf("copied %+v", got)
	}
	if got := plain(feed(t, app, uitest.Press("y"))); !strings.Contains(got, "2 digests") {
		t.Errorf("it does not say what it copied:\n%s", got)
	}
	app = feed(t, app, uitest.Press("tab"))
	if feed(t, app, uitest.Press("v")); !slices.Equal(asked[len(asked)-1], []string{app.nodes.selected}) {
		t.Errorf("in the detail it verified %v", asked[len(asked)-1])
	}
}
