package registry

import (
	"context"
	"errors"
	"fmt"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/fetch"
)

// ErrorKind says what stood in the way, for callers that choose an exit code or a hint.
type ErrorKind string

// The kinds.
const (
	KindUsage       ErrorKind = "usage"        // the source or an option makes no sense
	KindAmbiguous   ErrorKind = "ambiguous"    // several images to choose from; usage too
	KindOffline     ErrorKind = "offline"      // it would need the network
	KindNotFound    ErrorKind = "not-found"    // the registry or layout says that it has no such thing
	KindDenied      ErrorKind = "denied"       // 401, 403, or a file that may not be read
	KindRateLimited ErrorKind = "rate-limited" // 429 for longer than we wait
	KindTimedOut    ErrorKind = "timed-out"
	KindUnreachable ErrorKind = "unreachable" // no connection, or it broke
	KindServer      ErrorKind = "server"      // 5xx, or another status that makes no sense
	KindTampered    ErrorKind = "tampered"    // bytes came and do not match their digest or size
	KindTooLarge    ErrorKind = "too-large"
	KindUnsupported ErrorKind = "unsupported" // understood, but not something that can be read
	KindBroken      ErrorKind = "broken"      // bytes that are not what they should be
)

// SourceError says why Discover could not do its work.
type SourceError struct {
	Source string
	Kind   ErrorKind
	Tried  string // what was tried, e.g. "a file of that name, then a registry reference"; may be ""
	Hint   string // what the person can do; may be ""
	Err    error
}

// Error is one line without the hint. It may quote a registry's words.
func (e *SourceError) Error() string {
	if e.Tried == "" {
		return fmt.Sprintf("open %s: %v", fetch.WithoutUser(e.Source), e.Err)
	}
	return fmt.Sprintf("open %s: %v (tried %s)", fetch.WithoutUser(e.Source), e.Err, e.Tried)
}

// Unwrap is the cause.
func (e *SourceError) Unwrap() error { return e.Err }

// Advice is the hint, for those who know nothing of registries.
func (e *SourceError) Advice() string { return e.Hint }

// Usage reports whether the person has to ask differently, as opposed to something that could not be finished.
func (e *SourceError) Usage() bool { return e.Kind == KindUsage || e.Kind == KindAmbiguous }

// failure is why one manifest, payload or list could not be had.
type failure struct {
	kind   ErrorKind
	detail string // for a person; may quote the registry
	code   int    // HTTP status, 0 if there is none
	remedy string // of what could not be reached: what may help
	note   string // what a person should know of how it ended, beside detail; "" for nothing
}

func (f *failure) Error() string { return f.detail }

func failed(kind ErrorKind, format string, args ...any) *failure {
	return &failure{kind: kind, detail: fetch.Short(fmt.Sprintf(format, args...))}
}

// asFailure gives every error a kind.
func asFailure(err error) *failure {
	var f *failure
	switch {
	case err == nil:
		return nil
	case errors.As(err, &f):
		return f
	case errors.Is(err, context.DeadlineExceeded):
		return failed(KindTimedOut, "timed out")
	case errors.Is(err, context.Canceled):
		return failed(KindTimedOut, "stopped before it was answered")
	}
	return notReached(err)
}

// status is the word of the discovery ledger for a look-up that ended with f.
func (f *failure) status() model.LookupStatus {
	switch f.kind {
	case KindNotFound:
		return model.LookupNone
	case KindDenied:
		return model.LookupDenied
	case KindUnsupported:
		return model.LookupUnsupported
	case KindTooLarge:
		return model.LookupTruncated
	case KindUsage, KindAmbiguous, KindOffline, KindRateLimited, KindTimedOut, KindUnreachable, KindServer, KindTampered, KindBroken:
	}
	return model.LookupFailed
}
