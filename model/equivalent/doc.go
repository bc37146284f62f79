// Package equivalent says how other programs show and verify the same node: the exact commands of cosign, oras, crane,
// regctl, notation, slsa-verifier, gh and docker, and a Kyverno rule, right for how this image really stores things.
//
// It knows what those programs read and from where. It must not run anything. Attested text stands in commands that people
// paste into a shell, so all of it is quoted, and what holds a character that could not be seen is left out with the reason.
package equivalent
