// Package kms asks a key management service for a public key, through the external programs that Sigstore has for that:
// the key "hashivault://release" is known to the program sigstore-kms-hashivault (github.com/sigstore/sigstore,
// pkg/signature/kms/cliplugin/README.md).
//
// It knows what to ask and how to read the answer, and starts nothing: the caller runs the program. Nothing is ever
// asked but the public key. What a plugin writes is taken for hostile.
package kms

import (
	"context"
	"crypto"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/sigstore/sigstore/pkg/signature/kms/cliplugin/common"

	"github.com/attestree/attestree/verifier/trust"
)

// ErrMissing says that a program is not there.
var ErrMissing = errors.New("there is no such program")

// Run runs a program, found by its name alone and without a shell, and returns what it wrote to its standard output, cut
// off somewhere above MaxAnswer bytes. It must stop the program when ctx ends. A program that ends with an exit code
// other than zero is an error, beside what it wrote; one that is not there is ErrMissing.
type Run func(ctx context.Context, program string, arguments ...string) ([]byte, error)

// prefix begins the names of all plugins.
const prefix = "sigstore-kms-"

// deadline is how long a plugin may take to answer.
const deadline = 30 * time.Second

// MaxAnswer is how much a plugin may write, in bytes: a hundred times what an answer needs.
const MaxAnswer = 64 << 10

// reference is a kind of service and what that calls the key. The kind becomes part of a program's name, so it can hold
// nothing that leads to another folder.
var reference = regexp.MustCompile(`\A([a-z][a-z0-9-]{1,31})://(.+)\z`)

// elsewhere are kinds of references to keys that other tools know and that are no key management services.
var elsewhere = []string{"http", "https", "file", "env", "k8s", "gitlab", "github", "oci"}

// IsReference reports whether a text names a key of a service, rather than a file.
func IsReference(text string) bool { return reference.MatchString(text) }

// PublicKey asks the plugin for the public key that ref names. The errors say what the person can do about it; they may
// quote the plugin.
func PublicKey(ctx context.Context, run Run, ref string) (trust.Key, error) {
	key, err := publicKey(ctx, run, ref)
	if err != nil {
		return trust.Key{}, fmt.Errorf("fetch public key %s: %w", ref, err)
	}
	return key, nil
}

func publicKey(ctx context.Context, run Run, ref string) (trust.Key, error) {
	parts := reference.FindStringSubmatch(ref)
	if parts == nil {
		return trust.Key{}, errors.New("want KIND://KEY, for instance hashivault://release")
	}
	for _, kind := range elsewhere {
		if parts[1] == kind {
			return trust.Key{}, fmt.Errorf("keys are not fetched from %s://; save the public key in a file and name that", kind)
		}
	}
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	program := prefix + parts[1]
	question, err := ask(ctx, parts[2])
	if err != nil {
		return trust.Key{}, err
	}
	output, err := run(ctx, program, common.ProtocolVersion, question)
	if ctx.Err() != nil {
		return trust.Key{}, stopped(ctx, program)
	}
	found, err := answer(program, output, err)
	if err != nil {
		return trust.Key{}, err
	}
	return trust.ParseKey(ref, found)
}

// ask writes the question for the public key.
func ask(ctx context.Context, key string) (string, error) {
	deadline, _ := ctx.Deadline()
	question, err := json.Marshal(common.PluginArgs{
		InitOptions: &common.InitOptions{
			CtxDeadline: &deadline, ProtocolVersion: common.ProtocolVersion, KeyResourceID: key, HashFunc: crypto.SHA256,
			RPCOptions: &common.RPCOptions{CtxDeadline: &deadline},
		},
		MethodArgs: &common.MethodArgs{
			MethodName: common.PublicKeyMethodName,
			PublicKey: &common.PublicKeyArgs{PublicKeyOptions: &common.PublicKeyOptions{
				RPCOptions: common.RPCOptions{CtxDeadline: &deadline},
			}},
		},
	})
	if err != nil {
		return "", fmt.Errorf("write the question: %w", err)
	}
	return string(question), nil
}

func stopped(ctx context.Context, program string) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fmt.Errorf("the plugin %s gave no answer in time", program)
	}
	return fmt.Errorf("the plugin %s was stopped: %w", program, context.Cause(ctx))
}

// answer reads what the plugin wrote. A plugin that refuses says why in its answer, and ends with some exit code.
func answer(program string, output []byte, err error) ([]byte, error) {
	switch {
	case errors.Is(err, ErrMissing):
		return nil, fmt.Errorf("there is no program %s on the PATH; install that plugin, or save the public key in a file and name that", program)
	case len(output) > MaxAnswer:
		return nil, fmt.Errorf("the plugin %s wrote more than %d KiB, which no answer needs", program, MaxAnswer>>10)
	}
	var response common.PluginResp
	unreadable := json.Unmarshal(output, &response) != nil
	switch {
	case !unreadable && response.ErrorMessage != "":
		return nil, fmt.Errorf("the plugin %s says: %s", program, quote(response.ErrorMessage))
	case err != nil:
		return nil, fmt.Errorf("the plugin %s failed: %w", program, err)
	case unreadable:
		return nil, fmt.Errorf("the plugin %s wrote something that is no answer of the protocol %s", program, common.ProtocolVersion)
	case response.PublicKey == nil || len(response.PublicKey.PublicKeyPEM) == 0:
		return nil, fmt.Errorf("the plugin %s gave no public key", program)
	}
	return response.PublicKey.PublicKeyPEM, nil
}

// maxQuoted is how much of a plugin's own words is passed on, in bytes.
const maxQuoted = 300

func quote(text string) string {
	text = strings.ToValidUTF8(strings.Join(strings.Fields(text), " "), "�")
	if len(text) <= maxQuoted {
		return text
	}
	cut := maxQuoted
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "…"
}
