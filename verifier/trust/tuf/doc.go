// Package tuf keeps a trusted root up to date: it asks a Sigstore instance's mirror by The Update Framework (TUF 1.0.34),
// and keeps the answer with everything that is needed to authenticate it again without a network.
//
// Update is the only function that opens a connection. Cached and Inspect read one file and judge its signatures from an
// anchor: for the public-good instance the root.json that sigstore-go carries, for a private one the root.json that the
// reader named when it was first asked. The signatures and versions are go-tuf's to judge, in trustedmetadata; this
// package decides what to ask, in what order and within what limits, and what of it is kept.
//
// The file has a sum against accidents. It does not hold off somebody who may write to the reader's files: such a one can
// put an older file of the same instance in its place, down to what this program carries itself, but nothing that the
// instance never signed. Of delegated roles only that of a package
// registry's keys is followed (see PackageKeys): an instance lists its trusted root in the top-level role.
//
// The package must not know what is judged with a root, and prints nothing.
package tuf
