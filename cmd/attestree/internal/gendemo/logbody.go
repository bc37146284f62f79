package main

import (
	"encoding/hex"
	"encoding/json"
)

// Bodies of Rekor v1 entries in canonical form: no white space, keys sorted. The structs below keep that order.

type logBody[S any] struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Spec       S      `json:"spec"`
}

type hashValue struct {
	Algorithm string `json:"algorithm"`
	Value     string `json:"value"`
}

func sha256Of(b []byte) hashValue { return hashValue{"sha256", hex.EncodeToString(sum(b))} }

// dsseBody is a "dsse" 0.0.1 entry: hashes of envelope and payload, the signature, and who verifies it (a certificate
// or public key in PEM).
func dsseBody(e envelope, verifier []byte) []byte {
	type signature struct {
		Signature []byte `json:"signature"`
		Verifier  []byte `json:"verifier"`
	}
	type spec struct {
		EnvelopeHash hashValue   `json:"envelopeHash"`
		PayloadHash  hashValue   `json:"payloadHash"`
		Signatures   []signature `json:"signatures"`
	}
	return must(json.Marshal(logBody[spec]{"0.0.1", "dsse", spec{
		EnvelopeHash: sha256Of(must(json.Marshal(e))), PayloadHash: sha256Of(e.Payload),
		Signatures: []signature{{e.Signatures[0].Sig, verifier}},
	}}))
}

// hashedBody is a "hashedrekord" 0.0.1 entry: a signature over the digest of something.
func hashedBody(signed, signature, verifier []byte) []byte {
	type publicKey struct {
		Content []byte `json:"content"`
	}
	type content struct {
		Content   []byte    `json:"content"`
		PublicKey publicKey `json:"publicKey"`
	}
	type data struct {
		Hash hashValue `json:"hash"`
	}
	type spec struct {
		Data      data    `json:"data"`
		Signature content `json:"signature"`
	}
	return must(json.Marshal(logBody[spec]{"0.0.1", "hashedrekord", spec{
		Data: data{sha256Of(signed)}, Signature: content{signature, publicKey{verifier}},
	}}))
}
