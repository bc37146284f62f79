package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/attestree/attestree/cmd/attestree/internal/oci"
)

const inTotoPayload = "application/vnd.in-toto+json"

// Statement types. cosign attest writes the old one, cosign sign and GitHub the new one.
const (
	statementV01 = "https://in-toto.io/Statement/v0.1"
	statementV1  = "https://in-toto.io/Statement/v1"
)

// statement is an in-toto statement; predicate is JSON.
type statement struct {
	Type          string          `json:"_type"`
	Subject       []subject       `json:"subject"`
	PredicateType string          `json:"predicateType"`
	Predicate     json.RawMessage `json:"predicate"`
}

type subject struct {
	Name   string            `json:"name,omitempty"`
	Digest map[string]string `json:"digest"`
}

// about is a statement of the given type with one subject.
func about(d oci.Descriptor, name, version, predicateType string, predicate []byte) []byte {
	return marshal(statement{
		Type: version, Subject: []subject{{Name: name, Digest: map[string]string{"sha256": d.Hex()}}},
		PredicateType: predicateType, Predicate: predicate,
	})
}

// envelope is a DSSE envelope.
type envelope struct {
	Payload     []byte      `json:"payload"`
	PayloadType string      `json:"payloadType"`
	Signatures  []signature `json:"signatures"`
}

type signature struct {
	Sig []byte `json:"sig"`
}

// seal signs a statement (DSSE protocol.md, "Signature Definition").
func seal(k key, payload []byte) envelope {
	pae := fmt.Appendf(nil, "DSSEv1 %d %s %d ", len(inTotoPayload), inTotoPayload, len(payload))
	return envelope{payload, inTotoPayload, []signature{{k.signMessage(append(pae, payload...))}}}
}

// marshal is JSON without white space and without escapes that are only needed inside HTML.
func marshal(v any) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		panic(err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// sum is the SHA-256 digest of b as a slice.
func sum(b []byte) []byte {
	digest := sha256.Sum256(b)
	return digest[:]
}

func hexSum(b []byte) string { return hex.EncodeToString(sum(b)) }
