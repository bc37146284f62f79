package registry

import (
	"cmp"
	"crypto/tls"
	"errors"
	"net"
	"net/http"

	"github.com/google/go-containerregistry/pkg/name"
)

// advice is what a person can do about something that could not be had from the registry that is spoken to in s.
func advice(f *failure, r reference, s *session) string {
	switch f.kind {
	case KindNotFound:
		if r.tag == "" {
			return "check the name and the digest: a digest is known only in the repositories that it was pushed to"
		}
		return "check the name and the tag"
	case KindDenied:
		return s.loginAdvice()
	case KindRateLimited:
		return "wait, or log in: most registries allow more to those they know"
	case KindTimedOut:
		return "try again; if it goes on, something on the way may let nothing through"
	case KindUnreachable:
		return cmp.Or(f.remedy, "check the name and the network")
	case KindServer:
		if f.code >= http.StatusInternalServerError {
			return "try again later: the trouble is the registry's own"
		}
		return "is it a container registry?"
	case KindTampered:
		return "do not trust this registry, or whatever stands between you and it"
	case KindUsage, KindAmbiguous, KindOffline, KindTooLarge, KindUnsupported, KindBroken:
	}
	return ""
}

// loginAdvice is what to do where the registry does not let us in. Whether it was told who we are makes the difference.
func (s *session) loginAdvice() string {
	login := "docker login"
	if host := s.repo.RegistryStr(); host != name.DefaultRegistry {
		login += " " + host
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.remark != nil:
		return s.remark.Message
	case !s.asked:
		return "no credentials were sent, since it asked for none at /v2/; check the name: some registries say this of what does not exist"
	case s.named:
		return "the credentials that " + login + " keeps were sent: they may have expired, or may not read this; some registries also say this of what does not exist"
	}
	return "no credentials were sent: " + login + " or a credential helper provides them; some registries also say this of what does not exist"
}

// remedy is what may help against what kept a connection from bringing an answer.
func remedy(err error) string {
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var dns *net.DNSError
	switch {
	case errors.As(err, &certificate):
		return "check the name; a private authority has to be known to this machine. --allow-insecure-registry accepts any certificate, and then anybody can answer"
	case errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		return "check the port; --allow-http-registry is for a registry without encryption"
	case errors.As(err, &dns):
		return "check the name and the network"
	}
	return "check the name, the port and the network; --allow-http-registry is for a registry without encryption"
}

// unencrypted is a host that would have to be spoken to without encryption. It is no failure: where encryption was tried
// first, what became of that is worth saying.
type unencrypted string

func (host unencrypted) Error() string {
	return string(host) + " would be spoken to without encryption, which is not allowed"
}
