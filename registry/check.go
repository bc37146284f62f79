package registry

import (
	"errors"
	"io"
	"slices"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/aside"
)

// Sizes of the pieces in which something of unknown length is read, in bytes.
const (
	firstPiece = 8 << 10
	mostPiece  = 1 << 20
)

// readAtMost reads everything, or fails as soon as there is more than limit bytes. It reads in pieces and joins them once:
// what grows takes twice its size, and there are as many of these as there are requests at once. Where the reader knows
// how much there is, there is one piece.
func readAtMost(r io.Reader, limit int64) ([]byte, error) {
	size := int64(firstPiece)
	if sized, is := r.(interface{ Size() int64 }); is && sized.Size() <= limit {
		size = sized.Size() + 1
	}
	var pieces [][]byte
	for total, piece := int64(0), make([]byte, 0, size); ; {
		n, err := r.Read(piece[len(piece):cap(piece)])
		piece, total = piece[:len(piece)+n], total+int64(n)
		switch {
		case total > limit:
			return nil, failed(KindTooLarge, "larger than %s, which is as much as is read", bytesText(limit))
		case errors.Is(err, io.EOF): // and not one in the middle, which is another error
			return joined(append(pieces, piece)), nil
		case err != nil:
			return nil, err
		case len(piece) == cap(piece):
			size = min(2*size, mostPiece)
			pieces, piece = append(pieces, piece), make([]byte, 0, size)
		}
	}
}

func joined(pieces [][]byte) []byte {
	if len(pieces) == 1 {
		return pieces[0]
	}
	return slices.Concat(pieces...)
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
