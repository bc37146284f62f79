// Package cache keeps on disk what a registry can never change: manifests and payloads, each under its digest. Beside
// them it remembers small records, such as what was asked about an image the last time.
//
// Nothing that comes from it has to be believed: content is hashed again on every read, records carry a checksum, and
// what does not match is removed and counts as absent. What is kept for one repository is not seen by another, so that
// nobody learns from what is asked, or from what is not, what somebody else's image brought here.
//
// A cache is bounded in size; what was used longest ago goes first. Several processes may share one folder without
// locks: a file appears whole or not at all, and every one can be removed at any time. Where the disk is full or may
// not be written, the cache keeps nothing and says why; it never makes anything else fail.
//
// The package knows files and digests. It must not know registries, credentials, or who may read what.
package cache
