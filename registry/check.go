package registry

import (
	"bytes"
	"errors"
	"io"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/aside"
)

// readAtMost reads everything, or fails as soon as there is more than limit bytes. Where the reader knows how much there
// is, memory is asked for once: what grows is there twice while it does.
func readAtMost(r io.Reader, limit int64) ([]byte, error) {
	var b bytes.Buffer
	if sized, is := r.(interface{ Size() int64 }); is && sized.Size() <= limit {
		b.Grow(int(sized.Size()) + bytes.MinRead)
	}
	if _, err := b.ReadFrom(io.LimitReader(r, limit+1)); err != nil {
		return nil, err
	}
	raw := b.Bytes()
	if int64(len(raw)) > limit {
		return nil, failed(KindTooLarge, "larger than %s, which is as much as is read", bytesText(limit))
	}
	return raw, nil
}

// readBlob reads a payload and compares it with the descriptor that named it: its size first, because that bounds the
// reading, then its digest, of the bytes as they will be read later.
func readBlob(r io.Reader, s *aside.Shelf, digest model.Digest, size int64) ([]byte, error) {
	raw, err := s.Read(r, size) // which counts against the memory limit from before the first byte came
	if err != nil {
		return nil, err
	}
	more, err := io.ReadFull(r, make([]byte, 1))
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return nil, err
	case int64(len(raw)) < size:
		return nil, failed(KindTampered, "the manifest says %d bytes, and %d came", size, len(raw))
	case more > 0:
		return nil, failed(KindTampered, "the manifest says %d bytes, and more came", size)
	case !s.Matches(digest, raw):
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
