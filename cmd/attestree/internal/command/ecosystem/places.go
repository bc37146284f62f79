// Package ecosystem asks registries of packages for a command: which package is meant, which registry is asked about it, and
// what the answers say of the image that wraps it.
//
// It knows flags, specifications and the settings of npm and pip. It must not judge what was answered, nor print it; why
// something cannot be asked is an error of package exit.
package ecosystem

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/adrg/xdg"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/fetch"
	"github.com/attestree/attestree/registry/gosum"
	"github.com/attestree/attestree/registry/npm"
	"github.com/attestree/attestree/registry/pypi"
	"github.com/attestree/attestree/verifier/pkgsig"
	"github.com/attestree/attestree/verifier/trust"
	"github.com/attestree/attestree/verifier/trust/tuf"
)

// Places are where packages are asked about.
type Places struct {
	by     Asker
	flags  *Flags
	client *fetch.Client
	Keys   pkgsig.Keys
}

// Asker is who asks, and within which limits.
type Asker struct {
	Agent              string // "attestree/0.1.0"
	Offline, PlainHTTP bool
	Getenv             func(string) string
	At                 time.Time // as of when signatures are judged, zero for now
}

// NewPlaces is where the flags and the person's settings have packages asked about.
func NewPlaces(f *Flags, by Asker) (Places, error) {
	keys, err := f.Keys()
	if err == nil && len(keys.Keys) == 0 {
		keys, err = pkgsig.Snapshot()
	}
	return Places{by: by, flags: f, Keys: keys, client: &fetch.Client{
		Agent: by.Agent, Offline: by.Offline, PlainHTTP: by.PlainHTTP,
	}}, err
}

// Keys are the keys that registries sign with: those of --npm-keys, else those that TUF gave, else none, which means those
// in the program.
func (f *Flags) Keys() (pkgsig.Keys, error) {
	if f.NpmKeys != "" {
		raw, err := userfile.Read(f.NpmKeys, userfile.ConfigSize)
		if err != nil {
			return pkgsig.Keys{}, exit.Usage(fmt.Errorf("--npm-keys: %w", err))
		}
		keys, err := pkgsig.Parse(trust.SourceFile, raw)
		if err != nil {
			return keys, exit.Usage(fmt.Errorf("--npm-keys: %w", err))
		}
		return keys, nil
	}
	kept, found, err := tuf.PackageKeys(tuf.Folder(trust.PublicGoodName))
	if err != nil || !found {
		return pkgsig.Keys{}, nil // what is kept and cannot be used is told of, see Notes
	}
	return pkgsig.Parse(trust.SourceTUF, kept.Target)
}

// Notes say why keys that TUF gave are not used, one sentence each.
func (f *Flags) Notes() []string {
	if f.NpmKeys != "" {
		return nil
	}
	if _, _, err := tuf.PackageKeys(tuf.Folder(trust.PublicGoodName)); err != nil {
		return []string{err.Error() + "; signatures of registries are judged by the keys in the program"}
	}
	return nil
}

// Discover turns a package into nodes below parent.
func (p Places) Discover(ctx context.Context, t Target, parent string, describe func(*model.Package), emit func(model.Event)) error {
	told := func(m *model.Package) {
		m.Claim = t.Claim
		if describe != nil {
			describe(m)
		}
	}
	if t.saved != nil {
		return p.open(t, parent, told, emit)
	}
	switch t.ecosystem {
	case model.EcosystemNPM:
		registry, err := p.npm(t.name)
		if err != nil {
			return err
		}
		answers, err := npm.Ask(ctx, p.client, registry, t.name, t.version, p.timed)
		if err != nil {
			return err
		}
		return answers.Emit(t.name, t.version, parent, told, emit)
	case model.EcosystemPyPI:
		index, err := p.pypi()
		if err != nil {
			return err
		}
		answers, err := pypi.Ask(ctx, p.client, index, t.name, t.version)
		if err != nil {
			return err
		}
		return answers.Emit(t.name, t.version, parent, told, emit)
	case model.EcosystemGolang:
	}
	return p.golang(ctx, t, parent, told, emit)
}

// timed reports whether the time of publication matters for signatures by that key.
func (p Places) timed(keyID string) bool {
	return p.Keys.Limited(keyID) || !p.by.At.IsZero()
}

