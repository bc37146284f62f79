package github

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/golang/snappy"
)

// framed is how the stream format begins (snappy, framing_format.txt, section 4.1).
var framed = []byte("\xff\x06\x00\x00sNaPpY")

// decompress gives a bundle as it was before snappy: GitHub stores them in its block format. JSON that is not compressed
// begins with a brace, which as the length of a block would be shorter than any bundle.
func decompress(raw []byte, limit int64) ([]byte, error) {
	if start := bytes.TrimLeft(raw, " \t\r\n"); len(start) > 0 && start[0] == '{' {
		return raw, nil
	}
	if bytes.HasPrefix(raw, framed) {
		plain, err := io.ReadAll(io.LimitReader(snappy.NewReader(bytes.NewReader(raw)), limit+1))
		switch {
		case err != nil:
			return nil, errDamaged
		case int64(len(plain)) > limit:
			return nil, tooLarge(limit)
		}
		return plain, nil
	}
	size, err := snappy.DecodedLen(raw)
	switch {
	case err != nil:
		return nil, errors.New("it is neither JSON nor compressed with snappy")
	case int64(size) > limit:
		return nil, tooLarge(limit)
	}
	plain, err := snappy.Decode(nil, raw)
	if err != nil {
		return nil, errDamaged
	}
	return plain, nil
}

var errDamaged = errors.New("what is compressed with snappy is damaged")

func tooLarge(limit int64) error {
	return fmt.Errorf("it is larger than %d MiB once decompressed", limit>>20)
}
