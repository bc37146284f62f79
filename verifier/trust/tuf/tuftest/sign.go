package tuftest

import (
	"crypto"
	"crypto/ed25519"
	"testing"

	"github.com/sigstore/sigstore/pkg/signature"
	"github.com/theupdateframework/go-tuf/v2/metadata"
)

// sign adds a signature.
func sign[T metadata.Roles](tb testing.TB, m *metadata.Metadata[T], key ed25519.PrivateKey) {
	tb.Helper()
	signer, err := signature.LoadSigner(key, crypto.Hash(0))
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := m.Sign(signer); err != nil {
		tb.Fatal(err)
	}
}

func encode[T metadata.Roles](tb testing.TB, m *metadata.Metadata[T]) []byte {
	tb.Helper()
	raw, err := m.ToBytes(false)
	if err != nil {
		tb.Fatal(err)
	}
	return raw
}
