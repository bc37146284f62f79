package run

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/verifier/trust"
	"github.com/attestree/attestree/verifier/trust/kms"
)

// publicKey reads the key that --key names: a file, or KIND://… of a key management service. Which key a service gave is
// said on stderr: its fingerprint is what a person can compare.
func (a *App) publicKey(ctx context.Context, name string) (trust.Key, error) {
	if !kms.IsReference(name) {
		raw, err := userfile.Read(name, userfile.ConfigSize)
		if err != nil {
			return trust.Key{}, err
		}
		return trust.ParseKey(name, raw)
	}
	key, err := a.fetchKey(ctx, name)
	if err != nil {
		return trust.Key{}, err
	}
	said := fmt.Sprintf("attestree: %s is the %s key %s\n", name, key.Algorithm, key.Fingerprint)
	_, _ = io.WriteString(safe.NewWriter(a.Stderr), said) // where stderr is gone there is nobody to tell
	return key, nil
}

// fetchKey asks a key management service for a public key.
func (a *App) fetchKey(ctx context.Context, reference string) (trust.Key, error) {
	if a.Flags.Offline {
		return trust.Key{}, fmt.Errorf("fetch public key %s: --offline opens no socket, and a plugin would; save the public key in a file and name that", reference)
	}
	return kms.PublicKey(ctx, runPlugin, reference)
}

// keyResolver is fetchKey for a policy file of the person's own. It says nothing: the file may be read again while the
// screen is open, and the list of signers shows the fingerprint.
func (a *App) keyResolver(ctx context.Context) func(string) (trust.Key, error) {
	return func(reference string) (trust.Key, error) { return a.fetchKey(ctx, reference) }
}

// pipeDelay is how long a stopped plugin's children may keep its output open.
const pipeDelay = 2 * time.Second

// runPlugin is kms.Run: it finds the program on the PATH, never in the current folder, and gives it neither a shell nor
// anything to read. What it writes to stderr is dropped, for the screen is not its own.
func runPlugin(ctx context.Context, program string, arguments ...string) ([]byte, error) {
	path, err := exec.LookPath(program)
	if err != nil {
		return nil, kms.ErrMissing // also exec.ErrDot: it is in the current folder only
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	output := &flood{stop: stop}
	command := exec.CommandContext(ctx, path, arguments...)
	command.Stdout, command.WaitDelay = output, pipeDelay
	err = command.Run()
	if output.over {
		return output.kept.Bytes(), errors.New("it wrote too much")
	}
	return output.kept.Bytes(), err
}

// flood keeps what a plugin writes, and stops the plugin when that is more than an answer can be.
type flood struct {
	kept bytes.Buffer
	over bool
	stop context.CancelFunc
}

func (f *flood) Write(p []byte) (int, error) {
	if room := kms.MaxAnswer + 1 - f.kept.Len(); len(p) > room {
		f.over = true
		f.kept.Write(p[:room])
		f.stop()
		return room, errors.New("too much output")
	}
	return f.kept.Write(p)
}
