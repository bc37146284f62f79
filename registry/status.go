package registry

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/google/go-containerregistry/pkg/v1/remote/transport"
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
	words := registryWords(resp.Body)
	kind := kindOf(resp.StatusCode)
	switch kind {
	case KindRateLimited:
		if after := resp.Header.Get("Retry-After"); after != "" {
			return failed(kind, "rate limited: the registry asks to come back after %s (status 429)", after)
		}
		return failed(kind, "rate limited (status 429)%s", words)
	case KindDenied:
		return failed(kind, "denied (status %d)%s", resp.StatusCode, words)
	case KindNotFound:
		return failed(kind, "not found (status %d)%s", resp.StatusCode, words)
	default:
		return failed(kind, "the registry answered with status %d%s", resp.StatusCode, words)
	}
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

// registryWords is the first error of a response (distribution-spec, "Error Codes"), as ": CODE: message".
func registryWords(body io.Reader) string {
	raw, err := io.ReadAll(io.LimitReader(body, 64<<10))
	if err != nil {
		return ""
	}
	var answer struct {
		Errors []struct{ Code, Message string }
	}
	if json.Unmarshal(raw, &answer) != nil || len(answer.Errors) == 0 {
		return ""
	}
	return ": " + strings.TrimSuffix(answer.Errors[0].Code+": "+answer.Errors[0].Message, ": ")
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
		return failed(kind, "no token (status %d): %s", refused.StatusCode, diagnosis(refused))
	case errors.Is(ctx.Err(), context.Canceled):
		return asFailure(context.Canceled)
	case ctx.Err() != nil, errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return failed(KindTimedOut, "timed out")
	}
	return failed(KindUnreachable, "%s", unreachable(err))
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
		return failed(f.kind, "cannot reach %s: %s", host, f.detail)
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
	return failed(KindUnreachable, "the answer was cut short: %s", unreachable(err))
}
