package model

import "time"

// Event is one step of what becomes known about a source. Events arrive in any order that keeps parents before
// children; folding them with Tree.Apply gives the same tree whatever the order of siblings was.
//
//sumtype:decl
type Event interface{ event() }

// Resolved says what the source turned out to be. It comes first, but for Noted.
type Resolved struct {
	Reference string // "registry/repository@sha256:…", "" where there is none
	Digest    Digest
	Notes     []Finding // e.g. a credential helper that did not answer, a docker-save tar that lost its digests
	// AsOf is when all this was so, for an answer from the cache (--offline); zero for now.
	AsOf time.Time
	// Scheme is by what the registry answered, "http" or "https"; "" where none did.
	Scheme string
}

// Noted brings what a person should know while looking goes on, e.g. that a registry asks for patience. It comes at any
// time.
type Noted struct{ Finding Finding }

// NodeFound adds a node; for an ID that is known it merges Found.
type NodeFound struct{ Node Node }

// Moved hangs a known node on another parent: layers move under their manifest when that becomes a node itself, because
// something is attached to it.
type Moved struct{ ID, Parent string }

// BlobLoaded brings a node's payload, or why it could not be had. Bytes are set only when they match the descriptor's
// digest and size, and never change afterwards.
type BlobLoaded struct {
	ID    string
	Bytes []byte
	// Problem is "" when Bytes are there. Tampered is true when bytes came and were not those that the manifest names.
	Problem  string
	Tampered bool
	// Skipped is true where the blob was left alone on purpose (an arbitrary artifact too large to be of interest).
	Skipped bool
}

// Labelled brings the labels of an image's configuration, which its manifest names by digest: what whoever built the
// image says of it.
type Labelled struct {
	ID     string
	Labels map[string]string
	Config []byte // the configuration itself, compared with its digest; nil if it could not be had
	// Problem says why the configuration could not be read, "" if it could.
	Problem string
}

// LookedUp adds a line to the discovery ledger.
type LookedUp struct{ Lookup Lookup }

// Opened brings what a node's bytes claim.
type Opened struct {
	ID          string
	Attestation *Attestation
}

// VerifyStarted says that a node is being judged.
type VerifyStarted struct{ ID string }

// Judged brings the result of the checks of one node.
type Judged struct {
	ID     string
	Report Report
}

// DiscoveryDone says that nothing more will be found. Err is why discovery could not finish, nil if it did; denied
// and failed look-ups are in the ledger and not here.
type DiscoveryDone struct{ Err error }

// Done says that everything found has been judged too, and as of when: what is dated later lies in the future. A zero At
// says nothing of that.
type Done struct{ At time.Time }

func (Resolved) event()      {}
func (Noted) event()         {}
func (NodeFound) event()     {}
func (Moved) event()         {}
func (BlobLoaded) event()    {}
func (Labelled) event()      {}
func (LookedUp) event()      {}
func (Opened) event()        {}
func (VerifyStarted) event() {}
func (Judged) event()        {}
func (DiscoveryDone) event() {}
func (Done) event()          {}

// Evidence is what a verifier is given to judge one node.
type Evidence struct {
	Node Node
	// Blob is the payload's bytes, already compared with the descriptor's digest; nil if it could not be had.
	Blob []byte
	// Problem says why Blob is nil. Tampered: bytes came and were not those that the manifest names.
	Problem  string
	Tampered bool
	// Skipped: the payload was left alone on purpose (too large to be of interest), so Blob is nil and Problem is "".
	Skipped bool
	// Subject is the digest that the payload must be about; "" when there is nothing to compare with (a bare file).
	Subject Digest
	// Also are further digests of the same bytes as Subject, where they could be computed. A statement that names one
	// of these algorithms with another value is about something else.
	Also []Digest
	// Artifact is the subject's bytes where they are at hand (verify BUNDLE --artifact FILE), for signatures that need
	// them.
	Artifact []byte
	// Repository is the normalised "registry/repository" of the image (docker.io/library/alpine), "" for files.
	Repository string
	// Siblings are the manifests of the index that the subject is part of, itself included, and the index. They explain a
	// signature that is about another of them; they never make one good.
	Siblings []Sibling
}

// Sibling is another manifest of the same index, or the index itself.
type Sibling struct {
	Digest Digest
	Name   string // for a person: "linux/arm64", "the index"
}
