package listing

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// plain reads text as UTF-8 without a byte order mark. Shells of Windows write what they are told to keep in a file as
// UTF-16 with such a mark, or as UTF-8 with one.
func plain(r io.Reader) (io.Reader, error) {
	in := bufio.NewReader(r)
	start, err := in.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(start, []byte("\xef\xbb\xbf")):
		_, err = in.Discard(3)
		return in, err
	case bytes.HasPrefix(start, []byte("\xff\xfe")):
		_, err = in.Discard(2)
		return &wide{in: in, order: binary.LittleEndian}, err
	case bytes.HasPrefix(start, []byte("\xfe\xff")):
		_, err = in.Discard(2)
		return &wide{in: in, order: binary.BigEndian}, err
	}
	return in, nil
}

// wide makes UTF-8 of UTF-16 (RFC 2781). Half a pair of surrogates becomes U+FFFD, as does half a unit at the end.
type wide struct {
	in    *bufio.Reader
	order binary.ByteOrder
	left  []byte // of the last character, not handed on yet
	high  rune   // the first half of a pair, 0 without one
}

// Read is io.Reader.
func (w *wide) Read(b []byte) (n int, err error) {
	for n < len(b) {
		if len(w.left) == 0 {
			if err := w.next(); err != nil {
				if n > 0 {
					return n, nil
				}
				return 0, err
			}
		}
		copied := copy(b[n:], w.left)
		w.left = w.left[copied:]
		n += copied
	}
	return n, nil
}

// next decodes until there is something to hand on.
func (w *wide) next() error {
	for len(w.left) == 0 {
		var unit [2]byte
		_, err := io.ReadFull(w.in, unit[:])
		switch {
		case errors.Is(err, io.EOF) && w.high == 0:
			return io.EOF
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			w.high = 0
			w.left = utf8.AppendRune(nil, utf8.RuneError)
			return nil
		case err != nil:
			return err
		}
		w.take(rune(w.order.Uint16(unit[:])))
	}
	return nil
}

// take adds one unit.
func (w *wide) take(r rune) {
	if w.high != 0 {
		if whole := utf16.DecodeRune(w.high, r); whole != utf8.RuneError {
			w.left, w.high = utf8.AppendRune(nil, whole), 0
			return
		}
		w.left, w.high = utf8.AppendRune(w.left, utf8.RuneError), 0
	}
	switch {
	case 0xd800 <= r && r < 0xdc00:
		w.high = r
	case utf16.IsSurrogate(r):
		w.left = utf8.AppendRune(w.left, utf8.RuneError)
	default:
		w.left = utf8.AppendRune(w.left, r)
	}
}
