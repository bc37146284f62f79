package fetch

import (
	"cmp"
	"errors"
	"io"
	"net"
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

// broken is an error without an answer, in words of our own.
func broken(host string, err error) *Error {
	e := &Error{Kind: Failed, Host: host, Detail: cmp.Or(Trouble(err), "the connection failed")}
	var op *net.OpError
	cut := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	e.again = cut || errors.As(err, &op) && op.Op != "dial" && !op.Timeout()
	return e
}
