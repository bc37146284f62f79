package aside

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"hash"
	"iter"

	"github.com/attestree/attestree/model"
)

// blockSize is how much is hashed or written before memory is given back, in bytes.
const blockSize = 1 << 20

// Blocks are bytes piece by piece. Whoever goes through much of a shelf as quickly as a processor can has memory given
// back between them, and not only when something else gets to run.
func (s *Shelf) Blocks(raw []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for len(raw) > 0 {
			n := min(len(raw), blockSize)
			if !yield(raw[:n]) {
				return
			}
			raw = raw[n:]
			s.Stir()
		}
	}
}

// Matches is digest.Matches(raw), block by block.
func (s *Shelf) Matches(digest model.Digest, raw []byte) bool {
	var h hash.Hash
	switch {
	case s == nil || len(raw) < Large || !digest.Valid():
		return digest.Matches(raw)
	case digest.Algorithm() == "sha256":
		h = sha256.New()
	case digest.Algorithm() == "sha512":
		h = sha512.New()
	default:
		return false
	}
	for block := range s.Blocks(raw) {
		_, _ = h.Write(block) // never fails (hash.Hash)
	}
	return digest.Hex() == hex.EncodeToString(h.Sum(nil))
}
