// Package registry finds everything that is attached to a source and reports it as a stream of model events. A source
// is an image in a registry, an OCI layout (folder or tar), a "docker save" tar, or a file of bundles, envelopes or
// statements.
//
// The package knows where things are kept: index children, cosign's tags, the referrers API and its fallback tag,
// COSIGN_REPOSITORY, and manifests in a layout that no index lists. It knows how to ask politely and safely: one ping
// and one token per repository, everything whose digest is known at once, every answer bounded in size and time, every
// byte compared with its digest.
//
// It must not know what a payload means, whether a signature is good, or what a screen looks like. What a manifest is
// follows from the manifest itself (model.Recognize), never from an index entry. Nothing here writes to standard
// output or standard error.
package registry
