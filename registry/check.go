package registry

import (
	"errors"
	"io"

	"github.com/attestree/attestree/model"
)

// readAtMost reads everything, or fails as soon as there is more than limit bytes.
func readAtMost(r io.Reader, limit int64) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(raw)) > limit {
		return nil, failed(KindTooLarge, "larger than %s, which is as much as is read", bytesText(limit))
	}
	return raw, nil
}

// readBlob reads a payload and compares it with the descriptor that named it: its size first, because that bounds the
// reading, then its digest.
func readBlob(r io.Reader, digest model.Digest, size int64) ([]byte, error) {
	raw, err := readAtMost(r, size)
	var f *failure
	switch {
	case errors.As(err, &f):
		return nil, failed(KindTampered, "the manifest says %d bytes, and more came", size)
	case err != nil:
		return nil, err
	case int64(len(raw)) != size:
		return nil, failed(KindTampered, "the manifest says %d bytes, and %d came", size, len(raw))
	case !digest.Matches(raw):
		return nil, mismatch(digest, raw)
	}
	return raw, nil
}

// checkManifest compares a manifest with the digest by which it was asked for.
func checkManifest(digest model.Digest, raw []byte) error {
	if !digest.Matches(raw) {
		return mismatch(digest, raw)
	}
	return nil
}

func mismatch(digest model.Digest, raw []byte) *failure {
	return failed(KindTampered, "altered: the bytes that came hash to %s and not to %s",
		model.Compute(digest.Algorithm(), raw).Short(), digest.Short())
}
