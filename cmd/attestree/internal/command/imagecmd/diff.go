package imagecmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/basis"
	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/cmd/attestree/internal/output/diffreport"
	"github.com/attestree/attestree/cmd/attestree/internal/saved"
	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/model/diff"
	"github.com/attestree/attestree/registry"
	"github.com/attestree/attestree/registry/fetch"
)

// NewDiff is "attestree diff".
func NewDiff(a *run.App) *cobra.Command {
	format := "text"
	c := &cobra.Command{
		Use:   "diff BEFORE AFTER",
		Short: "Say what is different between two images, trust first",
		Long: `Verify everything attached to two images and say what is different: verdicts, signers, attestations gained and lost,
who built from what, SLSA levels, what scans were told to overlook, vulnerabilities, packages and licences. Either side
may be any source, or a report that "attestree verify SOURCE -o json" printed earlier.

Exit code 0: nothing is worse; 3: something is; 1: a side could not be read, or not everything could be looked at and
nothing worse was seen; 2: the command line cannot be understood.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return exit.Usage(fmt.Errorf("two sources are to be compared, and there are %d", len(args)))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains([]string{"text", "json", "markdown"}, format) {
				return exit.Usage(fmt.Errorf("--output is text, json or markdown, and not %q", format))
			}
			return compare(cmd.Context(), a, args[0], args[1], format)
		},
	}
	c.Flags().StringVarP(&format, "output", "o", format, "text, json or markdown")
	return c
}

// compare looks at both sides one after the other: a report says of each by what it was judged.
func compare(ctx context.Context, a *run.App, before, after, format string) error {
	if before == "-" && after == "-" {
		return exit.Usage(errors.New("only one side can be standard input"))
	}
	left, err := lookAt(ctx, a, before)
	if err != nil {
		return of(before, err)
	}
	right, err := lookAt(ctx, a, after)
	if err != nil {
		return of(after, err)
	}
	r := diff.Compare(left, right)
	switch format {
	case "json":
		err = diffreport.JSON(a.Stdout, a.Tool(), r)
	case "markdown":
		err = diffreport.Markdown(a.Stdout, r)
	default:
		err = a.PrintStyled(func(p *output.Page) error { return diffreport.Text(p, r) })
	}
	switch {
	case err != nil:
		return err
	case r.Worse():
		return exit.With(exit.NotSatisfied)
	case len(left.Unseen)+len(right.Unseen) > 0, left.Judged != right.Judged,
		!left.Saved && !right.Saved && !sameTexts(left.ScansUnread, right.ScansUnread):
		return exit.With(exit.Incomplete)
	}
	return nil
}

// of says which side an error is about, unless it says so itself.
func of(side string, err error) error {
	var source *registry.SourceError
	if errors.As(err, &source) && source.Source != "" {
		return err
	}
	return fmt.Errorf("%s: %w", fetch.WithoutUser(side), err)
}

// sameTexts reports whether two lists hold the same texts, in whatever order.
func sameTexts(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// lookAt is one of two that are compared: a saved report, or an image that is looked at now.
func lookAt(ctx context.Context, a *run.App, source string) (diff.Side, error) {
	if raw, is, err := SavedReport(source); is {
		if err != nil {
			return diff.Side{}, err
		}
		return saved.Side(source, raw)
	}
	job, tree, err := a.Judge(ctx, source)
	if err != nil {
		return diff.Side{}, err
	}
	return Side(ctx, a, job, tree)
}

// Side is the side that a tree shows, with everything that only the bytes tell.
func Side(ctx context.Context, a *run.App, j run.Job, tree *model.Tree) (diff.Side, error) {
	facts := a.Facts(j, j.Trust.Policy(tree), true)
	s := diff.FromTree(tree, j.Source, true)
	s.JudgedAt, s.Tool, s.Policy = facts.JudgedAt, facts.Tool, diff.PolicyNotSatisfied
	if facts.Policy.Satisfied {
		s.Policy = diff.PolicySatisfied
	}
	s.Trust = "policy " + facts.Policy.SHA256
	if run.Outdated(tree) {
		s.Unseen = append(s.Unseen, "the tag was answered from the cache, and may name something else by now")
	}
	for _, r := range facts.Roots {
		s.Trust += " root " + r.Name + " " + r.SHA256
	}
	s.Allowed = allowancesOf(tree, audit.Case{Now: facts.JudgedAt, Unseen: run.Unseen(tree), Beside: basis.Beside(j.Source)})
	return s, s.ReadContents(ctx, tree)
}

// allowancesOf is what the scan that counts was told to overlook, nil where there is none.
func allowancesOf(tree *model.Tree, c audit.Case) *diff.Allowances {
	r := audit.JudgeImage(tree, c)
	if r.Current == nil {
		return nil
	}
	out := &diff.Allowances{}
	for _, i := range r.Current.Issues {
		out.Reasons = true
		out.Issues = append(out.Issues, diff.Allowed{
			Key: i.Issue.Code() + " in " + i.Issue.Where(), Severity: i.Issue.Severity, Reason: i.Issue.Reason,
		})
	}
	return out
}

// SavedReport reads a file that may be a saved report. is says that it looks like one.
func SavedReport(path string) (raw []byte, is bool, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, false, nil // it is a source of another kind, or none: whoever opens that says why
	}
	defer func() { _ = f.Close() }() // only read from
	begin := make([]byte, 512)
	n, err := io.ReadFull(f, begin)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) || !saved.Looks(begin[:n]) {
		return nil, false, nil
	}
	raw, err = userfile.Read(path, mostReport)
	return raw, true, err
}

// mostReport is the largest report that is read, in bytes: one of 100,000 nodes is half of it.
const mostReport = 512 << 20
