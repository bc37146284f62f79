package registry

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"time"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/fetch"
)

// credentials are what to log in with. Where they cannot be had, the registry is asked anonymously and the finding says
// so: most images are public, and a broken helper must not hide them.
func credentials(ctx context.Context, repo name.Repository, keys authn.Keychain, limit time.Duration) (authn.Authenticator, *model.Finding) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	auth, err := resolve(ctx, repo, keys)
	if err == nil {
		return auth, nil
	}
	return authn.Anonymous, &model.Finding{
		ID: "credentials", Severity: model.SeverityWarning,
		Message: fetch.Short(fmt.Sprintf("%s is asked anonymously: %s", repo.RegistryStr(), credentialProblem(err, limit))),
	}
}

func resolve(ctx context.Context, repo name.Repository, keys authn.Keychain) (authn.Authenticator, error) {
	if keys == nil {
		return stored(ctx, repo)
	}
	type answer struct {
		auth authn.Authenticator
		err  error
	}
	// A keychain need not know about contexts: it is left behind when it takes too long.
	answers := make(chan answer, 1)
	go func() {
		auth, err := authn.Resolve(ctx, keys, repo)
		answers <- answer{auth, err}
	}()
	select {
	case a := <-answers:
		return a.auth, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func credentialProblem(err error, limit time.Duration) string {
	var helper *helperError
	switch {
	case errors.Is(err, context.DeadlineExceeded) && errors.As(err, &helper):
		return fmt.Sprintf("the credential helper %s did not answer within %s", helper.program, limit)
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Sprintf("its credentials could not be had within %s", limit)
	case errors.Is(err, exec.ErrNotFound) && errors.As(err, &helper):
		return fmt.Sprintf("the credential helper %s is not installed", helper.program)
	}
	return err.Error()
}
