// Package slsa says at which SLSA build level something was built, as far as that is proven (docs/verification.md;
// slsa.dev/spec/v1.2/verifying-artifacts).
//
// A level comes from two things only: from what the certificate of a verified signature says of the run that signed,
// and from a table of builders that are known to keep a project away from its own provenance. What the predicate says
// is held against the certificate, line by line, and can only lower the level: whoever controls a workflow can write
// there what they like.
//
// It knows model, reads no file, opens no connection and asks no clock. It must not verify signatures, nor decide
// whether a signer is trusted: it is handed a report that has.
package slsa
