package model

import (
	"encoding/binary"
	"errors"
)

// maxCBORDepth is how deep the headers of a COSE message may be nested.
const maxCBORDepth = 16

// cborReader steps over CBOR items (RFC 8949). Only definite lengths are read, which is what COSE's deterministic form
// has.
type cborReader struct {
	data []byte
	left int // items that may still be stepped over
}

var errCBOR = errors.New("not a COSE_Sign1 message")

// The major types of CBOR (RFC 8949 section 3.1).
const (
	cborBytes = 2
	cborText  = 3
	cborArray = 4
	cborMap   = 5
	cborTag   = 6
)

// Sign1 reads the protected header and the payload of a COSE_Sign1 message (RFC 9052 section 4.2): tag 18 over
// [protected, unprotected, payload, signature]. Both are parts of raw.
func Sign1(raw []byte) (protected, payload []byte, err error) {
	r := &cborReader{data: raw, left: maxKeys}
	major, n, err := r.head()
	if err != nil {
		return nil, nil, err
	}
	if major == cborTag && n == 18 {
		if major, n, err = r.head(); err != nil {
			return nil, nil, err
		}
	}
	if major != cborArray || n != 4 {
		return nil, nil, errCBOR
	}
	if protected, err = r.bytes(); err != nil {
		return nil, nil, err
	}
	if err := r.skip(0); err != nil {
		return nil, nil, err
	}
	payload, err = r.bytes()
	return protected, payload, err
}

// bytes reads a byte string.
func (r *cborReader) bytes() ([]byte, error) {
	major, n, err := r.head()
	if err != nil || major != cborBytes {
		return nil, errCBOR
	}
	return r.take(n)
}

// head reads an item's initial bytes: its major type and its argument.
func (r *cborReader) head() (major byte, argument uint64, err error) {
	first, err := r.take(1)
	if err != nil {
		return 0, 0, err
	}
	major, info := first[0]>>5, first[0]&0x1f
	if info < 24 {
		return major, uint64(info), nil
	}
	if info > 27 {
		return 0, 0, errCBOR // indefinite length, or reserved
	}
	digits, err := r.take(1 << (info - 24))
	if err != nil {
		return 0, 0, err
	}
	var wide [8]byte
	copy(wide[8-len(digits):], digits)
	return major, binary.BigEndian.Uint64(wide[:]), nil
}

func (r *cborReader) take(n uint64) ([]byte, error) {
	if n > uint64(len(r.data)) {
		return nil, errCBOR
	}
	out := r.data[:n]
	r.data = r.data[n:]
	return out, nil
}

// skip steps over one item and all that is in it.
func (r *cborReader) skip(depth int) error {
	if r.left--; r.left < 0 || depth > maxCBORDepth {
		return errCBOR
	}
	major, n, err := r.head()
	if err != nil {
		return err
	}
	items := uint64(0)
	switch major {
	case cborBytes, cborText:
		_, err = r.take(n)
		return err
	case cborArray:
		items = n
	case cborMap:
		if n > uint64(len(r.data)) {
			return errCBOR
		}
		items = 2 * n
	case cborTag:
		items = 1
	}
	for range items {
		if err := r.skip(depth + 1); err != nil {
			return err
		}
	}
	return nil
}
