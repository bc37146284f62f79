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
	Signatures    int // in the envelope
	Findings      []Finding
	// Problem says why the bytes could not be read as what they should be, "" if they could. For a person; may quote
	// the bytes.
	Problem string
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
)

// Statement is an in-toto statement (in-toto attestation spec, statement.md), v0.1 or v1.
type Statement struct {
	Type          string
	PredicateType string
	Subjects      []Subject
	Predicate     json.RawMessage // as in the payload; nil if absent
}

// Subject is one thing that a statement is about. Only digests identify it; names are labels.
type Subject struct {
	Name        string
	URI         string
	Digests     []NamedDigest // sorted by algorithm
	Annotations map[string]string
}

// NamedDigest is one entry of an in-toto DigestSet.
type NamedDigest struct{ Algorithm, Value string }

// SimpleSigning is cosign's signature payload (containers/image simple signing).
type SimpleSigning struct {
	DockerReference string
	ManifestDigest  string
	Type            string
}

// Family groups predicate types that mean the same kind of thing.
type Family string

// The families.
const (
	FamilySignature  Family = "signature"
	FamilyProvenance Family = "slsa-provenance"
	FamilySBOM       Family = "sbom"
	FamilySCAI       Family = "scai"
	FamilyVuln       Family = "vuln"
	FamilyVEX        Family = "vex"
	FamilyVSA        Family = "vsa"
	FamilyOther      Family = "other"
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
