package run

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/settings"
	"github.com/attestree/attestree/cmd/attestree/internal/trustlist"
	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/testdata"
	"github.com/attestree/attestree/verifier/policy"
	"github.com/attestree/attestree/verifier/trust"
	"github.com/attestree/attestree/verifier/trust/tuf"
)

// UserPolicy is the user's own policy file: the one that decides when neither flags nor --policy say whom to trust. It
// is "" where the user has no configuration folder.
func UserPolicy() string { return settings.Path("policy.yaml") }

// Trusted fixes whom and what a run trusts before anything is read: the demo's own trust for the demo; else the flags,
// else --policy, else the user's policy file. They are never merged (docs/policy.md), and nothing in the current folder
// is looked at.
func (a *App) Trusted(ctx context.Context, source string) (trustlist.Config, error) {
	c := trustlist.Config{
		Source: source, IgnoreTlog: a.Flags.IgnoreTlog, At: a.Flags.judgedAt, Now: a.Now,
	}
	if source == DemoSource {
		return a.trustDemo(c)
	}
	var err error
	var notes []string
	c.UpdateRoot = a.rootUpdate()
	if len(a.Flags.TrustedRoots) == 0 && !a.Flags.Offline {
		if notes, err = a.renewRoot(ctx); err != nil {
			return c, err
		}
	}
	if c.Roots, c.Notes, err = a.TrustRoots(); err != nil {
		return c, err
	}
	c.Notes = append(notes, c.Notes...)
	// One that cannot be used is told of by "trust roots": here it would only have explained something.
	c.Spare, _ = tuf.Private(tuf.Folder(trust.PublicGoodName))
	if c.Notation, err = a.Flags.Notation.trust(); err != nil {
		return c, err
	}
	c.SavePath = UserPolicy()
	switch {
	case a.Flags.pinned() && a.Flags.Policy != "":
		return c, exit.Usage(errors.New("--policy and --key or --certificate-… both say whom to trust; sources of trust are never merged, choose one"))
	case a.Flags.pinned():
		c.Origin = model.OriginFlag
		c.Entries, err = a.flagSigners(ctx)
	case a.Flags.Policy != "":
		c.PolicyPath, c.SavePath = a.Flags.Policy, a.Flags.Policy
	default:
		c.PolicyPath, err = existing(UserPolicy())
	}
	c.Resolve = a.Resolver(ctx, c.PolicyPath)
	return c, err
}

// rootUpdate gets the newest form of the run's own root, where that is one that updates keep. It is nil where nobody may
// be asked.
func (a *App) rootUpdate() trustlist.UpdateRoot {
	given := a.Flags.TrustedRoots
	switch {
	case a.Flags.Offline:
	case len(given) == 0:
		return a.newestRoot(trust.PublicGoodName)
	default:
		if name, kept := strings.CutPrefix(given[0], keptRoot); kept {
			return a.newestRoot(name)
		}
	}
	return nil
}

// keptRoot is what begins a value of --trusted-root that names an instance of "trust update".
const keptRoot = "tuf:"

// Resolver fetches keys that the user's own policy file keeps elsewhere. A policy file that somebody else may have
// written starts no programs (docs/policy.md).
func (a *App) Resolver(ctx context.Context, path string) policy.KeyResolver {
	if path == "" || path != UserPolicy() {
		return nil
	}
	return a.keyResolver(ctx)
}

// existing is path, or "" where there is no such file. A file that cannot be looked at is an error: trust that is there
// and cannot be read must not look like trust that is absent.
func existing(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	_, err := os.Stat(path)
	switch {
	case err == nil:
		return path, nil
	case userfile.Missing(err):
		return "", nil
	}
	return "", fmt.Errorf("look for the policy file: %w", err)
}

