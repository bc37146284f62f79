package command

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/cmd/attestree/internal/trustlist"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry"
	"github.com/attestree/attestree/verifier/trust"
)

// job is one source with everything needed to look at it: the composition of the rooms.
type job struct {
	source   string
	demo     bool
	verify   bool // false lists without verifying
	discover session.Discover
	artifact session.Artifact
	as       string // "registry/repository" that a file or folder is judged as
	roots    []trust.Root
	notes    []string // what a person should know of the trust, one sentence each
	trust    *trustlist.List
	sender   *output.Sender   // what an evidence pack's sender says; nil for any other source
	at       func() time.Time // by when things are judged
}

// prepare checks the flags and puts the rooms together. Nothing is read from the source yet. Only who judges needs
// trust: a listing reads no policy, starts no plugin and renews no root.
func (a *app) prepare(source string) (job, error) {
	if err := a.flags.validate(); err != nil {
		return job{}, err
	}
	if err := a.keeping.settle(); err != nil {
		return job{}, err
	}
	j := job{source: source, demo: source == demoSource, at: a.judgedAt}
	var err error
	if j.artifact, err = a.flags.subject(); err != nil {
		return job{}, err
	}
	if a.flags.as != "" {
		if j.as, err = registry.Repository(a.flags.as); err != nil {
			return job{}, usage(fmt.Errorf("--as: %w", err))
		}
	}
	j.discover = a.flags.aboutFiles(a.discovery(source))
	switch {
	case j.demo && a.flags.github.repository != "":
		return job{}, usage(errors.New("--github asks a server, and the demo opens no connection"))
	case source != fleetSource:
		if j.discover, err = a.alsoGitHub(j.discover); err != nil {
			return job{}, err
		}
		if j.discover, err = a.alsoPackage(source, j.discover); err != nil {
			return job{}, err
		}
	}
	return j, nil
}

// prepareJudging is prepare, and fixes what is judged by.
func (a *app) prepareJudging(ctx context.Context, source string) (job, error) {
	j, err := a.prepare(source)
	if err != nil {
		return job{}, err
	}
	config, err := a.trusted(ctx, source)
	if err != nil {
		return job{}, err
	}
	if config.PackageKeys, err = a.flags.wraps.keys(); err != nil {
		return job{}, err
	}
	if a.flags.wraps.asked != "" {
		config.Notes = append(config.Notes, a.flags.wraps.notes()...)
	}
	j.verify, j.roots, j.notes = true, config.Roots, config.Notes
	if at := a.flags.judgedAt; !at.IsZero() {
		j.notes = append(j.notes, "judged as of "+at.UTC().Format(time.RFC3339)+" and not as of now")
	}
	if j.sender = sender(source); j.sender != nil {
		j.notes = append(j.notes, j.sender.Sentence())
	}
	if j.trust, err = trustlist.New(config); err != nil {
		return job{}, usage(err)
	}
	return j, nil
}

func (a *app) discovery(source string) session.Discover {
	return func(ctx context.Context, emit func(model.Event)) error {
		if source == demoSource {
			return discoverDemo(ctx, a.registryOptions(), emit)
		}
		return registry.Discover(ctx, source, a.registryOptions(), emit)
	}
}

func (a *app) registryOptions() registry.Options {
	return registry.Options{
		Cache: a.contents(), Limits: a.keeping.pace.limits(),
		As:       a.flags.as,
		Platform: a.flags.platform, Insecure: a.flags.insecure, PlainHTTP: a.flags.plainHTTP, Offline: a.flags.offline,
		CosignRepository: a.Getenv("COSIGN_REPOSITORY"), Stdin: a.Stdin,
	}
}

func (j job) session() *session.Session {
	config := session.Config{Discover: j.discover, Artifact: j.artifact, Repository: j.as, Now: j.at}
	if j.verify {
		config.Judge, config.Assess = j.trust, j.trust.Assess
	}
	return session.New(config)
}

func (j job) rootInfos() []model.TrustRoot {
	infos := make([]model.TrustRoot, 0, len(j.roots))
	for _, r := range j.roots {
		infos = append(infos, r.Info)
	}
	return infos
}

// configSize is the largest key, trusted root or policy that is read, in bytes. Real ones are a hundredth of it.
const configSize = 4 << 20