// open turns saved answers into nodes.
func (p Places) open(t Target, parent string, told func(*model.Package), emit func(model.Event)) error {
	if t.ecosystem == model.EcosystemNPM {
		return t.saved.npm.Emit(t.name, t.version, parent, told, emit)
	}
	answers := t.saved.pypi
	answers.Digests = t.Artifact
	return answers.Emit(t.name, t.version, parent, told, emit)
}

// Address is where a package is asked about, "" where that is not known.
func (p Places) Address(t Target) string {
	switch t.ecosystem {
	case model.EcosystemNPM:
		if registry, err := p.npm(t.name); err == nil {
			return registry.URL.String()
		}
	case model.EcosystemPyPI:
		if index, err := p.pypi(); err == nil {
			return index.URL.String()
		}
	case model.EcosystemGolang:
	}
	return ""
}

// npm is the registry that packages of that name come from.
func (p Places) npm(name string) (npm.Registry, error) {
	home, _ := os.UserHomeDir() // none: no settings of one
	settings, err := npm.ReadSettings(p.by.Getenv, home)
	if err != nil {
		return npm.Registry{}, err
	}
	if given := p.flags.NpmRegistry; given != "" {
		u, err := npm.ParseURL(given)
		if err != nil {
			return npm.Registry{}, exit.Usage(fmt.Errorf("--npm-registry: %w", err))
		}
		return settings.Authorize(npm.Registry{URL: u}), nil
	}
	registry, _, err := settings.Registry(name)
	if err != nil || registry.URL != nil {
		return registry, err
	}
	if kept, found, err := tuf.PackageKeys(tuf.Folder(trust.PublicGoodName)); err == nil && found {
		u, err := npm.ParseURL("https://" + kept.Host)
		return npm.Registry{URL: u}, err
	}
	return registry, errors.New("no npm registry is known: give --npm-registry URL, set registry= in ~/.npmrc or NPM_CONFIG_REGISTRY, or run attestree trust update, which brings the registry's keys and with them its name")
}

// pypi is the index that Python packages come from.
func (p Places) pypi() (pypi.Index, error) {
	if given := p.flags.PypiIndex; given != "" {
		index, err := pypi.Parse(given)
		if err != nil {
			return index, exit.Usage(fmt.Errorf("--pypi-index: %w", err))
		}
		return index, nil
	}
	home, _ := os.UserHomeDir() // none: no settings of one
	index, _, err := pypi.Configured(p.by.Getenv, home, xdg.ConfigHome)
	if err == nil && index.URL == nil {
		err = errors.New("no Python package index is known: give --pypi-index URL (of its Simple API), or set index-url in pip.conf or PIP_INDEX_URL")
	}
	return index, err
}

// golang adds a module. No attestation exists for it; the checksum database is asked where the user named one.
func (p Places) golang(ctx context.Context, t Target, parent string, told func(*model.Package), emit func(model.Event)) error {
	m := &model.Package{Ecosystem: model.EcosystemGolang, Name: t.name, Version: t.version, PURL: t.PURL()}
	told(m)
	l := model.Lookup{Mechanism: model.MechanismChecksumDatabase, Subject: model.Digest(m.PURL), Repository: m.PURL, Status: model.LookupUnsupported}
	db, why, err := gosum.Configured(p.by.Getenv, xdg.ConfigHome, t.name)
	switch {
	case err != nil:
		return err
	case why != "":
		l.Detail = "not asked: " + why
	case p.client.Offline:
		l.Detail = "not asked, because of --offline"
	default:
		l = p.checksum(ctx, db, t, l)
	}
	m.Checksum = l.Detail
	emit(model.NodeFound{Node: model.Node{ID: m.PURL, Parent: parent, Kind: model.KindPackage, Package: m, Found: []model.Found{model.FoundPackageRegistry}}})
	emit(model.LookedUp{Lookup: l})
	return ctx.Err()
}

func (p Places) checksum(ctx context.Context, db gosum.Database, t Target, l model.Lookup) model.Lookup {
	hash, err := gosum.Lookup(ctx, p.client, db, t.name, t.version)
	switch {
	case errors.Is(err, gosum.ErrUnknown):
		l.Status, l.Detail = model.LookupNone, db.Name+" has no record of it"
		return l
	case err != nil:
		l.Status, l.Detail = model.LookupFailed, err.Error()
		return l
	}
	l.Status, l.Count, l.Detail = model.LookupFound, 1, db.Name+" records "+hash+", which its signed tree proves"
	return l
}
