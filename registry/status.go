package registry

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/google/go-containerregistry/pkg/v1/remote/transport"

	"github.com/attestree/attestree/registry/fetch"
)

// statusFailure is what a response other than 200 means, with the registry's own words cut short. own says that it came
// from the registry and not from where it sent us.
func statusFailure(resp *http.Response, own bool) *failure {
	f := statusMeaning(resp)
	if own {
		f.code = resp.StatusCode
	} else if f.kind == KindNotFound {
		// Only the registry itself can say that there is nothing.
		f.kind = KindServer
	}
	return f
}

func statusMeaning(resp *http.Response) *failure {
	code, words := registryWords(resp)
	kind := kindOf(resp.StatusCode)
	if kind == KindNotFound {
		kind = hidden(code)
	}
	switch kind {
	case KindRateLimited:
		if after := fetch.RetryAfter(resp.Header, -1); after >= 0 {
			return failed(kind, "rate limited: the registry asks to come back after %s (status %d)", after.Round(time.Second), resp.StatusCode)
		}
		return failed(kind, "rate limited (status %d)%s", resp.StatusCode, words)
	case KindDenied:
		return failed(kind, "denied (status %d)%s", resp.StatusCode, words)
	case KindNotFound:
		return failed(kind, "not found (status %d)%s", resp.StatusCode, words)
	default:
		return failed(kind, "the registry answered with status %d%s", resp.StatusCode, words)
	}
}

// hidden is what "not found" means together with the code of an error (distribution-spec, "Error Codes"): some registries
// say so of what they do not show.
func hidden(code string) ErrorKind {
	switch strings.ToUpper(code) {
	case "DENIED", "UNAUTHORIZED":
		return KindDenied
	case "TOOMANYREQUESTS":
		return KindRateLimited
	}
	return KindNotFound
}

func kindOf(status int) ErrorKind {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusProxyAuthRequired:
		return KindDenied
	case http.StatusNotFound, http.StatusGone:
		return KindNotFound
	case http.StatusTooManyRequests:
		return KindRateLimited
	case http.StatusRequestTimeout, http.StatusGatewayTimeout:
		return KindTimedOut
	}
	return KindServer
}

// registryWords is the first error of a response (distribution-spec, "Error Codes"): its code, and ": CODE: message".
func registryWords(resp *http.Response) (code, words string) {
	raw, err := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	if err != nil {
		return "", ""
	}
	var answer struct {
		Errors []struct{ Code, Message string }
	}
	if json.Unmarshal(raw, &answer) != nil || len(answer.Errors) == 0 {
		return "", ""
	}
	first := answer.Errors[0]
	return first.Code, ": " + unsaid(strings.TrimSuffix(first.Code+": "+first.Message, ": "), resp.Request)
}

// unsaid are words of a service without what it was told in confidence: one may say it back, and errors end in logs.
func unsaid(words string, req *http.Request) string {
	if req == nil {
		return words
	}
	_, told, _ := strings.Cut(req.Header.Get("Authorization"), " ")
	secrets := []string{told}
	if _, password, is := req.BasicAuth(); is {
		secrets = append(secrets, password)
	}
	for _, secret := range secrets {
		if secret != "" {
			words = strings.ReplaceAll(words, secret, "…")
		}
	}
	return words
}

// requestFailure is why no response came.
func requestFailure(ctx context.Context, err error) *failure {
	var f *failure
	var refused *transport.Error
	var timeout interface{ Timeout() bool }
	switch {
	case errors.As(err, &f):
		return f
	case errors.As(err, &refused):
		// The token service answered, and not with a token.
		kind := kindOf(refused.StatusCode)
		if kind == KindNotFound {
			kind = KindServer
		}
		return failed(kind, "no token (status %d): %s", refused.StatusCode, unsaid(diagnosis(refused), refused.Request))
	case errors.Is(ctx.Err(), context.Canceled):
		return asFailure(context.Canceled)
	case ctx.Err() != nil, errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return failed(KindTimedOut, "timed out")
	}
	return notReached(err)
}

func diagnosis(e *transport.Error) string {
	if len(e.Errors) > 0 {
		return e.Errors[0].String()
	}
	return http.StatusText(e.StatusCode)
}

// connectFailure is why a registry could not be spoken to at all.
func connectFailure(host string, err error) *failure {
	f := requestFailure(context.Background(), err)
	switch f.kind {
	case KindUnreachable:
		cannot := failed(f.kind, "cannot reach %s: %s", host, f.detail)
		cannot.remedy = f.remedy
		return cannot
	case KindTimedOut:
		return failed(f.kind, "%s did not answer in time", host)
	case KindServer:
		return failed(f.kind, "%s does not answer like a registry: %s", host, f.detail)
	default:
		return f
	}
}

// cutShort is why a body could not be read to its end.
func cutShort(err error) error {
	var f *failure
	if errors.As(err, &f) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return err
	}
	cut := failed(KindUnreachable, "the answer was cut short: %s", unreachable(err))
	cut.remedy = "try again"
	return cut
}
