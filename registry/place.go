package registry

import (
	"context"

	"github.com/attestree/attestree/model"
)

// place is where manifests and payloads are read from: a repository, a layout or an archive. Its methods may be called
// from many goroutines. Bytes asked for by digest match that digest; the digest of what a tag names is computed.
// Errors are failures.
type place interface {
	// manifest reads what a tag or a digest names.
	manifest(ctx context.Context, reference string) (content, error)
	// blob reads a payload of the given digest and size.
	blob(ctx context.Context, digest model.Digest, size int64) ([]byte, error)
	// referrers lists what says that it is attached to subject, by the mechanism that lister names.
	referrers(ctx context.Context, subject model.Digest) listing
	lister() (model.Mechanism, model.Found)
	// repository is "registry/repository" as a person writes it, "" outside registries.
	repository() string
	// width is how many requests may be under way at once. It may change as more becomes known.
	width() int
	// scheme is by what a registry answered, "http" or "https"; "" where none did.
	scheme() string
	// notes are what a reader should know about how this place was opened.
	notes() []model.Finding
}

// content is a manifest's bytes.
type content struct {
	raw       []byte
	digest    model.Digest
	mediaType string // as the place says; unproven
	note      string // what a person should know of how it came, "" for nothing
}

// listing is the answer of a place to who refers to a digest. A listing that is not complete still has what came.
type listing struct {
	entries []model.Descriptor
	status  model.LookupStatus
	detail  string
}
