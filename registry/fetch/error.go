package fetch

import (
	"context"
	"errors"
	"io"
	"net"
	"net/url"
	"time"

	"github.com/attestree/attestree/model"
)

// Kind tells errors apart, where that matters for what is said.
type Kind int

// The kinds. Only NotFound says that something is not there.
const (
	Failed Kind = iota
	NotFound
	Denied
	Busy
	TooLarge
	Offline
)

// Error is why a document could not be had.
type Error struct {
	Kind   Kind
	Host   string
	Status int           // of HTTP, 0 without an answer
	After  time.Duration // how long the service asks to wait
	Detail string        // in a sentence

	again bool // it may be gone next time
}

func (e *Error) Error() string { return e.Host + ": " + e.Detail }

// Lookup is what the ledger says of an error of Get.
func Lookup(err error) (status model.LookupStatus, detail string) {
	var e *Error
	if !errors.As(err, &e) {
		return model.LookupFailed, err.Error()
	}
	switch e.Kind {
	case NotFound:
		return model.LookupNone, ""
	case Denied:
		return model.LookupDenied, e.Error()
	case TooLarge:
		return model.LookupTruncated, e.Error()
	case Failed, Busy, Offline:
	}
	return model.LookupFailed, e.Error()
}

// Is reports whether err is an Error of that kind.
func Is(err error, kind Kind) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == kind
}

// broken is an error without an answer, in words of our own: those of the library quote addresses.
func broken(host string, err error) *Error {
	e := &Error{Kind: Failed, Host: host, Detail: "the connection broke"}
	var op *net.OpError
	var dns *net.DNSError
	var wrapped *url.Error
	switch {
	case errors.Is(err, errElsewhere):
		e.Detail = errElsewhere.Error()
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &wrapped) && wrapped.Timeout():
		e.Detail = "it did not answer in time"
	case errors.As(err, &dns):
		e.Detail = "there is no such host, or no way to it"
	case errors.As(err, &op) && op.Op == "dial":
		e.Detail = "nobody answers there"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &op):
		e.again = true
	case errors.As(err, &wrapped):
		e.Detail = "no connection could be made: " + wrapped.Err.Error()
	}
	return e
}
