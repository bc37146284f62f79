package pypi

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/fetch"
)

// The forms that a bundle of these parts has (protobuf-specs, sigstore_bundle.proto).
const (
	bundleType  = "application/vnd.dev.sigstore.bundle.v0.3+json"
	payloadType = "application/vnd.in-toto+json"
)

// attestation is PEP 740's attestation object. Its parts are Sigstore's under other names.
type attestation struct {
	Version  int `json:"version"`
	Material *struct {
		Certificate []byte            `json:"certificate"`
		Entries     []json.RawMessage `json:"transparency_entries"`
		Timestamps  []json.RawMessage `json:"timestamps"`
	} `json:"verification_material"`
	Envelope *struct {
		Statement []byte `json:"statement"`
		Signature []byte `json:"signature"`
	} `json:"envelope"`
}

// Convert makes a Sigstore bundle of an attestation object (PEP 740): the same certificate, log entries, timestamps,
// statement and signature, byte by byte. What is missing is missing in the bundle too, for the verifier to find.
func Convert(raw []byte) ([]byte, error) {
	var a attestation
	if err := fetch.Unmarshal(raw, &a); err != nil {
		return nil, fmt.Errorf("no attestation object (PEP 740): %w", model.JSONProblem(err))
	}
	switch {
	case a.Version != 1:
		return nil, fmt.Errorf("the attestation object has version %d, of which only 1 is known", a.Version)
	case a.Material == nil || a.Envelope == nil:
		return nil, errors.New("the attestation object has no verification_material or no envelope")
	}
	material := map[string]any{
		"certificate": map[string]any{"rawBytes": a.Material.Certificate},
		"tlogEntries": a.Material.Entries,
	}
	stamps, err := timestamps(a.Material.Timestamps)
	if err != nil {
		return nil, err
	}
	if len(stamps) > 0 {
		material["timestampVerificationData"] = map[string]any{"rfc3161Timestamps": stamps}
	}
	out, err := json.Marshal(map[string]any{
		"mediaType": bundleType, "verificationMaterial": material,
		"dsseEnvelope": map[string]any{
			"payload": a.Envelope.Statement, "payloadType": payloadType,
			"signatures": []any{map[string]any{"sig": a.Envelope.Signature}},
		},
	})
	if err != nil {
		return nil, errors.New("the attestation object's log entries are no JSON")
	}
	return out, nil
}

// timestamps are RFC 3161 responses: text in base64, or an object around it as in a bundle.
func timestamps(in []json.RawMessage) ([]any, error) {
	var out []any
	for _, raw := range in {
		var text string
		var object map[string]string
		if json.Unmarshal(raw, &text) != nil {
			if json.Unmarshal(raw, &object) != nil {
				return nil, errors.New("a timestamp of the attestation object is no text")
			}
			for _, name := range []string{"signedTimestamp", "signed_timestamp", "rfc3161_timestamp"} {
				if object[name] != "" {
					text = object[name]
				}
			}
		}
		if _, err := base64.StdEncoding.DecodeString(text); err != nil || text == "" {
			return nil, errors.New("a timestamp of the attestation object is no base64")
		}
		out = append(out, map[string]any{"signedTimestamp": text})
	}
	return out, nil
}
