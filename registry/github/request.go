package github

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/fetch"
)

// trouble is why an answer could not be had.
type trouble struct {
	status model.LookupStatus
	detail string
	code   int // HTTP status, 0 if there is none
}

func failed(status model.LookupStatus, format string, args ...any) *trouble {
	return &trouble{status: status, detail: fetch.Short(fmt.Sprintf(format, args...))}
}

// tries is how often a request is made at most.
const tries = 3

// get asks for something, of at most limit bytes. ours says that it is the API: then the token goes with it.
func (c *Client) get(ctx context.Context, u *url.URL, ours bool, limit int64) ([]byte, http.Header, *trouble) {
	select {
	case c.turns <- struct{}{}:
		defer func() { <-c.turns }()
	case <-ctx.Done():
		return nil, nil, failed(model.LookupFailed, "stopped before it was asked")
	}
	if ours {
		if why := c.quiet.kept(c.now()); why != nil {
			return nil, nil, why
		}
	}
	waited := time.Duration(0)
	for try := 1; ; try++ {
		raw, header, t := c.once(ctx, u, ours, limit)
		if ours && ctx.Err() == nil {
			c.quiet.heard(t, header, c.now())
		}
		pause, again := pauseFor(t, header, try)
		if !again || waited+pause > c.limits.Wait {
			return raw, header, t
		}
		waited += pause
		if c.sleep(ctx, pause) != nil {
			return nil, nil, t
		}
	}
}

// pauseFor says whether to ask again, and after how long: where the server says so, or stumbles.
func pauseFor(t *trouble, header http.Header, try int) (time.Duration, bool) {
	if t == nil || try >= tries {
		return 0, false
	}
	if seconds, err := strconv.Atoi(header.Get("Retry-After")); err == nil && seconds >= 0 && limited(t.code) {
		return time.Duration(min(seconds, 1<<20)) * time.Second, true
	}
	return 200 * time.Millisecond << try, t.code >= 500 && t.code != http.StatusNotImplemented
}

func limited(code int) bool {
	return code == http.StatusForbidden || code == http.StatusTooManyRequests || code == http.StatusServiceUnavailable
}

func (c *Client) once(ctx context.Context, u *url.URL, ours bool, limit int64) ([]byte, http.Header, *trouble) {
	ctx, cancel := context.WithTimeout(ctx, c.limits.Request)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return nil, nil, failed(model.LookupFailed, "its address cannot be asked")
	}
	req.Header.Set("User-Agent", c.userAgent)
	if ours {
		req.Header.Set("Accept", "application/vnd.github+json")
		req.Header.Set("X-GitHub-Api-Version", "2022-11-28")
		if c.token != "" {
			req.Header.Set("Authorization", "Bearer "+c.token)
		}
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, nil, noAnswer(ctx, u, err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return nil, resp.Header, refused(resp, c.token != "")
	}
	raw, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	switch {
	case err != nil:
		return nil, resp.Header, noAnswer(ctx, u, err)
	case int64(len(raw)) > limit:
		return nil, resp.Header, failed(model.LookupTruncated, "an answer larger than %d MiB, which is as much as is read", limit>>20)
	}
	return raw, resp.Header, nil
}

// noAnswer is why no whole answer came, in words of our own: the address may hold a signature that lets its holder read.
func noAnswer(ctx context.Context, u *url.URL, err error) *trouble {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		err = ctx.Err()
	}
	return failed(model.LookupFailed, "%s could not be asked: %s", u.Host, cmp.Or(fetch.Trouble(err), "the connection failed"))
}

// refused is what an answer other than 200 means. known says that a token went with the question.
func refused(resp *http.Response, known bool) *trouble {
	words := saying(resp.Body)
	t := failed(model.LookupFailed, "status %d%s", resp.StatusCode, words)
	switch code := resp.StatusCode; {
	case code == http.StatusTooManyRequests, code == http.StatusForbidden && spent(resp.Header):
		t = failed(model.LookupFailed, "rate limited (status %d)%s%s", code, until(resp.Header, known), words)
	case code == http.StatusUnauthorized, code == http.StatusForbidden:
		t = failed(model.LookupDenied, "denied (status %d)%s", code, words)
	case code == http.StatusNotFound:
		t = failed(model.LookupNone, "not found")
	}
	t.code = resp.StatusCode
	return t
}

// spent reports whether a refusal means that too much was asked (GitHub REST API, "Rate limits").
func spent(h http.Header) bool {
	return h.Get("X-RateLimit-Remaining") == "0" || h.Get("Retry-After") != ""
}

func until(h http.Header, known bool) string {
	seconds, err := strconv.ParseInt(h.Get("X-RateLimit-Reset"), 10, 64)
	if err != nil || seconds <= 0 || seconds > 1<<40 {
		return ""
	}
	end := " until " + time.Unix(seconds, 0).UTC().Format(time.RFC3339)
	if known {
		return end
	}
	return end + "; a token allows more"
}

func saying(body io.Reader) string {
	raw, err := io.ReadAll(io.LimitReader(body, 64<<10))
	var answer struct {
		Message string `json:"message"`
	}
	if err != nil || json.Unmarshal(raw, &answer) != nil || answer.Message == "" {
		return ""
	}
	return ": " + answer.Message
}
