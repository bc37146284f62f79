package fleetcmd

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/fleet/report"
	"github.com/attestree/attestree/model/fleet"
)

func newMerge(a *run.App) *cobra.Command {
	f := &fleetFlags{}
	c := &cobra.Command{
		Use:   "merge FILE…",
		Short: "Put the reports of several machines together",
		Long: `Read reports in JSON lines as one: the parts that --shard made of one list, or reports of several lists. Reports that
were made by different versions, or under different policies, trusted signers, roots or options, are refused. A part
that is missing or was not finished makes the whole incomplete (exit code 1). A report that was changed after it was
written is not read; a reference that several lists hold counts once, as it was judged last.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return exit.Usage(errors.New("no report given: want attestree fleet merge FILE…"))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return merge(a, f, args) },
	}
	c.Flags().StringVarP(&f.output, "output", "o", "text", forms)
	a.Flags.RegisterASCII(c)
	return c
}

// merge is "fleet merge": check, print, and answer with the exit code of the whole.
func merge(a *run.App, f *fleetFlags, paths []string) error {
	if err := f.validate(); err != nil {
		return err
	}
	whole, err := report.Merge(paths)
	var refused *report.RefusedError
	if errors.As(err, &refused) {
		return exit.Usage(fmt.Errorf("merge: %w", err))
	}
	if err != nil {
		return fmt.Errorf("merge: %w", err)
	}
	header := whole.Header
	p := newPrinter(a, f, fleet.Columns(header.Columns))
	header.Problems = append(append([]string{}, header.Problems...), whole.Missing...)
	header.Notes = append([]string{}, header.Notes...)
	if whole.Again > 0 {
		header.Notes = append(header.Notes, fmt.Sprintf("%d times a reference is in another list too; it counts once, as it was judged last", whole.Again))
	}
	if err := p.begin(header); err != nil {
		return err
	}
	rows := 0
	unfinished, err := whole.Rows(func(r fleet.Row) error {
		rows++
		return p.row(r)
	})
	if err != nil {
		return fmt.Errorf("merge: %w", err)
	}
	p.head.Problems = append(p.head.Problems, unfinished...)
	footer := p.footer(len(p.head.Problems) == 0 && rows == header.Images, a.Now())
	for _, problem := range p.head.Problems {
		if f.output != "csv" { // which tells of more than these
			a.Tell("note: " + problem)
		}
	}
	if err := p.end(footer); err != nil {
		return err
	}
	return answer(footer)
}
