package command

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
)

// mistakes is how many letters may be wrong for a name to be taken for another one.
const mistakes = 2

// oneSource accepts at most one source; a command that was mistyped is taken for a source, and said to be none.
func oneSource(root *cobra.Command, args []string) error {
	if len(args) > 1 {
		root.SuggestionsMinimumDistance = mistakes
		if near := root.SuggestionsFor(args[0]); len(near) > 0 {
			return exit.Usage(fmt.Errorf("%s is no command; did you mean %s?", args[0], near[0]))
		}
	}
	return run.OneSource(root, args)
}

// mistypedFlag is a wrong flag, with the name of the one that was probably meant.
func mistypedFlag(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return exit.Usage(err)
	}
	near, least := "", mistakes+1
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if d := distance(unknown.GetSpecifiedName(), f.Name); d < least && d < len(f.Name)/2 {
			near, least = f.Name, d
		}
	})
	if near == "" {
		return exit.Usage(err)
	}
	return exit.Usage(fmt.Errorf("%w; did you mean --%s?", err, near))
}

// distance is how many letters have to be changed, added or left out to make b of a (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
