package registrytest

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"time"
)

const bearer = "Bearer test-"

// token gives out a token, to those whom it knows.
func (r *Registry) token(w http.ResponseWriter, req *http.Request) {
	user, password, _ := req.BasicAuth()
	if r.config.User != "" && (user != r.config.User || password != r.config.Password) {
		refuse(w, http.StatusUnauthorized, "UNAUTHORIZED", "unknown user or wrong password")
		return
	}
	r.mu.Lock()
	r.tokens++
	n := r.tokens
	r.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(`{"token":"test-` + strconv.Itoa(n) + `","expires_in":300}`))
}

func (r *Registry) admitted(req *http.Request) bool {
	return strings.HasPrefix(req.Header.Get("Authorization"), bearer)
}

// fail answers as a fault says.
func (r *Registry) fail(w http.ResponseWriter, req *http.Request, f *Fault) {
	for key, values := range f.Header {
		w.Header()[http.CanonicalHeaderKey(key)] = values
	}
	switch {
	case f.Hang:
		select {
		case <-req.Context().Done():
		case <-r.done:
		}
	case f.Endless || f.Drip > 0:
		r.endless(w, req, f.Drip)
	case f.Redirect != "":
		w.Header().Set("Location", f.Redirect)
		w.WriteHeader(http.StatusTemporaryRedirect)
	case f.Status != 0:
		w.WriteHeader(f.Status)
		_, _ = w.Write([]byte(f.Body))
	default:
		r.spoil(w, req, f)
	}
}

// endless sends spaces, which may stand before any JSON, for as long as anybody reads them.
func (r *Registry) endless(w http.ResponseWriter, req *http.Request, drip time.Duration) {
	chunk := []byte(" ")
	if drip == 0 {
		chunk = bytes.Repeat(chunk, 64<<10)
	}
	control := http.NewResponseController(w)
	for req.Context().Err() == nil {
		if _, err := w.Write(chunk); err != nil || control.Flush() != nil {
			return
		}
		if drip > 0 && !r.pause(req, drip) {
			return
		}
	}
}

// spoil answers properly, but for the body.
func (r *Registry) spoil(w http.ResponseWriter, req *http.Request, f *Fault) {
	good := httptest.NewRecorder()
	r.serve(good, req)
	body := good.Body.Bytes()
	for key, values := range good.Header() {
		if w.Header().Get(key) == "" {
			w.Header()[key] = values
		}
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	switch {
	case f.Flip && len(body) > 0:
		body[len(body)/2] ^= 1
	case f.Cut:
		body = body[:len(body)/2]
	case f.Body != "":
		body = []byte(f.Body)
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	}
	w.WriteHeader(good.Code)
	if f.Stall {
		_, _ = w.Write(body[:len(body)/2])
		_ = http.NewResponseController(w).Flush() // where it fails nobody is there any more
		r.pause(req, time.Hour)
		return
	}
	_, _ = w.Write(body)
}
