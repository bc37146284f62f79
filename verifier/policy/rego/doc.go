// Package rego evaluates somebody's Rego policy over one in-toto statement and shows how it came to its answer: each
// rule's text, the places in the statement that it read, and whether they are there. OPA's library parses and evaluates.
//
// Bytes come in and values go out. A policy is hostile until shown otherwise: it has no network, no clock but the given
// one, nothing random, and a bound on time and memory. The package must not know what an attestation means, whom the
// reader trusts, or how an answer is shown.
package rego
