package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"syscall"
)

// Trouble is what kept a connection from bringing an answer, in a few words of our own, "" for what has none. The words of
// the libraries quote addresses, which may hold a password or a signature that lets its holder read, and come several at
// once.
func Trouble(err error) string {
	var timeout net.Error
	switch words := certificateTrouble(err); {
	case words != "":
		return words
	case errors.Is(err, errElsewhere):
		return errElsewhere.Error()
	case errors.Is(err, errCircles):
		return errCircles.Error()
	case errors.Is(err, context.Canceled):
		return "it was stopped"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "no answer in time"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "connection refused"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "the connection was broken off"
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return "there is no way to it from here"
	case errors.Is(err, fs.ErrPermission):
		return "this machine does not permit the connection"
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE):
		return "too many files are open on this machine"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "the connection was closed in the middle"
	case errors.Is(err, http.ErrSchemeMismatch):
		return "it does not speak TLS"
	}
	return nameTrouble(err)
}

// nameTrouble is Trouble for names and addresses, and for what is known by nothing but its words.
func nameTrouble(err error) string {
	var dns *net.DNSError
	var address *net.AddrError
	var operation *net.OpError
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return "no host of that name is known"
	case errors.As(err, &dns):
		return "the name service does not answer"
	case errors.As(err, &address):
		return "that is no address: " + address.Err
	case strings.Contains(err.Error(), "proxyconnect"):
		return "the proxy lets nothing through"
	case strings.Contains(err.Error(), "malformed HTTP"), strings.Contains(err.Error(), "HTTP/2 frame"):
		return "what answers does not speak HTTP"
	case strings.Contains(err.Error(), "Location header"):
		return "it redirects to nowhere"
	case errors.As(err, &operation) && operation.Op == "dial":
		return "nobody answers there"
	}
	return ""
}

// certificateTrouble is unreachable for what TLS objects to, "" for anything else.
func certificateTrouble(err error) string {
	var host x509.HostnameError
	var authority x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	switch {
	case errors.As(err, &authority):
		return "its certificate is by an authority that this machine does not trust"
	case errors.As(err, &host):
		return "its certificate is for another host"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "its certificate is not valid now: it has expired, or the clock of this machine is wrong"
	case errors.As(err, &invalid), errors.As(err, &certificate):
		return "its certificate is not to be trusted"
	case errors.As(err, &record):
		return "it does not speak TLS"
	case errors.As(err, &alert):
		return "it refuses this machine's TLS"
	}
	return ""
}
