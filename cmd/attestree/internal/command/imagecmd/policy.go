package imagecmd

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/cmd/attestree/internal/output/policyreport"
	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/registry"
	"github.com/attestree/attestree/testdata"
	"github.com/attestree/attestree/verifier/policy"
	"github.com/attestree/attestree/verifier/policy/doctor"
)

// policyFlags are what the person asked of "policy".
type policyFlags struct {
	files []string
	kind  string // predicate type
}

// NewPolicy is "attestree policy".
func NewPolicy(a *run.App) *cobra.Command {
	f := &policyFlags{}
	c := &cobra.Command{
		Use:   "policy SOURCE --policy FILE…",
		Short: "Say what policy files make of SOURCE, rule by rule, and what is wrong with them",
		Long: `Hold policy files against SOURCE: signing policies (docs/policy.md), Rego as cosign and policy-controller evaluate it,
and the verifyImages rules of Kyverno's ClusterPolicy. Each rule is met, not met, undefined or unsupported, with the node that
it was judged on, what it read and what it found there. Mistakes are named, and a correction is shown if it holds on this
image and not on tampered copies of it. Policies are evaluated without network.

Rules count only on what you trust: say whom with --key, --certificate-…, your own policy file, or a signing policy among the
files. On anything else a rule would be met, and is not.

Exit code 0: every rule of every file is met; 3: one is not, or is undefined or unsupported; 1: not everything could be
looked at, so that something may break a rule that was not seen; 2: the command line cannot be understood.`,
		Example: `attestree policy demo --policy scan.rego
attestree policy ghcr.io/org/server:1.0 --policy kyverno.yaml --policy signing.yaml -o json`,
		Args: run.ExactlyOneSource,
		RunE: func(cmd *cobra.Command, args []string) error { return examine(cmd.Context(), a, f, args[0]) },
	}
	// It takes the place of the flag of that name which all commands have, and may be repeated.
	c.Flags().StringArrayVar(&f.files, "policy", nil, "a policy to examine (signing policy, .rego, or Kyverno ClusterPolicy; may be repeated)")
	c.Flags().StringVar(&f.kind, "type", "", "judge Rego on attestations of this predicate type (default: those that it reads)")
	a.Flags.RegisterOutput(c)
	return c
}

// examine is "policy": discover, judge, hold every file against it, print, and answer with the exit code.
func examine(ctx context.Context, a *run.App, f *policyFlags, source string) error {
	files, err := f.read()
	if err != nil {
		return err
	}
	own := ownPolicy(files)
	a.Flags.Policy = own
	job, tree, err := a.Judge(ctx, source)
	if err != nil {
		return err
	}
	facts := a.Facts(job, model.PolicyAnswer{}, true)
	facts.Notes = append(facts.Notes, run.Noted(tree)...)
	options := doctor.Options{Now: facts.JudgedAt, Type: f.kind, Names: ImageNames(a, source, tree), Own: own}
	if own != "" {
		options.Answer = job.Trust.Policy(tree)
	}
	examination := doctor.Examine(ctx, files, tree, options)
	if err := printExamination(a, tree, examination, policyreport.Facts{Facts: facts, Complete: !run.Incomplete(tree), Files: f.files}); err != nil {
		return err
	}
	switch {
	case run.Incomplete(tree), run.Outdated(tree): // something that was not seen may break any of the rules
		return exit.With(exit.Incomplete)
	case !examination.Satisfied():
		return exit.With(exit.NotSatisfied)
	}
	return nil
}

func (f *policyFlags) read() ([]doctor.File, error) {
	if len(f.files) == 0 {
		return nil, exit.Usage(errors.New("no policy given: want attestree policy SOURCE --policy FILE"))
	}
	var files []doctor.File
	for _, name := range f.files {
		if slices.ContainsFunc(files, func(o doctor.File) bool { return o.Name == name }) {
			return nil, exit.Usage(fmt.Errorf("--policy %s is given twice", name))
		}
		data, err := userfile.Read(name, userfile.ConfigSize)
		if err != nil {
			return nil, exit.Usage(fmt.Errorf("--policy: %w", err))
		}
		files = append(files, doctor.File{Name: name, Data: data})
	}
	return files, nil
}

// ownPolicy is the first file that is a signing policy which can be used: whom the reader trusts, as with verify.
func ownPolicy(files []doctor.File) string {
	for _, file := range files {
		if doctor.KindOf(file) != diagnosis.KindSigning {
			continue
		}
		var wrong *policy.SyntaxError
		if _, err := policy.Parse(file.Name, file.Data, nil); !errors.As(err, &wrong) {
			return file.Name
		}
	}
	return ""
}

// ImageNames are the forms of the image's name that are known without asking anybody. A file or folder has none but what
// --as says.
func ImageNames(a *run.App, source string, t *model.Tree) []string {
	name := strings.TrimPrefix(source, "registry:")
	switch {
	case source == run.DemoSource:
		return []string{testdata.DemoReference}
	case a.Flags.As != "":
		name = a.Flags.As
	case t.Reference == "":
		return nil
	}
	repository, err := registry.Repository(name)
	if err != nil {
		return nil
	}
	_, last, _ := strings.Cut(name, "/")
	if at := strings.LastIndexByte(last, '/'); at >= 0 {
		last = last[at+1:]
	}
	last, _, _ = strings.Cut(last, "@")
	if _, tag, tagged := strings.Cut(last, ":"); tagged {
		return []string{repository + ":" + tag}
	}
	if strings.Contains(name, "@") {
		return nil
	}
	return []string{repository + ":latest"}
}

func printExamination(a *run.App, t *model.Tree, e diagnosis.Examination, facts policyreport.Facts) error {
	if a.Flags.Output == "json" {
		return policyreport.JSON(a.Stdout, t, e, facts)
	}
	return a.PrintStyled(func(p *output.Page) error { return policyreport.Text(p, t, e, facts) })
}
