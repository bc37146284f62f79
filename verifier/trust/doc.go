// Package trust knows what a verdict may rest on: trusted roots (whose certificate authorities, logs and timestamp
// authorities are believed) and trusted signers (which identities and keys are believed, for what, and until when).
//
// It decides nothing about a signature: the verifier proves who signed, and asks here whether that signer is one of the
// reader's. It must not read files or the network, and must not know where images come from.
//
// Roots are never merged: every root brings its own requirements.
package trust
