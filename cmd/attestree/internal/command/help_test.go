package command

import (
	"testing"

	"github.com/spf13/cobra"
)

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
