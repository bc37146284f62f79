// Package breaking changes evidence on purpose, in memory and nowhere else, so that a reader can see which check catches
// what: a byte of the payload, the signature, the identity in a certificate, the log's entry, the clock.
//
// It knows where each form of evidence keeps these things. It must not judge: what it returns is handed to the same
// verifier as everything else, and never becomes part of a tree. Every change is made as somebody would make it who can
// write to the registry: digests of manifests and layers are taken to agree again, except where that is what is broken.
package breaking
