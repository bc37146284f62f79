package command

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/github"
)

// githubFlags name the repository whose attestations are looked for at GitHub too. Nothing is asked without them.
type githubFlags struct{ repository, api, tokenEnv string }

func (f *githubFlags) register(root *cobra.Command) {
	p := root.PersistentFlags()
	p.StringVar(&f.repository, "github", "", "look for attestations at GitHub too: those of this repository (OWNER/REPO)")
	p.StringVar(&f.api, "github-api", "", "address of GitHub's API on another host (https://HOST/api/v3, https://api.TENANT.ghe.com)")
	p.StringVar(&f.tokenEnv, "github-token-env", "", "environment variable with a token for that API (GITHUB_TOKEN for "+github.DefaultAPI+")")
}

// variable is a name that an environment variable can have: not a token by mistake.
var variable = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,63}$`)

func (f *githubFlags) validate(offline bool) error {
	switch {
	case f.repository == "" && (f.api != "" || f.tokenEnv != ""):
		return usage(errors.New("--github-api and --github-token-env are about --github OWNER/REPO, which is not given"))
	case f.repository == "":
		return nil
	case offline:
		return contradiction("github", "offline")
	case f.tokenEnv != "" && !variable.MatchString(f.tokenEnv):
		return usage(errors.New("--github-token-env: want the name of a variable, and not a token"))
	}
	if _, err := github.New(github.Options{API: f.api, Repository: f.repository}); err != nil {
		return usage(fmt.Errorf("--github: %w", err))
	}
	return nil
}

// token is the one for the API. That of GITHUB_TOKEN is for github.com alone: another host gets one only if a flag names
// it.
func (f *githubFlags) token(getenv func(string) string) (string, error) {
	name := f.tokenEnv
	if name == "" {
		api, err := url.Parse(f.api)
		if err != nil || f.api != "" && "https://"+api.Host != github.DefaultAPI {
			return "", nil
		}
		return getenv("GITHUB_TOKEN"), nil
	}
	token := getenv(name)
	if token == "" {
		return "", usage(fmt.Errorf("--github-token-env: $%s is empty", name))
	}
	return token, nil
}

// alsoGitHub adds GitHub to a discovery where a flag asks for it.
func (a *app) alsoGitHub(inner session.Discover) (session.Discover, error) {
	around, err := a.githubAround()
	if err != nil || around == nil {
		return inner, err
	}
	return around(inner), nil
}

// githubAround gives what adds GitHub to discoveries, nil where no flag asks for it. Those of one run share a client.
func (a *app) githubAround() (func(session.Discover) session.Discover, error) {
	f := a.flags.github
	if f.repository == "" {
		return nil, nil
	}
	token, err := f.token(a.Getenv)
	if err != nil {
		return nil, err
	}
	client, err := github.New(github.Options{
		API: f.api, Repository: f.repository, Token: token, UserAgent: "attestree/" + a.version,
	})
	if err != nil {
		return nil, usage(fmt.Errorf("--github: %w", err))
	}
	return func(inner session.Discover) session.Discover {
		discover := client.Around(github.Discover(inner))
		return func(ctx context.Context, emit func(model.Event)) error { return discover(ctx, emit) }
	}, nil
}
