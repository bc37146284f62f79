package basis

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"sync"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
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

// Validate also says no where no socket is to be opened.
func (f *fetchFlags) Validate(source bool) error {
	switch {
	case !f.ask && (f.base != "" || f.tokenEnv != ""):
		return exit.Usage(errors.New("--source-base and --source-token-env are about --fetch-spec, which is not given"))
	case !f.ask:
		return nil
	case !source:
		return exit.Usage(errors.New("--fetch-spec is about an image: name a SOURCE"))
	case f.tokenEnv != "" && !environmentName.MatchString(f.tokenEnv):
		return exit.Usage(errors.New("--source-token-env: want the name of a variable, and not a token"))
	}
	if _, err := sourcehost.New(sourcehost.Options{Base: f.base, Token: f.tokenEnv}); err != nil { // whatever the token is
		return exit.Usage(fmt.Errorf("--source-base: %w", err))
	}
	return nil
}

var environmentName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,63}$`)

// MayFetch says why nothing may be fetched for a source.
func (f *Files) MayFetch(demo, offline bool, getenv func(string) string) error {
	switch {
	case !f.Fetch.ask:
		return nil
	case offline:
		return exit.Contradiction("fetch-spec", "offline")
	case demo:
		return exit.Usage(errors.New("--fetch-spec: the demo opens no connection, and its repository does not exist"))
	case f.Spec != "":
		return exit.Contradiction("fetch-spec", "spec")
	case f.Specs != "":
		return exit.Contradiction("fetch-spec", "specs")
	case f.Fetch.tokenEnv != "" && getenv(f.Fetch.tokenEnv) == "":
		return exit.Usage(fmt.Errorf("--source-token-env: $%s is empty", f.Fetch.tokenEnv))
	}
	return nil
}

// Fetcher brings specifications from the hosts of their repositories.
type Fetcher struct {
	files  *Files
	getenv func(string) string
	agent  string // "attestree/0.1.0"

	mu      sync.Mutex
	fetched *fetchedSpec
}

// Fetcher fetches what the flags ask for, in the name of agent.
func (f *Files) Fetcher(getenv func(string) string, agent string) *Fetcher {
	return &Fetcher{files: f, getenv: getenv, agent: agent}
}

// Read brings the specification at the signed commit, and the list that holds for every server or skill. What could
// not be had is an error, but no reason to say nothing of the rest. Without a scan there is nothing to fetch.
func (h *Fetcher) Read(ctx context.Context, c *audit.Case, t *model.Tree) error {
	f := h.files
	if !f.Fetch.ask || audit.Leading(t) == nil {
		return nil
	}
	proven, err := audit.ProvenSource(t)
	if err != nil {
		return fmt.Errorf("--fetch-spec: nothing was fetched: %w", err)
	}
	if f.Fetch.tokenEnv != "" && f.Fetch.base == "" && !proven.Trusted {
		return errors.New("--fetch-spec: nothing was fetched: nobody whom you trust signed the scan, and its certificate alone does not choose where a token is sent; name the host with --source-base")
	}
	host, err := sourcehost.New(sourcehost.Options{Base: f.Fetch.base, Agent: h.agent, Token: h.token()})
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

// token is what the variable holds that a flag names, "" without that flag: no other token is ever sent.
func (h *Fetcher) token() string {
	if h.files.Fetch.tokenEnv == "" {
		return ""
	}
	return h.getenv(h.files.Fetch.tokenEnv)
}

// fetchedSpec is what was fetched for a scan, so that the screen asks once however often it audits.
type fetchedSpec struct {
	of        audit.Proven
	spec      *audit.SpecFile
	global    []audit.Allowance
	hasGlobal bool
	err       error
}

// Once is read for who audits often. It asks again when another scan comes to count, or the same in another way.
func (h *Fetcher) Once(ctx context.Context, c *audit.Case, t *model.Tree) error {
	proven, err := audit.ProvenSource(t)
	if err != nil || !h.files.Fetch.ask {
		return h.Read(ctx, c, t) // which asks nobody then
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.fetched == nil || h.fetched.of != proven {
		err := h.Read(ctx, c, t)
		if ctx.Err() != nil {
			return err
		}
		h.fetched = &fetchedSpec{of: proven, spec: c.Spec, global: c.Global, hasGlobal: c.HasGlobal, err: err}
	}
	c.Spec, c.Global, c.HasGlobal = h.fetched.spec, h.fetched.global, h.fetched.hasGlobal
	return h.fetched.err
}
