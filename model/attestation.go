package model

import "encoding/json"

// Attestation is what a node's bytes claim. Nothing in it is established.
type Attestation struct {
	Envelope    EnvelopeKind
	PayloadType string // DSSE payloadType, or the media type of a bare payload
	Payload     []byte // the signed bytes: statement, simple-signing payload, notation payload, or the document itself
	Statement   *Statement
	// Nested is the statement inside the predicate, where somebody attested a whole statement (cosign attest
	// --predicate with a statement does this). PredicateType and Predicate below are then those of the nested one.
	Nested        *Statement
	PredicateType string
	RawPredicate  json.RawMessage
	Predicate     Predicate // decoded for a person; nil until decoded, never nil afterwards
	// SimpleSigning is set for cosign's .sig payloads.
	SimpleSigning *SimpleSigning
	// RegistrySignature is set for signatures by a package registry.
	RegistrySignature *RegistrySignature
	// Target is notation's targetArtifact: what the signature says that it is about.
	Target *Descriptor
	// Message is true for a bundle that holds a message signature and no envelope. MessageDigest is then the digest of
	// what it says that it signs, "" if it does not say.
	Message       bool
	MessageDigest Digest
	// Document is what a payload that is no statement looks like, "" if like nothing known.
	Document   Document
	Signatures int // in the envelope
	Findings   []Finding
	// Problem says why the bytes could not be read as what they should be, "" if they could. For a person; may quote
	// the bytes.
	Problem string
	// Unsupported is true where Problem is that the bytes are of a type or version that is not known, and not that they
	// are broken.
	Unsupported bool
}

// EnvelopeKind is what the payload is wrapped in.
type EnvelopeKind string

// The envelopes.
const (
	EnvelopeNone          EnvelopeKind = ""
	EnvelopeDSSE          EnvelopeKind = "DSSE"
	EnvelopeBundle        EnvelopeKind = "Sigstore bundle"
	EnvelopeSimpleSigning EnvelopeKind = "simple signing"
	EnvelopeJWS           EnvelopeKind = "JWS"
	EnvelopeCOSE          EnvelopeKind = "COSE"
	EnvelopeRegistry      EnvelopeKind = "registry metadata"
)

// Predicate is a decoded predicate, see model/predicate.
type Predicate interface {
	Family() Family
	// Title names it in a tree row, e.g. "SLSA provenance v1" or "SBOM SPDX 2.3 · 412 packages".
	Title() string
	// Fields are what a person reads first, in order.
	Fields() []Field
	// Summary is the machine's version of Fields, documented per type in docs/json.md.
	Summary() map[string]any
	Findings() []Finding
}

// Field is one line of a summary. Value may be attested text and may hold several lines.
type Field struct {
	Label string
	Value string
	Note  string // said after the value, quieter
}
