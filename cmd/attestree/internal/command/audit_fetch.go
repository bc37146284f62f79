package command

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/registry/sourcehost"
)

// fetchFlags ask for the specification at the signed commit, from the host of the repository that is proven to be its
// source. Nothing is asked without them.
type fetchFlags struct {
	ask            bool
	base, tokenEnv string
}

func (f *fetchFlags) register(c *cobra.Command) {
	p := c.Flags()
	p.BoolVar(&f.ask, "fetch-spec", false, "fetch the spec.yaml that SOURCE was scanned by from the repository and commit in the signer's certificate")
	p.StringVar(&f.base, "source-base", "", "where raw files of commits are, for --fetch-spec (BASE/OWNER/REPOSITORY/COMMIT/PATH)")
	p.StringVar(&f.tokenEnv, "source-token-env", "", "environment variable with a token for that host")
}

// validate also says no where no socket is to be opened.
func (f *fetchFlags) validate(source bool) error {
	switch {
	case !f.ask && (f.base != "" || f.tokenEnv != ""):
		return usage(errors.New("--source-base and --source-token-env are about --fetch-spec, which is not given"))
	case !f.ask:
		return nil
	case !source:
		return usage(errors.New("--fetch-spec is about an image: name a SOURCE"))
	case f.tokenEnv != "" && !environmentName.MatchString(f.tokenEnv):
		return usage(errors.New("--source-token-env: want the name of a variable, and not a token"))
	}
	if _, err := sourcehost.New(sourcehost.Options{Base: f.base, Token: f.tokenEnv}); err != nil { // whatever the token is
		return usage(fmt.Errorf("--source-base: %w", err))
	}
	return nil
}

var environmentName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,63}$`)

// mayFetch says why nothing may be fetched for this source.
func (a *app) mayFetch(f *auditFlags, source string) error {
	switch {
	case !f.fetch.ask:
		return nil
	case a.flags.offline:
		return contradiction("fetch-spec", "offline")
	case source == demoSource:
		return usage(errors.New("--fetch-spec: the demo opens no connection, and its repository does not exist"))
	case f.spec != "":
		return contradiction("fetch-spec", "spec")
	case f.specs != "":
		return contradiction("fetch-spec", "specs")
	case f.fetch.tokenEnv != "" && a.Getenv(f.fetch.tokenEnv) == "":
		return usage(fmt.Errorf("--source-token-env: $%s is empty", f.fetch.tokenEnv))
	}
	return nil
}

// fetchSpec brings the specification at the signed commit, and the list that holds for every server or skill. What could
// not be had is an error, but no reason to say nothing of the rest. Without a scan there is nothing to fetch.
func (a *app) fetchSpec(ctx context.Context, f *auditFlags, c *audit.Case, t *model.Tree) error {
	if !f.fetch.ask || audit.Leading(t) == nil {
		return nil
	}
	proven, err := audit.ProvenSource(t)
	if err != nil {
		return fmt.Errorf("--fetch-spec: nothing was fetched: %w", err)
	}
	if f.fetch.tokenEnv != "" && f.fetch.base == "" && !proven.Trusted {
		return errors.New("--fetch-spec: nothing was fetched: nobody whom you trust signed the scan, and its certificate alone does not choose where a token is sent; name the host with --source-base")
	}
	host, err := sourcehost.New(sourcehost.Options{Base: f.fetch.base, Agent: "attestree/" + a.version, Token: a.sourceToken(f)})
	if err != nil {
		return fmt.Errorf("--fetch-spec: %w", err)
	}
	file := sourcehost.File{Repository: proven.Repository, Commit: proven.Commit, Path: proven.ConfigFile}
	data, address, err := host.Read(ctx, file, audit.MaxSpec)
	if err != nil {
		return fmt.Errorf("--fetch-spec: %w", err)
	}
	s, err := audit.ParseSpec(proven.ConfigFile, data)
	if err != nil {
		return fmt.Errorf("--fetch-spec: %s: %w", address, err)
	}
	c.Spec = &audit.SpecFile{
		Spec: s, From: address, Commit: proven.Commit, Vouched: proven.Trusted,
		Trust: fmt.Sprintf("the certificate proves repository and commit; that this is the file of that commit is the word of its host: "+
			"git show %s:%s | sha256sum must give %s", proven.Commit, proven.ConfigFile, model.DigestOf(data).Hex()),
	}
	return fetchGlobal(ctx, host, file, c, proven.Skill)
}

// fetchGlobal brings the list that holds for every server or skill. A repository need not have one.
func fetchGlobal(ctx context.Context, host *sourcehost.Host, file sourcehost.File, c *audit.Case, skill bool) error {
	file.Path = globalPath(skill)
	data, address, err := host.Read(ctx, file, audit.MaxSpec)
	if errors.Is(err, sourcehost.ErrNotThere) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("--fetch-spec: %w", err)
	}
	if c.Global, err = audit.ParseGlobal(file.Path, data); err != nil {
		return fmt.Errorf("--fetch-spec: %s: %w", address, err)
	}
	c.HasGlobal = true
	return nil
}

// sourceToken is what the variable holds that a flag names, "" without that flag: no other token is ever sent.
func (a *app) sourceToken(f *auditFlags) string {
	if f.fetch.tokenEnv == "" {
		return ""
	}
	return a.Getenv(f.fetch.tokenEnv)
}

// fetchedSpec is what was fetched for a scan, so that the screen asks once however often it audits.
type fetchedSpec struct {
	of        audit.Proven
	spec      *audit.SpecFile
	global    []audit.Allowance
	hasGlobal bool
	err       error
}

// fetchOnce is fetchSpec for the screen. It asks again when another scan comes to count, or the same in another way.
func (u *auditor) fetchOnce(ctx context.Context, c *audit.Case, t *model.Tree) error {
	files := &u.app.flags.audit
	proven, err := audit.ProvenSource(t)
	if err != nil || !files.fetch.ask {
		return u.app.fetchSpec(ctx, files, c, t) // which asks nobody then
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.fetched == nil || u.fetched.of != proven {
		err := u.app.fetchSpec(ctx, files, c, t)
		if ctx.Err() != nil {
			return err
		}
		u.fetched = &fetchedSpec{of: proven, spec: c.Spec, global: c.Global, hasGlobal: c.HasGlobal, err: err}
	}
	c.Spec, c.Global, c.HasGlobal = u.fetched.spec, u.fetched.global, u.fetched.hasGlobal
	return u.fetched.err
}
