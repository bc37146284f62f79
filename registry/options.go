package registry

import (
	"io"
	"net/http"
	"time"

	"github.com/google/go-containerregistry/pkg/authn"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/aside"
	"github.com/attestree/attestree/registry/cache"
)

// Options say how to look. The zero value is ready to use.
type Options struct {
	// Platform, "os/arch[/variant]", leaves out the other children of an index. The root stays what was asked for.
	Platform string
	// Insecure accepts any TLS certificate of the registry; PlainHTTP allows unencrypted HTTP. Loopback addresses may
	// always be spoken to without encryption.
	Insecure, PlainHTTP bool
	// Offline opens no socket: a registry reference is answered from Cache, where all of it is there, or an error.
	Offline bool
	// WatchTag also asks what the tag of a reference names now that has a digest too; that it is another is a note.
	WatchTag bool
	// CosignRepository is a repository to look in besides the image's own ($COSIGN_REPOSITORY), "" for none.
	CosignRepository string
	// Client is shared between discoveries: connections, how many requests a host gets at once, tokens. Nil makes one for
	// each, of these options.
	Client *Client
	// Cache keeps what cannot change, and remembers what was asked. Nil keeps nothing.
	Cache *cache.Cache
	// Shelf takes large payloads, which otherwise stay in memory as long as anybody has them. Nil takes none.
	Shelf *aside.Shelf
	// Transport replaces our own HTTP transport, for tests. It must not follow redirects or decompress.
	Transport http.RoundTripper
	// Keychain replaces the docker and podman configuration files and their credential helpers.
	Keychain authn.Keychain
	// Stdin is what the source "-" reads.
	Stdin io.Reader
	// Subject and Artifact say what a bundle, envelope or statement given as a file ought to be about: its digest or
	// its bytes. Both may be absent.
	Subject  model.Digest
	Artifact []byte
	// As is the reference that a source which is not in a registry stands for, "" for none.
	As     string
	Limits Limits
}

// Limits bound what one call of Discover takes. A field that is zero has the default that is said beside it.
type Limits struct {
	Manifest  int64 // bytes of a manifest, an index or one page of referrers; 4 MiB
	Blob      int64 // bytes of one payload; 64 MiB, a document of 50 MB in an envelope
	Opaque    int64 // bytes of a payload that nothing is known about; larger ones are left alone; 1 MiB
	Memory    int64 // bytes of all payloads and, as they are once parsed, of all manifests; 120 MiB
	Archive   int64 // bytes of a compressed archive once decompressed; 64 GiB
	Referrers int   // entries of one list of referrers; 10,000
	Children  int   // children of one index; 1,000
	Pages     int   // pages of one list of referrers; 1,000
	Manifests int   // manifests in one tree; 20,000
	Depth     int   // levels of things attached to things; 8

	Request  time.Duration // one request for a manifest or a list; 30 s
	Transfer time.Duration // one request for a payload; 2 min
	Patience time.Duration // waiting in one request because the registry said to come back later; 20 s
	Helper   time.Duration // one call of a credential helper; 10 s
	Overall  time.Duration // everything; 10 min

	InFlight    int // requests at once where the registry speaks HTTP/2; 64
	Connections int // connections at once where it speaks HTTP/1.1; 32
}

const mebibyte = 1 << 20

func (l Limits) withDefaults() Limits {
	setInt(&l.Manifest, 4*mebibyte)
	setInt(&l.Blob, 64*mebibyte)
	setInt(&l.Opaque, mebibyte)
	setInt(&l.Memory, 120*mebibyte)
	setInt(&l.Archive, 64<<30)
	setInt(&l.Referrers, 10_000)
	setInt(&l.Children, 1_000)
	setInt(&l.Pages, 1_000)
	setInt(&l.Manifests, 20_000)
	setInt(&l.Depth, 8)
	setInt(&l.Request, 30*time.Second)
	setInt(&l.Transfer, 2*time.Minute)
	setInt(&l.Patience, 20*time.Second)
	setInt(&l.Helper, 10*time.Second)
	setInt(&l.Overall, 10*time.Minute)
	setInt(&l.InFlight, 64)
	setInt(&l.Connections, 32)
	return l
}

func setInt[T ~int | ~int64](field *T, value T) {
	if *field <= 0 {
		*field = value
	}
}
