package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/cmd/attestree/internal/output/auditreport"
	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
)

// auditSource is "audit SOURCE": verify what is attached, audit the scan that counts, print, and answer with the exit
// code.
func (a *app) auditSource(ctx context.Context, f *auditFlags, source string) error {
	if err := a.mayFetch(f, source); err != nil {
		return err
	}
	job, err := a.prepareJudging(ctx, source)
	if err != nil {
		return err
	}
	c, err := f.givenFiles()
	if err != nil {
		return err
	}
	tree, err := a.run(ctx, job)
	if err != nil {
		return err
	}
	facts := a.facts(job, model.PolicyAnswer{}, true)
	facts.Notes = append(facts.Notes, noted(tree)...)
	c.Now, c.Unseen, c.Beside = facts.JudgedAt, unseen(tree), beside(source)
	unfetched := a.fetchSpec(ctx, f, &c, tree)
	if unfetched != nil {
		facts.Notes = append(facts.Notes, unfetched.Error())
	}
	if err := f.findSpec(&c, tree, &facts); err != nil {
		return err
	}
	report, err := f.record(audit.JudgeImage(tree, c), a.Now())
	if err != nil {
		return err
	}
	satisfied := report.Satisfied(f.severity())
	if err := a.printAudit(f, tree, report, auditreport.ImageFacts{Facts: facts, Complete: c.Unseen == "", Satisfied: satisfied, FailOn: f.severity()}); err != nil {
		return err
	}
	switch {
	case incomplete(tree), outdated(tree), unfetched != nil, report.Current == nil && c.Unseen != "":
		return verdictError{exitIncomplete}
	case !satisfied:
		return verdictError{exitNotSatisfied}
	}
	return nil
}

func (a *app) printAudit(f *auditFlags, t *model.Tree, r audit.Report, facts auditreport.ImageFacts) error {
	switch f.output {
	case "json":
		return auditreport.ImageJSON(a.Stdout, t, r, facts)
	case "markdown":
		return auditreport.ImageMarkdown(a.Stdout, t, r, facts)
	}
	return a.printStyled(func(p *output.Page) error { return auditreport.ImageText(p, t, r, facts) })
}

// unseen says why something may be attached that was not seen, "" if all was.
func unseen(t *model.Tree) string {
	if t.Err != nil {
		return t.Err.Error()
	}
	for _, l := range t.Lookups {
		if l.Status.Incomplete() {
			return fmt.Sprintf("%s of %s was %s", l.Mechanism, l.Subject.Short(), l.Status)
		}
	}
	if n := t.Counts()[model.Unavailable]; n > 0 {
		return fmt.Sprintf("%d of what is attached could not be had", n)
	}
	return ""
}

// givenFiles reads the files that flags name. What cannot be read stops the audit: a person who names a file does not
// want an answer without it.
func (f *auditFlags) givenFiles() (audit.Case, error) {
	c := audit.Case{MinScanner: f.scannerVersion}
	var err error
	if c.MaxAge, err = parseAge(f.maxAge); err != nil {
		return c, usage(fmt.Errorf("--max-age: %w", err))
	}
	if f.evidence != "" {
		name := f.evidence
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			name = filepath.Join(name, evidenceFile)
		}
		data, err := userfile.Read(name, audit.MaxSummary)
		if err != nil {
			return c, fmt.Errorf("--evidence: %w", err)
		}
		c.Evidence = &audit.File{Name: name, Bytes: data}
	}
	if f.spec != "" {
		data, err := userfile.Read(f.spec, audit.MaxSpec)
		if err != nil {
			return c, fmt.Errorf("--spec: %w", err)
		}
		s, err := audit.ParseSpec(f.spec, data)
		if err != nil {
			return c, fmt.Errorf("--spec: %w", err)
		}
		c.Spec = &audit.SpecFile{Spec: s, From: f.spec, Vouched: true, Trust: "it was given by hand: nothing shows that it is the file of the signed commit"}
	}
	c.Reviews, err = f.readReviews()
	return c, err
}

// beside is the scan summary in or beside a source that is a folder or file, nil if there is none. It says nothing unless
// its digest is the signed one.
func beside(source string) *audit.File {
	for _, prefix := range []string{"oci:", "archive:", "file:"} {
		source = strings.TrimPrefix(source, prefix)
	}
	info, err := os.Stat(source)
	if err != nil {
		return nil
	}
	if !info.IsDir() {
		source = filepath.Dir(source)
	}
	name := filepath.Join(source, evidenceFile)
	data, err := userfile.ReadRegular(name, audit.MaxSummary)
	if err != nil {
		return nil
	}
	return &audit.File{Name: name, Bytes: data}
}

// evidenceFile is what scanners call their summary.
const evidenceFile = "scan-summary.json"

// findSpec looks for the specification of the scan that counts: in the checkout that was named, else among what is
// attached to the image.
func (f *auditFlags) findSpec(c *audit.Case, t *model.Tree, facts *output.Facts) error {
	claim := audit.Leading(t)
	switch {
	case c.Spec != nil, claim == nil:
		return nil
	case f.specs == "":
		var problem string
		if c.Spec, problem = audit.AttachedSpec(t, claim); problem != "" {
			facts.Notes = append(facts.Notes, problem)
		}
		return nil
	case claim.ConfigFile == "":
		return errors.New("--specs: the attestation does not name its configuration file; name it with --spec")
	}
	root, err := os.OpenRoot(f.specs)
	if err != nil {
		return fmt.Errorf("--specs: %w", err)
	}
	defer func() { _ = root.Close() }() // only read from
	// The name is the attestation's: the root keeps it inside the folder.
	data, err := userfile.ReadIn(root, filepath.FromSlash(claim.ConfigFile), audit.MaxSpec)
	if err != nil {
		return fmt.Errorf("--specs: the specification, which the attestation names: %w", err)
	}
	s, err := audit.ParseSpec(claim.ConfigFile, data)
	if err != nil {
		return fmt.Errorf("--specs: %w", err)
	}
	c.Spec = &audit.SpecFile{
		Spec: s, From: filepath.Join(f.specs, filepath.FromSlash(claim.ConfigFile)), Commit: checkedOut(root), Vouched: true,
		Trust: "it is of a checkout, in which changes that are in no commit would not be noticed",
	}
	if c.Spec.Commit == "" {
		c.Spec.Trust = "it is of a folder whose commit cannot be told: nothing shows that it is the file of the signed commit"
	}
	return readGlobalList(c, root, claim.Skill)
}

// globalPath is where the list for every server or skill is in a repository.
func globalPath(skill bool) string {
	if skill {
		return "scripts/skill-scan/" + globalFile
	}
	return "scripts/mcp-scan/" + globalFile
}

// readGlobalList reads the list that holds for every server or skill. A checkout without one has an empty one.
func readGlobalList(c *audit.Case, root *os.Root, skill bool) error {
	name := globalPath(skill)
	data, err := userfile.ReadIn(root, filepath.FromSlash(name), audit.MaxSpec)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		c.Global, err = audit.ParseGlobal(name, data)
	}
	if err != nil {
		return fmt.Errorf("--specs: %w", err)
	}
	c.HasGlobal = true
	return nil
}
