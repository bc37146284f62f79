package registry

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"github.com/google/go-containerregistry/pkg/authn"
)

// helperError says which credential helper failed.
type helperError struct {
	program string
	err     error
}

func (e *helperError) Error() string {
	return fmt.Sprintf("credential helper %s: %v", e.program, e.err)
}

func (e *helperError) Unwrap() error { return e.err }

// helperAnswerBytes bounds what is read of a helper's answer.
const helperAnswerBytes = 1 << 20

// askHelper runs docker-credential-NAME get (docker/docker-credential-helpers, README "Development"): the server's name
// on its standard input, JSON on its standard output. It is killed when ctx ends, and what it says on its standard
// error stays away from our screen. Anonymous means that the helper knows no credentials for that server.
func askHelper(ctx context.Context, helper, server string) (authn.Authenticator, error) {
	program := "docker-credential-" + helper
	if strings.ContainsAny(helper, `/\`) { // a path would be looked for below the current folder
		return nil, &helperError{"of that name", errors.New("it is not the name of a program")}
	}
	cmd := exec.CommandContext(ctx, program, "get")
	cmd.Stdin = strings.NewReader(server)
	cmd.WaitDelay = 500 * time.Millisecond
	out := &bounded{limit: helperAnswerBytes}
	cmd.Stdout = out
	err := cmd.Run()
	answer := strings.TrimSpace(out.String())
	switch {
	case ctx.Err() != nil:
		return nil, &helperError{program, ctx.Err()}
	case err != nil && strings.Contains(answer, "credentials not found"):
		return authn.Anonymous, nil
	case err != nil:
		return nil, &helperError{program, err}
	}
	var got struct{ Username, Secret string }
	if err := json.Unmarshal([]byte(answer), &got); err != nil {
		return nil, &helperError{program, errors.New("its answer is not JSON with a user name and a secret")} // what it said may be the secret
	}
	if got.Username == "<token>" {
		return authn.FromConfig(authn.AuthConfig{IdentityToken: got.Secret}), nil
	}
	return authn.FromConfig(authn.AuthConfig{Username: got.Username, Password: got.Secret}), nil
}

// bounded keeps the first bytes written to it. The buffer is a field and not embedded: its ReadFrom would take
// everything.
type bounded struct {
	kept  bytes.Buffer
	limit int
}

func (b *bounded) String() string { return b.kept.String() }

// Write never fails, so that a talkative helper does not hang.
func (b *bounded) Write(p []byte) (int, error) {
	if room := b.limit - b.kept.Len(); room > 0 {
		b.kept.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}
