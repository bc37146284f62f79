package tuf

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"strings"
	"syscall"

	"github.com/theupdateframework/go-tuf/v2/metadata"
)

// trouble is one sentence of ours about a cause whose own words are not fit to be shown. The cause is for errors.Is.
type trouble struct {
	sentence string
	cause    error
}

func (t *trouble) Error() string { return t.sentence }
func (t *trouble) Unwrap() error { return t.cause }

func because(cause error, format string, args ...any) error {
	return &trouble{sentence: fmt.Sprintf(format, args...), cause: cause}
}

// refused says why a file of the mirror or of the cache was not accepted.
func refused(file string, err error) error {
	return because(err, "%s %s", file, fault(err))
}

// fault is what go-tuf found wrong with a file, as the end of a sentence about it. The order matters: its errors are also
// errors of a more general kind.
func fault(err error) string {
	switch {
	case errors.Is(err, &metadata.ErrExpiredMetadata{}):
		return "has expired: the mirror is stale, or somebody keeps news away, or the clock of this machine is wrong"
	case errors.Is(err, &metadata.ErrUnsignedMetadata{}):
		return "is not signed by enough of the keys that may sign it"
	case errors.Is(err, &metadata.ErrBadVersionNumber{}):
		return "has another version than it must have: what was seen before may not be taken back"
	case errors.Is(err, &metadata.ErrLengthOrHashMismatch{}):
		return "has another length or hash than is signed for"
	}
	return "is not TUF metadata that can be used"
}

// unreachable is what kept a connection from bringing an answer, as the end of a sentence about it.
func unreachable(err error) string {
	var dns *net.DNSError
	var tlsRecord tls.RecordHeaderError
	var tlsCertificate *tls.CertificateVerificationError
	var timeout net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return "it was cancelled"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "no answer in time"
	case errors.Is(err, errPrivate):
		return "it redirects to a private address"
	case errors.Is(err, errPlain):
		return "it leads on to an address without TLS"
	case errors.Is(err, errRedirects):
		return "it leads on and on"
	case errors.As(err, &dns):
		return "no host of that name is known"
	case errors.As(err, &tlsCertificate), errors.As(err, &tlsRecord):
		return "its TLS certificate is not to be trusted"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "the connection was refused"
	}
	return "the connection failed"
}

// unwritable is what kept a file from being written or read, as the end of a sentence about it.
func unwritable(err error) string {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	case errors.Is(err, syscall.EROFS):
		return "the file system is read-only"
	case errors.Is(err, syscall.ENOSPC):
		return "no space left"
	case errors.Is(err, syscall.ENOTDIR), errors.Is(err, fs.ErrExist):
		return "something else is in its place"
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		return strings.ToLower(path.Err.Error())
	}
	return "the system refused"
}
