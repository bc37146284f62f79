package registry

import (
	"archive/tar"
	"compress/flate"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"strings"
	"syscall"
)

// damage is what is wrong with bytes that cannot be read, in words of our own: those of the libraries name packages.
func damage(err error) string {
	var corrupt flate.CorruptInputError
	var at *fs.PathError
	var number syscall.Errno
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "it ends in the middle"
	case errors.Is(err, tar.ErrHeader), errors.Is(err, tar.ErrFieldTooLong):
		return "a header in it is damaged"
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader), errors.As(err, &corrupt):
		return "its compression is damaged"
	case errors.Is(err, fs.ErrNotExist):
		return "it does not exist"
	case errors.As(err, &number):
		return number.Error()
	case errors.As(err, &at) && strings.Contains(at.Err.Error(), "escapes"):
		return "it leads out of the folder"
	}
	return "it cannot be read"
}
