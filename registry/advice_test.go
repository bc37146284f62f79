package registry

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/authn"

	"github.com/attestree/attestree/registry/registrytest"
)

func TestEachRefusalSaysWhatCanBeDoneAboutIt(t *testing.T) {
	const manifest = "manifests/"
	digest := "@sha256:" + strings.Repeat("0", 64)
	for name, c := range map[string]struct {
		fault        registrytest.Fault
		named        string
		user         string // of whom there are credentials
		error, hints string
	}{
		"a registry that asks nobody": {registrytest.Fault{Path: manifest, Status: 403}, ":1", "ann", "denied", "asked for none at /v2/"},
		"no such tag":                 {registrytest.Fault{}, ":2", "", "not found", "the tag"},
		"no such digest":              {registrytest.Fault{}, digest, "", "not found", "a digest is known only in the repositories"},
		"too often asked":             {registrytest.Fault{Path: manifest, Status: 429, Header: http.Header{"Retry-After": {"3600"}}}, ":1", "", "come back after 1h0m0s", "wait"},
		"not well":                    {registrytest.Fault{Path: manifest, Status: 501}, ":1", "", "status 501", "the registry's own"},
		"no registry":                 {registrytest.Fault{Path: manifest, Status: 418}, ":1", "", "status 418", "is it a container registry"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := registrytest.New(t, registrytest.Config{})
			r.Image(t, "x", "1", "image")
			if c.fault.Status != 0 {
				r.Fail(c.fault)
			}
			opts := quick()
			if c.user != "" {
				opts.Keychain = keychain{c.user, "password"}
			}
			_, err := discovered(t, r.Host()+"/x"+c.named, opts)
			if err == nil || !strings.Contains(err.Error(), c.error) || !strings.Contains(hint(err), c.hints) {
				t.Errorf("%v\nhint: %s\nwant %q and %q", err, hint(err), c.error, c.hints)
			}
		})
	}
}

func TestARefusalSaysWhetherTheRegistryWasToldWhoAsks(t *testing.T) {
	for name, c := range map[string]struct {
		config registrytest.Config
		keys   authn.Keychain
		hints  string
	}{
		"nobody, where a token is wanted":    {registrytest.Config{Token: true, User: "ann", Password: "right"}, anonymous{}, "no credentials were sent: docker login 127.0.0.1"},
		"nobody, where a password is wanted": {registrytest.Config{Basic: true, User: "ann", Password: "right"}, anonymous{}, "no credentials were sent: docker login 127.0.0.1"},
		"somebody, for a token":              {registrytest.Config{Token: true, User: "ann", Password: "right"}, keychain{"ann", "wrong"}, "keeps were sent"},
		"somebody, by a password":            {registrytest.Config{Basic: true, User: "ann", Password: "right"}, keychain{"ann", "wrong"}, "keeps were sent"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := registrytest.New(t, c.config)
			r.Image(t, "x", "1", "image")
			r.Fail(registrytest.Fault{Path: "manifests/", Status: 401})
			opts := quick()
			opts.Keychain = c.keys
			_, err := discovered(t, r.Host()+"/x:1", opts)
			checkKind(t, err, KindDenied)
			if !strings.Contains(hint(err), c.hints) {
				t.Errorf("hint %q, want %q in it", hint(err), c.hints)
			}
		})
	}
}

func TestARefusalSaysThatTheCredentialsCouldNotBeHad(t *testing.T) {
	home(t, `{"credsStore":"missing"}`, nil)
	r := registrytest.New(t, registrytest.Config{})
	r.Fail(registrytest.Fault{Path: "manifests/", Status: 401})
	opts := quick()
	opts.Keychain = nil
	_, err := discovered(t, r.Host()+"/x:1", opts)
	checkKind(t, err, KindDenied)
	if !strings.Contains(hint(err), "docker-credential-missing is not installed") {
		t.Errorf("hint %q does not say why nobody is logged in", hint(err))
	}
}

// outage is a network in which every connection ends the same way.
type outage struct{ err error }

func (f outage) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }

func TestWhatKeepsAConnectionFromBeingMadeSaysWhatMayHelp(t *testing.T) {
	for name, c := range map[string]struct {
		err          error
		error, hints string
	}{
		"a certificate":  {&tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}, "its certificate is by an authority", "--allow-insecure-registry"},
		"no encryption":  {http.ErrSchemeMismatch, "does not speak TLS", "--allow-http-registry"},
		"no such name":   {&net.DNSError{IsNotFound: true}, "no host of that name", "check the name and the network"},
		"anything other": {errors.New("out of order"), "the connection failed", "the port and the network"},
	} {
		t.Run(name, func(t *testing.T) {
			opts := quick()
			opts.Transport = outage{c.err}
			_, err := discovered(t, "registry.example.com/x:1", opts)
			checkKind(t, err, KindUnreachable)
			if !strings.Contains(err.Error(), c.error) || !strings.Contains(hint(err), c.hints) {
				t.Errorf("%v\nhint: %s\nwant %q and %q", err, hint(err), c.error, c.hints)
			}
		})
	}
}

// The library asks hosts with private addresses without encryption too, if encryption fails; that this is not allowed is
// not what went wrong.
func TestWhyEncryptionFailedIsSaidOfPrivateAddressesToo(t *testing.T) {
	opts := quick()
	opts.Transport = outage{&tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}}
	_, err := discovered(t, "10.0.0.1:5000/x:1", opts)
	checkKind(t, err, KindUnreachable)
	if !strings.Contains(err.Error(), "its certificate is by an authority") || !strings.Contains(hint(err), "--allow-insecure-registry") {
		t.Errorf("%v\nhint: %s", err, hint(err))
	}
}

// onlyHost is a network in which only one host can be found.
type onlyHost struct{ host string }

func (e onlyHost) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL.Host != e.host {
		return nil, &net.DNSError{IsNotFound: true, Name: req.URL.Host}
	}
	return http.DefaultTransport.RoundTrip(req)
}

func TestWhereTheRegistrySendsUsOnToIsNamedIfNobodyIsThere(t *testing.T) {
	r := registrytest.New(t, registrytest.Config{})
	r.Fail(registrytest.Fault{Path: "manifests/", Redirect: "https://user:secret@login.example.com/x?token=secret"})
	opts := quick()
	opts.Transport = onlyHost{r.Host()}
	_, err := discovered(t, r.Host()+"/x:1", opts)
	checkKind(t, err, KindUnreachable)
	if !strings.Contains(err.Error(), "sent on to login.example.com: no host of that name") || strings.Contains(err.Error(), "secret") {
		t.Errorf("said %v", err)
	}
}

func TestADigestAloneIsAskedOfNobody(t *testing.T) {
	for _, digest := range []string{"sha256:" + strings.Repeat("a", 64), "sha512:" + strings.Repeat("a", 128), strings.Repeat("a", 64)} {
		opts := quick()
		opts.Transport = refusing{t}
		_, err := discovered(t, digest, opts)
		checkKind(t, err, KindUsage)
		if !strings.Contains(err.Error(), "write registry/repository@sha") {
			t.Errorf("%q: said %v", digest, err)
		}
	}
}
