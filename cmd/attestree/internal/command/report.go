package command

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/cmd/attestree/internal/output/plain"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

func newTree(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "tree SOURCE",
		Short: "List what is attached, without verifying it",
		Long: `List everything attached to SOURCE, as text or JSON. Nothing is verified: every verdict stays "unchecked".

Exit code 0: everything could be looked at; 1: some look-up was denied, failed or cut short, or the source could not
be read; 2: the command line cannot be understood.`,
		Args: exactlyOneSource,
		RunE: func(cmd *cobra.Command, args []string) error { return a.list(cmd.Context(), args[0]) },
	}
	a.flags.registerOutput(c)
	a.flags.wraps.register(c)
	return c
}

func newVerify(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "verify SOURCE",
		Short: "Verify everything attached, and say whether SOURCE is trusted",
		Long: `Verify everything attached to SOURCE, check by check, and answer: is the requested digest signed by somebody whom
you trust? Say whom with --key or with --certificate-identity and --certificate-oidc-issuer. With a policy file
(--policy, or your own) the question is whether that is satisfied.

Exit code 0: yes; 3: no; 1: no, and not everything could be looked at, or the source could not be read; 2: the
command line cannot be understood.`,
		Args: exactlyOneSource,
		RunE: func(cmd *cobra.Command, args []string) error { return a.verify(cmd.Context(), args[0]) },
	}
	a.flags.registerOutput(c)
	a.flags.wraps.register(c)
	return c
}

// list is "tree": discover, judge nothing, print.
func (a *app) list(ctx context.Context, source string) error {
	job, err := a.prepare(source)
	if err != nil {
		return err
	}
	tree, err := a.run(ctx, job)
	if err != nil {
		return err
	}
	if err := a.print(tree, a.facts(job, model.PolicyAnswer{}, false)); err != nil {
		return err
	}
	if incomplete(tree) || outdated(tree) {
		return verdictError{exitIncomplete}
	}
	return nil
}

// verify is "verify": discover, judge, print, and answer with the exit code.
func (a *app) verify(ctx context.Context, source string) error {
	job, err := a.prepareJudging(ctx, source)
	if err != nil {
		return err
	}
	tree, err := a.run(ctx, job)
	if err != nil {
		return err
	}
	packages := a.packages(tree, job.trust.Pinned())
	answer := a.withPackages(job.trust.Policy(tree), packages)
	facts := a.facts(job, answer, true)
	facts.Packages = packages
	if err := a.print(tree, facts); err != nil {
		return err
	}
	switch {
	case outdated(tree):
		return verdictError{exitIncomplete}
	case answer.Satisfied:
		return nil
	case incomplete(tree), tree.Counts()[model.Unavailable] > 0:
		return verdictError{exitIncomplete}
	}
	return verdictError{exitNotSatisfied}
}

// run folds a whole session into a tree. It fails when discovery could not finish: half a tree is never called whole.
func (a *app) run(ctx context.Context, j job) (*model.Tree, error) {
	progress := output.NewProgress(nil, a.Now)
	if a.Progress {
		progress = output.NewProgress(a.Stderr, a.Now)
	}
	tree := model.NewTree()
	err := j.session().Run(ctx, func(e model.Event) {
		tree.Apply(e)
		progress.Observe(e)
	})
	progress.Clear()
	if j.verify {
		tree.Judge()
	}
	return tree, err
}

// incomplete reports whether something may be attached that was not seen.
func incomplete(t *model.Tree) bool {
	if t.Err != nil || !t.Found {
		return true
	}
	for _, l := range t.Lookups {
		if l.Status.Incomplete() {
			return true
		}
	}
	return false
}

// outdated reports whether a tag was answered from the cache: nobody knows what it names by now. A digest names the same
// for ever.
func outdated(t *model.Tree) bool {
	return !t.AsOf.IsZero() && t.Root() != nil && t.Root().Node.Tag != ""
}

// judgedAt is by when things are judged: now, or what --at says.
func (a *app) judgedAt() time.Time {
	if !a.flags.judgedAt.IsZero() {
		return a.flags.judgedAt
	}
	return a.Now()
}

func (a *app) facts(j job, answer model.PolicyAnswer, verified bool) output.Facts {
	return output.Facts{
		Tool: "attestree " + a.version, Source: j.source, JudgedAt: a.judgedAt(), Offline: a.flags.offline || j.demo,
		Roots: j.rootInfos(), Policy: answer, Notes: j.notes, Verified: verified, Sender: j.sender,
		Platform: a.flags.platform,
	}
}

func (a *app) print(t *model.Tree, f output.Facts) error {
	if a.flags.output == "json" {
		return output.JSON(a.Stdout, t, f)
	}
	if a.plain() {
		return plain.New(t, f).Tree(safe.NewWriter(a.Stdout))
	}
	profile := a.profile()
	styles := theme.New(theme.Options{
		Dark: a.dark(), Mono: profile <= colorprofile.ASCII, HighContrast: a.flags.theme == "high-contrast", ASCII: a.ascii(), Profile: profile,
	})
	w := &colorprofile.Writer{Forward: a.Stdout, Profile: profile}
	if !a.ascii() {
		return output.Text(w, t, f, &styles)
	}
	var text strings.Builder
	if err := output.Text(&text, t, f, &styles); err != nil {
		return err
	}
	_, err := io.WriteString(w, safe.ASCII(text.String()))
	return err
}
