package command

import (
	"errors"
	"fmt"
	"strings"

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
		if near := nearCommand(root, args[0]); near != "" {
			return exit.Usage(fmt.Errorf("%s is no command; did you mean %s?", args[0], near))
		}
	}
	return run.OneSource(root, args)
}

// beginning is how many letters of a command name it.
const beginning = 3

// nearCommand is the command whose name a word is a slip of, or the beginning of; "" for none.
func nearCommand(root *cobra.Command, word string) string {
	near, least := "", mistakes+1
	for _, c := range root.Commands() {
		d := distance(word, c.Name())
		if len(word) >= beginning && strings.HasPrefix(c.Name(), word) {
			d = 1
		}
		if c.IsAvailableCommand() && d < least && d < len(c.Name())/2 {
			near, least = c.Name(), d
		}
	}
	return near
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