// TrustRoots are the roots to judge by: those of --trusted-root, else what "trust update" keeps, else the embedded
// snapshot. The notes say why something that is kept was not used.
func (a *App) TrustRoots() (roots []trust.Root, notes []string, err error) {
	for _, given := range a.Flags.TrustedRoots {
		more, err := givenRoots(given)
		if err != nil {
			return nil, nil, exit.Usage(fmt.Errorf("--trusted-root %s: %w", given, err))
		}
		roots = append(roots, more...)
	}
	if len(roots) > 0 {
		return roots, nil, nil
	}
	cached, newer, err := tuf.Cached(tuf.Folder(trust.PublicGoodName))
	if err != nil {
		notes = append(notes, err.Error())
	}
	if newer {
		return []trust.Root{cached}, notes, nil
	}
	root, err := trust.PublicGood()
	if err != nil {
		return nil, nil, err
	}
	return []trust.Root{root}, notes, nil
}

// givenRoots are the roots that a value of --trusted-root names: those of a file, or, as tuf:NAME, what "trust update
// --name NAME" keeps of a private instance.
func givenRoots(given string) ([]trust.Root, error) {
	if name, private := strings.CutPrefix(given, keptRoot); private {
		if err := tuf.CheckName(name); err != nil {
			return nil, err
		}
		kept, err := tuf.Inspect(tuf.Folder(name))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("nothing is kept of an instance of that name; attestree trust update --name %s keeps it", name)
		}
		return []trust.Root{kept.Root}, err
	}
	raw, err := userfile.Read(given, userfile.ConfigSize)
	if err != nil {
		return nil, err
	}
	return trust.ParseRoot(filepath.Base(given), trust.SourceFile, raw)
}

// flagSigners makes signers of --key and the certificate flags, which carry cosign's meaning: patterns match anywhere.
func (a *App) flagSigners(ctx context.Context) ([]trust.Signer, error) {
	var entries []trust.Signer
	for _, name := range a.Flags.Keys {
		key, err := a.ReadKey(ctx, name)
		if err != nil {
			return nil, err
		}
		entries = append(entries, trust.Signer{Name: name, Enabled: true, Key: &key})
	}
	if a.Flags.Identity != "" || a.Flags.IdentityRegexp != "" {
		entries = append(entries, trust.Signer{
			Name: "--certificate-identity", Enabled: true, Keyless: true,
			Subject: a.Flags.Identity, SubjectPattern: a.Flags.IdentityRegexp,
			Issuer: a.Flags.Issuer, IssuerPattern: a.Flags.IssuerRegexp,
		})
	}
	return entries, nil
}

// trustDemo trusts whom the demo trusts, and nobody else. Its keys are public property: this trust must never reach
// another source, and another source's trust says nothing about the demo.
func (a *App) trustDemo(c trustlist.Config) (trustlist.Config, error) {
	if a.Flags.pinned() || a.Flags.Policy != "" || len(a.Flags.TrustedRoots) > 0 || a.Flags.Notation.Store != "" {
		return c, exit.Usage(errors.New("the demo brings its own trust; --key, --policy, --trusted-root, --notation-… and --certificate-… are for other sources"))
	}
	roots, err := trust.ParseRoot(DemoSource, trust.SourceEmbedded, testdata.DemoTrustedRoot)
	if err != nil {
		return c, fmt.Errorf("read the demo's trusted root: %w", err)
	}
	c.Roots, c.Origin = roots, model.OriginDemo
	for _, s := range testdata.DemoSigners {
		entry := trust.Signer{
			Name: s.Name, Enabled: true, Keyless: s.Key == nil, Issuer: s.Issuer, Subject: s.Subject,
			SourceRepository: s.SourceRepository, For: s.For,
		}
		if s.Key != nil {
			key, err := trust.ParseKey(s.Name, s.Key)
			if err != nil {
				return c, fmt.Errorf("read the demo's key: %w", err)
			}
			entry.Key = &key
		}
		c.Entries = append(c.Entries, entry)
	}
	return c, nil
}

// ReadKey reads one key that a flag names.
func (a *App) ReadKey(ctx context.Context, name string) (trust.Key, error) {
	key, err := a.publicKey(ctx, name)
	if err != nil {
		return trust.Key{}, exit.Usage(fmt.Errorf("--key: %w", err))
	}
	return key, nil
}

// pinned reports whether the flags name anybody.
func (f *Flags) pinned() bool {
	return len(f.Keys) > 0 || slices.ContainsFunc([]string{f.Identity, f.IdentityRegexp, f.Issuer, f.IssuerRegexp}, func(s string) bool { return s != "" })
}
