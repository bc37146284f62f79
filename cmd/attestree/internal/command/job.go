package command

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry"
	"github.com/attestree/attestree/verifier"
	"github.com/attestree/attestree/verifier/notation"
	"github.com/attestree/attestree/verifier/slsa"
	"github.com/attestree/attestree/verifier/trust"
)

// job is one source with everything needed to look at it: the composition of the rooms.
type job struct {
	source   string
	demo     bool
	discover session.Discover
	judge    session.Judge // nil lists without verifying
	artifact session.Artifact
	as       string
	roots    []trust.Root
	signers  trust.Signers
	notation notation.Trust
	levels   slsa.Table
}

// prepare checks the flags and puts the rooms together. Nothing is read from the source yet.
func (a *app) prepare(ctx context.Context, source string) (job, error) {
	if err := a.flags.validate(); err != nil {
		return job{}, err
	}
	artifact, err := a.flags.subject()
	if err != nil {
		return job{}, err
	}
	j := job{source: source, demo: source == demoSource, artifact: artifact, as: a.flags.as, levels: slsa.Known()}
	if j.demo {
		err = a.trustDemo(&j)
		j.discover = func(ctx context.Context, emit func(model.Event)) error {
			return discoverDemo(ctx, a.registryOptions(), emit)
		}
	} else {
		err = a.trustFlags(ctx, &j)
		j.discover = func(ctx context.Context, emit func(model.Event)) error {
			return registry.Discover(ctx, source, a.registryOptions(), emit)
		}
	}
	if err != nil {
		return job{}, err
	}
	j.discover = a.flags.aboutFiles(j.discover)
	j.judge, err = verifier.New(verifier.Options{
		Roots: j.roots, Signers: j.signers, Notation: j.notation, IgnoreTlog: a.flags.ignoreTlog, Now: a.Now,
	})
	return j, err
}

func (a *app) registryOptions() registry.Options {
	return registry.Options{
		As:       a.flags.as,
		Platform: a.flags.platform, Insecure: a.flags.insecure, PlainHTTP: a.flags.plainHTTP, Offline: a.flags.offline,
		CosignRepository: a.Getenv("COSIGN_REPOSITORY"), Stdin: a.Stdin,
	}
}

// trustFlags fixes the trusted roots and signers that the flags name, before anything is judged.
func (a *app) trustFlags(ctx context.Context, j *job) (err error) {
	if j.notation, err = a.flags.notation.trust(); err != nil {
		return err
	}
	for _, path := range a.flags.trustedRoots {
		raw, err := readSmall(path)
		if err != nil {
			return usage(fmt.Errorf("--trusted-root: %w", err))
		}
		roots, err := trust.ParseRoot(path, "file", raw)
		if err != nil {
			return usage(fmt.Errorf("--trusted-root %s: %w", path, err))
		}
		j.roots = append(j.roots, roots...)
	}
	if len(j.roots) == 0 {
		root, err := trust.PublicGood()
		if err != nil {
			return err
		}
		j.roots = []trust.Root{root}
	}
	return a.trustSigners(ctx, j)
}

// trustSigners makes signers of --key and the certificate flags, which carry cosign's meaning: patterns match anywhere.
func (a *app) trustSigners(ctx context.Context, j *job) error {
	var entries []trust.Signer
	for _, path := range a.flags.keys {
		key, err := a.publicKey(ctx, path)
		if err != nil {
			return usage(fmt.Errorf("--key: %w", err))
		}
		entries = append(entries, trust.Signer{Name: path, Enabled: true, Key: &key})
	}
	if a.flags.identity != "" || a.flags.identityRegexp != "" {
		entries = append(entries, trust.Signer{
			Name: "--certificate-identity", Enabled: true, Keyless: true,
			Subject: a.flags.identity, SubjectPattern: a.flags.identityRegexp,
			Issuer: a.flags.issuer, IssuerPattern: a.flags.issuerRegexp,
		})
	}
	signers, err := trust.NewSigners(entries...)
	if err != nil {
		return usage(err)
	}
	j.signers = signers
	return nil
}

func (j job) session() *session.Session {
	return session.New(session.Config{
		Discover: j.discover, Judge: j.judge, Assess: j.levels.Assess, Artifact: j.artifact, Repository: j.as,
	})
}

func (j job) rootInfos() []model.TrustRoot {
	infos := make([]model.TrustRoot, 0, len(j.roots))
	for _, r := range j.roots {
		infos = append(infos, r.Info)
	}
	return infos
}

// configSize is the largest key or trusted root that is read, in bytes. Real ones are a hundredth of it.
const configSize = 4 << 20

func readSmall(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read from
	raw, err := io.ReadAll(io.LimitReader(f, configSize+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if len(raw) > configSize {
		return nil, fmt.Errorf("read %s: larger than %d MiB, which no key or trusted root is", path, configSize>>20)
	}
	return raw, nil
}
