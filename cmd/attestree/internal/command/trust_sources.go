package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/adrg/xdg"

	"github.com/attestree/attestree/cmd/attestree/internal/trustlist"
	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/testdata"
	"github.com/attestree/attestree/verifier/policy"
	"github.com/attestree/attestree/verifier/trust"
	"github.com/attestree/attestree/verifier/trust/tuf"
)

// userPolicy is the user's own policy file: the one that decides when neither flags nor --policy say whom to trust. It
// is "" where the user has no configuration folder.
func userPolicy() string { return configuration("policy.yaml") }

// configuration is a file of the user's configuration folder. A home that is no absolute path would put that folder
// below the current one, where anybody's files may lie; then there is none.
func configuration(name string) string {
	if !filepath.IsAbs(xdg.ConfigHome) {
		return ""
	}
	return filepath.Join(xdg.ConfigHome, "attestree", name)
}

// trusted fixes whom and what a run trusts before anything is read: the demo's own trust for the demo; else the flags,
// else --policy, else the user's policy file. They are never merged (docs/policy.md), and nothing in the current folder
// is looked at.
func (a *app) trusted(ctx context.Context, source string) (trustlist.Config, error) {
	c := trustlist.Config{
		Source: source, IgnoreTlog: a.flags.ignoreTlog, At: a.flags.judgedAt, Now: a.Now,
	}
	if source == demoSource {
		return a.trustDemo(c)
	}
	var err error
	var notes []string
	c.UpdateRoot = a.rootUpdate()
	if len(a.flags.trustedRoots) == 0 && !a.flags.offline {
		if notes, err = a.renewRoot(ctx); err != nil {
			return c, err
		}
	}
	if c.Roots, c.Notes, err = a.trustRoots(); err != nil {
		return c, err
	}
	c.Notes = append(notes, c.Notes...)
	// One that cannot be used is told of by "trust roots": here it would only have explained something.
	c.Spare, _ = tuf.Private(tuf.Folder(trust.PublicGoodName))
	if c.Notation, err = a.flags.notation.trust(); err != nil {
		return c, err
	}
	c.SavePath = userPolicy()
	switch {
	case a.flags.pinned() && a.flags.policy != "":
		return c, usage(errors.New("--policy and --key or --certificate-… both say whom to trust; sources of trust are never merged, choose one"))
	case a.flags.pinned():
		c.Origin = trustlist.OriginFlag
		c.Entries, err = a.flagSigners(ctx)
	case a.flags.policy != "":
		c.PolicyPath, c.SavePath = a.flags.policy, a.flags.policy
	default:
		c.PolicyPath, err = existing(userPolicy())
	}
	c.Resolve = a.resolver(ctx, c.PolicyPath)
	return c, err
}

// rootUpdate gets the newest form of the run's own root, where that is one that updates keep. It is nil where nobody may
// be asked.
func (a *app) rootUpdate() trustlist.UpdateRoot {
	given := a.flags.trustedRoots
	switch {
	case a.flags.offline:
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

// resolver fetches keys that the user's own policy file keeps elsewhere. A policy file that somebody else may have
// written starts no programs (docs/policy.md).
func (a *app) resolver(ctx context.Context, path string) policy.KeyResolver {
	if path == "" || path != userPolicy() {
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
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	}
	return "", fmt.Errorf("look for the policy file: %w", err)
}

// trustRoots are the roots to judge by: those of --trusted-root, else what "trust update" keeps, else the embedded
// snapshot. The notes say why something that is kept was not used.
func (a *app) trustRoots() (roots []trust.Root, notes []string, err error) {
	for _, given := range a.flags.trustedRoots {
		more, err := givenRoots(given)
		if err != nil {
			return nil, nil, usage(fmt.Errorf("--trusted-root %s: %w", given, err))
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
	raw, err := userfile.Read(given, configSize)
	if err != nil {
		return nil, err
	}
	return trust.ParseRoot(filepath.Base(given), trust.SourceFile, raw)
}

// flagSigners makes signers of --key and the certificate flags, which carry cosign's meaning: patterns match anywhere.
func (a *app) flagSigners(ctx context.Context) ([]trust.Signer, error) {
	var entries []trust.Signer
	for _, name := range a.flags.keys {
		key, err := a.readKey(ctx, name)
		if err != nil {
			return nil, err
		}
		entries = append(entries, trust.Signer{Name: name, Enabled: true, Key: &key})
	}
	if a.flags.identity != "" || a.flags.identityRegexp != "" {
		entries = append(entries, trust.Signer{
			Name: "--certificate-identity", Enabled: true, Keyless: true,
			Subject: a.flags.identity, SubjectPattern: a.flags.identityRegexp,
			Issuer: a.flags.issuer, IssuerPattern: a.flags.issuerRegexp,
		})
	}
	return entries, nil
}

// trustDemo trusts whom the demo trusts, and nobody else. Its keys are public property: this trust must never reach
// another source, and another source's trust says nothing about the demo.
func (a *app) trustDemo(c trustlist.Config) (trustlist.Config, error) {
	if a.flags.pinned() || a.flags.policy != "" || len(a.flags.trustedRoots) > 0 || a.flags.notation.store != "" {
		return c, usage(errors.New("the demo brings its own trust; --key, --policy, --trusted-root, --notation-… and --certificate-… are for other sources"))
	}
	roots, err := trust.ParseRoot(demoSource, trust.SourceEmbedded, testdata.DemoTrustedRoot)
	if err != nil {
		return c, fmt.Errorf("read the demo's trusted root: %w", err)
	}
	c.Roots, c.Origin = roots, trustlist.OriginDemo
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
