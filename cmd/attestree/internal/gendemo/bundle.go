package main

import "encoding/base64"

const bundleType = "application/vnd.dev.sigstore.bundle.v0.3+json"

// bundle is a Sigstore bundle v0.3 around a DSSE envelope (protobuf-specs, sigstore_bundle.proto).
type bundle struct {
	MediaType string   `json:"mediaType"`
	Material  material `json:"verificationMaterial"`
	Envelope  envelope `json:"dsseEnvelope"`
}

type material struct {
	Certificate *rawBytes   `json:"certificate,omitempty"`
	PublicKey   *keyHint    `json:"publicKey,omitempty"`
	TlogEntries []logEntry  `json:"tlogEntries"`
	Timestamps  *timestamps `json:"timestampVerificationData,omitempty"`
}

type rawBytes struct {
	RawBytes []byte `json:"rawBytes"`
}

type keyHint struct {
	Hint string `json:"hint"`
}

type timestamps struct {
	RFC3161 []signedTimestamp `json:"rfc3161Timestamps"`
}

type signedTimestamp struct {
	SignedTimestamp []byte `json:"signedTimestamp"`
}

// hint names a key as cosign does: by the digest of its encoding.
func hint(k key) string { return base64.StdEncoding.EncodeToString(k.id()) }
