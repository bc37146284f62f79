package run

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/command/ecosystem"
	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/cmd/attestree/internal/trustlist"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry"
	"github.com/attestree/attestree/verifier/pkgsig"
	"github.com/attestree/attestree/verifier/trust"
)

// Job is one source with everything needed to look at it: the composition of the rooms.
type Job struct {
	Source   string
	Demo     bool
	Verify   bool // false lists without verifying
	Discover session.Discover
	artifact session.Artifact
	as       string // "registry/repository" that a file or folder is judged as
	Roots    []trust.Root
	Notes    []string // what a person should know of the trust, one sentence each
	Trust    *trustlist.List
	Sender   *output.Sender   // what an evidence pack's sender says; nil for any other source
	At       func() time.Time // by when things are judged
	judging  *session.Config  // how the session judges, once that is known; its zero value where nothing is judged
}

// Prepare checks the flags and puts the rooms together. Nothing is read from the source yet. Only who judges needs
// trust: a listing reads no policy, starts no plugin and renews no root.
func (a *App) Prepare(source string) (Job, error) {
	if err := a.Flags.Validate(); err != nil {
		return Job{}, err
	}
	if err := a.Keeping.Settle(); err != nil {
		return Job{}, err
	}
	j := Job{Source: source, Demo: source == DemoSource, At: a.JudgedAt, judging: &session.Config{}}
	var err error
	if j.artifact, err = a.Flags.Subject(); err != nil {
		return Job{}, err
	}
	if a.Flags.As != "" {
		if j.as, err = registry.Repository(a.Flags.As); err != nil {
			return Job{}, exit.Usage(fmt.Errorf("--as: %w", err))
		}
	}
	j.Discover = a.perhapsMeant(a.Flags.aboutFiles(a.discovery(source)))
	switch {
	case j.Demo && a.Flags.GitHub.Repository != "":
		return Job{}, exit.Usage(errors.New("--github asks a server, and the demo opens no connection"))
	case source != FleetSource:
		if j.Discover, err = a.alsoGitHub(j.Discover); err != nil {
			return Job{}, err
		}
		judging := func() session.Config { return *j.judging }
		if j.Discover, err = a.Flags.Wraps.Around(j.Discover, j.Demo, a.Flags.Audit.Spec, a.Asker(), judging); err != nil {
			return Job{}, err
		}
	}
	return j, nil
}

// PrepareJudging is prepare, and fixes what is judged by.
func (a *App) PrepareJudging(ctx context.Context, source string) (Job, error) {
	j, err := a.Prepare(source)
	if err != nil {
		return Job{}, err
	}
	config, err := a.Trusted(ctx, source)
	if err != nil {
		return Job{}, err
	}
	if config.PackageKeys, err = a.packageKeys(j.Demo); err != nil {
		return Job{}, err
	}
	if a.Flags.Wraps.Asked != "" && !j.Demo {
		config.Notes = append(config.Notes, a.Flags.Wraps.Notes()...)
	}
	j.Verify, j.Roots, j.Notes = true, config.Roots, config.Notes
	if at := a.Flags.judgedAt; !at.IsZero() {
		j.Notes = append(j.Notes, "judged as of "+at.UTC().Format(time.RFC3339)+" and not as of now")
	}
	if j.Sender = Sender(source); j.Sender != nil {
		j.Notes = append(j.Notes, j.Sender.Sentence())
	}
	if j.Trust, err = trustlist.New(config); err != nil {
		return Job{}, exit.Usage(err)
	}
	*j.judging = j.config()
	return j, nil
}

// packageKeys are the keys that registries of packages sign with. Those of the demo count for the demo alone.
func (a *App) packageKeys(demo bool) (pkgsig.Keys, error) {
	if demo {
		return ecosystem.DemoKeys()
	}
	return a.Flags.Wraps.Keys()
}

func (a *App) discovery(source string) session.Discover {
	return func(ctx context.Context, emit func(model.Event)) error {
		if source == DemoSource {
			return discoverDemo(ctx, a.RegistryOptions(), emit)
		}
		return registry.Discover(ctx, source, a.RegistryOptions(), emit)
	}
}

// RegistryOptions are what the flags and the settings say of registries.
func (a *App) RegistryOptions() registry.Options {
	return registry.Options{
		Cache: a.Contents(), Shelf: a.Keeping.shelf, Limits: a.Keeping.pace.Limits(),
		As:       a.Flags.As,
		Platform: a.Flags.Platform, Insecure: a.Flags.Insecure, PlainHTTP: a.Flags.PlainHTTP, Offline: a.Flags.Offline,
		CosignRepository: a.Getenv("COSIGN_REPOSITORY"), Stdin: a.Stdin, WatchTag: true,
	}
}

// Session is a new session for the job; it begins to look when it is run.
func (j Job) Session() *session.Session { return session.New(j.config()) }

func (j Job) config() session.Config {
	config := session.Config{Discover: j.Discover, Artifact: j.artifact, Repository: j.as, Now: j.At}
	if j.Verify {
		config.Judge, config.Assess = j.Trust, j.Trust.Assess
	}
	return config
}

func (j Job) rootInfos() []model.TrustRoot {
	infos := make([]model.TrustRoot, 0, len(j.Roots))
	for _, r := range j.Roots {
		infos = append(infos, r.Info)
	}
	return infos
}

// Asker is this run, as registries of packages see it.
func (a *App) Asker() ecosystem.Asker {
	return ecosystem.Asker{
		Agent: a.Agent(), Offline: a.Flags.Offline, PlainHTTP: a.Flags.PlainHTTP, Getenv: a.Getenv, At: a.Flags.judgedAt,
	}
}

// FleetSource stands for the source where trust is prepared: no single one is meant.
const FleetSource = ""
