// Package pkgsig holds the keys by which package registries sign: npm's, for the signatures in its metadata and for its
// publish attestations. It reads them in both forms in which they are published, the target of Sigstore's TUF repository
// and the registry's own list, and judges a signature over "name@version:integrity".
//
// Such a signature proves that the registry's key signed this version with this content: it was published through the
// registry. It does not prove who published it, nor from which source it was made.
//
// The package must not know where keys or signatures come from; whoever asks says which keys count.
package pkgsig
