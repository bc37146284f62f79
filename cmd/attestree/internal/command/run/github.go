package run

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/github"
)

// githubFlags name the repository whose attestations are looked for at GitHub too. Nothing is asked without them.
type githubFlags struct{ Repository, API, tokenEnv string }

func (f *githubFlags) register(root *cobra.Command) {
	p := root.PersistentFlags()
	p.StringVar(&f.Repository, "github", "", "look for attestations at GitHub too: those of this repository (OWNER/REPO), or of all that somebody has (OWNER)")
	p.StringVar(&f.API, "github-api", "", "address of GitHub's API on another host (https://HOST/api/v3, https://api.TENANT.ghe.com)")
	p.StringVar(&f.tokenEnv, "github-token-env", "", "environment variable with a token for that API (GITHUB_TOKEN for "+github.DefaultAPI+")")
}

// variable is a name that an environment variable can have: not a token by mistake.
var variable = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,63}$`)

func (f *githubFlags) validate(offline bool) error {
	switch {
	case f.Repository == "" && (f.API != "" || f.tokenEnv != ""):
		return exit.Usage(errors.New("--github-api and --github-token-env are about --github OWNER/REPO or OWNER, which is not given"))
	case f.Repository == "":
		return nil
	case offline:
		return exit.Contradiction("github", "offline")
	case f.tokenEnv != "" && !variable.MatchString(f.tokenEnv):
		return exit.Usage(errors.New("--github-token-env: want the name of a variable, and not a token"))
	}
	if _, err := github.New(github.Options{API: f.API, Repository: f.Repository}); err != nil {
		return exit.Usage(fmt.Errorf("--github: %w", err))
	}
	return nil
}

// token is the one for the API. That of GITHUB_TOKEN is for github.com alone: another host gets one only if a flag names
// it.
func (f *githubFlags) token(getenv func(string) string) (string, error) {
	name := f.tokenEnv
	if name == "" {
		api, err := url.Parse(f.API)
		if err != nil || f.API != "" && "https://"+api.Host != github.DefaultAPI {
			return "", nil
		}
		return getenv("GITHUB_TOKEN"), nil
	}
	token := getenv(name)
	if token == "" {
		return "", exit.Usage(fmt.Errorf("--github-token-env: $%s is empty", name))
	}
	return token, nil
}

// alsoGitHub adds GitHub to a discovery where a flag asks for it.
func (a *App) alsoGitHub(inner session.Discover) (session.Discover, error) {
	around, err := a.GitHubAround()
	if err != nil || around == nil {
		return inner, err
	}
	return around(inner), nil
}

// GitHubAround gives what adds GitHub to discoveries, nil where no flag asks for it. Those of one run share a client.
func (a *App) GitHubAround() (func(session.Discover) session.Discover, error) {
	f := a.Flags.GitHub
	if f.Repository == "" {
		return nil, nil
	}
	token, err := f.token(a.Getenv)
	if err != nil {
		return nil, err
	}
	client, err := github.New(github.Options{
		API: f.API, Repository: f.Repository, Token: token, UserAgent: a.Agent(),
	})
	if err != nil {
		return nil, exit.Usage(fmt.Errorf("--github: %w", err))
	}
	return func(inner session.Discover) session.Discover {
		discover := client.Around(github.Discover(inner))
		return func(ctx context.Context, emit func(model.Event)) error { return discover(ctx, emit) }
	}, nil
}
