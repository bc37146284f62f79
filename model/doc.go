// Package model holds the values that cross between the rooms of attestree, and the pure functions on them: what is
// attached to an image (Node), what its bytes claim (Attestation), what was proven about it (Report), and the one tree
// that all of them are folded into (Tree).
//
// The package knows formats and rules. It must not know where bytes come from, what the time is, how a signature is
// verified or what a screen looks like: it does no I/O, reads no clock and imports nothing else of this module.
//
// Claimed and established are different types. An Attestation is read from bytes that anybody can have written; a
// Report is the result of checks. Only a Report can carry a Signer, and only Standing (see standing.go) makes a
// verdict of several nodes.
package model
