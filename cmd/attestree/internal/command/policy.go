package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

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

func newPolicy(a *app) *cobra.Command {
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
		Args: exactlyOneSource,
		RunE: func(cmd *cobra.Command, args []string) error { return a.examine(cmd.Context(), f, args[0]) },
	}
	// It takes the place of the flag of that name which all commands have, and may be repeated.
	c.Flags().StringArrayVar(&f.files, "policy", nil, "a policy to examine (signing policy, .rego, or Kyverno ClusterPolicy; may be repeated)")
	c.Flags().StringVar(&f.kind, "type", "", "judge Rego on attestations of this predicate type (default: those that it reads)")
	a.flags.registerOutput(c)
	return c
}

// examine is "policy": discover, judge, hold every file against it, print, and answer with the exit code.
func (a *app) examine(ctx context.Context, f *policyFlags, source string) error {
	files, err := f.read()
	if err != nil {
		return err
	}
	own := ownPolicy(files)
	a.flags.policy = own
	job, err := a.prepareJudging(ctx, source)
	if err != nil {
		return err
	}
	tree, err := a.run(ctx, job)
	if err != nil {
		return err
	}
	facts := a.facts(job, model.PolicyAnswer{}, true)
	facts.Notes = append(facts.Notes, noted(tree)...)
	options := doctor.Options{Now: facts.JudgedAt, Type: f.kind, Names: a.imageNames(source, tree), Own: own}
	if own != "" {
		options.Answer = job.trust.Policy(tree)
	}
	examination := doctor.Examine(ctx, files, tree, options)
	if err := a.printExamination(tree, examination, policyreport.Facts{Facts: facts, Complete: !incomplete(tree), Files: f.files}); err != nil {
		return err
	}
	switch {
	case incomplete(tree), outdated(tree): // something that was not seen may break any of the rules
		return verdictError{exitIncomplete}
	case !examination.Satisfied():
		return verdictError{exitNotSatisfied}
	}
	return nil
}

// noted are the sentences about a whole tree: that it is from the cache, for one.
func noted(t *model.Tree) (list []string) {
	for _, n := range t.Notes {
		list = append(list, n.Message)
	}
	return list
}

func (f *policyFlags) read() ([]doctor.File, error) {
	if len(f.files) == 0 {
		return nil, usage(errors.New("no policy given: want attestree policy SOURCE --policy FILE"))
	}
	var files []doctor.File
	for _, name := range f.files {
		if slices.ContainsFunc(files, func(o doctor.File) bool { return o.Name == name }) {
			return nil, usage(fmt.Errorf("--policy %s is given twice", name))
		}
		data, err := userfile.Read(name, configSize)
		if err != nil {
			return nil, usage(fmt.Errorf("--policy: %w", err))
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

// imageNames are the forms of the image's name that are known without asking anybody. A file or folder has none but what
// --as says.
func (a *app) imageNames(source string, t *model.Tree) []string {
	name := strings.TrimPrefix(source, "registry:")
	switch {
	case source == demoSource:
		return []string{testdata.DemoReference}
	case a.flags.as != "":
		name = a.flags.as
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

func (a *app) printExamination(t *model.Tree, e diagnosis.Examination, facts policyreport.Facts) error {
	if a.flags.output == "json" {
		return policyreport.JSON(a.Stdout, t, e, facts)
	}
	return a.printStyled(func(p *output.Page) error { return policyreport.Text(p, t, e, facts) })
}
