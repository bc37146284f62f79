package registry

import (
	"bytes"
	"errors"
	"io"

	"github.com/attestree/attestree/model"
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
// reading, then its digest.
func readBlob(r io.Reader, digest model.Digest, size int64) ([]byte, error) {
	raw := make([]byte, size) // which counts against the memory limit from before the first byte came
	n, err := fill(r, raw)
	if err != nil {
		return nil, err
	}
	more, err := fill(r, make([]byte, 1))
	switch {
	case err != nil:
		return nil, err
	case n < len(raw):
		return nil, failed(KindTampered, "the manifest says %d bytes, and %d came", size, n)
	case more > 0:
		return nil, failed(KindTampered, "the manifest says %d bytes, and more came", size)
	case !digest.Matches(raw):
		return nil, mismatch(digest, raw)
	}
	return raw, nil
}

// fill reads until raw is full or there is no more. Unlike io.ReadFull it keeps apart a body that ends early, which is no
// error here, and one that breaks off.
func fill(r io.Reader, raw []byte) (n int, err error) {
	for n < len(raw) {
		more, err := r.Read(raw[n:])
		n += more
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
	return n, nil
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
