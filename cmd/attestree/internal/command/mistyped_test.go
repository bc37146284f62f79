package command

import (
	"testing"

	"github.com/spf13/cobra"
)

func TestDistanceCountsTheLettersThatDiffer(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"policy", "policy", 0}, {"", "key", 3}, {"key", "", 3},
		{"polcy", "policy", 1}, {"policcy", "policy", 1}, {"pilocy", "policy", 2}, {"offline", "online", 2}, {"as", "at", 1},
	} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("%q and %q: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestParagraphsOfHelpAreUnfoldedAndListsAreNot(t *testing.T) {
	child := &cobra.Command{Use: "b", Long: "three\nfour"}
	root := &cobra.Command{Use: "a", Long: "one\ntwo\n\n  a list\n  of two\nand\nmore\n"}
	root.AddCommand(child)
	unfold(root)
	if want := "one two\n\n  a list\n  of two\nand more\n"; root.Long != want {
		t.Errorf("%q, want %q", root.Long, want)
	}
	if child.Long != "three four" {
		t.Errorf("a command below it: %q", child.Long)
	}
}
