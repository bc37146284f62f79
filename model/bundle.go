package model

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
)

// readBundle reads a Sigstore bundle (protobuf-specs, sigstore_bundle.proto) into a: its DSSE envelope, or what its
// message signature is over. The verification material is the verifier's to read.
func (a *Attestation) readBundle(raw []byte) error {
	fields, err := members(raw, "mediaType", "verificationMaterial", "messageSignature", "dsseEnvelope",
		"media_type", "verification_material", "message_signature", "dsse_envelope")
	if err != nil {
		return err
	}
	mediaType, err := member(fields, "mediaType", "media_type")
	if err != nil {
		return err
	}
	fields["mediaType"] = mediaType
	if t, err := text(fields, "mediaType"); err != nil || !bundleType(t) {
		a.Unsupported = err == nil
		return fmt.Errorf("mediaType %q is not that of a Sigstore bundle", t)
	}
	envelope, err := member(fields, "dsseEnvelope", "dsse_envelope")
	if err != nil {
		return err
	}
	message, err := member(fields, "messageSignature", "message_signature")
	if err != nil {
		return err
	}
	switch {
	case !null(envelope) && !null(message):
		return errors.New("it has both an envelope and a message signature")
	case !null(envelope):
		return a.readEnvelope(envelope, true)
	case !null(message):
		return a.readMessage(message)
	}
	return errors.New("it has neither an envelope nor a message signature")
}

// member picks a member that protobuf's JSON form knows in two spellings. Both at once are refused, as protobuf does.
func member(fields map[string]json.RawMessage, camel, snake string) (json.RawMessage, error) {
	a, hasCamel := fields[camel]
	b, hasSnake := fields[snake]
	if hasCamel && hasSnake {
		return nil, fmt.Errorf("%s is there in two spellings", camel)
	}
	if hasSnake {
		return b, nil
	}
	return a, nil
}

// readMessage reads a bundle's message signature (protobuf-specs, sigstore_common.proto, MessageSignature).
func (a *Attestation) readMessage(raw json.RawMessage) error {
	fields, err := members(raw, "messageDigest", "signature", "message_digest")
	if err != nil {
		return err
	}
	a.Message, a.Signatures = true, 1
	digest, err := member(fields, "messageDigest", "message_digest")
	if err != nil || null(digest) {
		return err
	}
	if fields, err = members(digest, "algorithm", "digest"); err != nil {
		return err
	}
	algorithm, err := text(fields, "algorithm")
	if err != nil {
		return err
	}
	value, err := text(fields, "digest")
	if err != nil {
		return err
	}
	sum, err := decode64([]byte(value))
	if err != nil {
		return fmt.Errorf("messageDigest: %w", err)
	}
	names := map[string]string{"SHA2_256": "sha256", "SHA2_384": "", "SHA2_512": "sha512"}
	name, known := names[algorithm]
	if !known {
		a.Unsupported = true
		return fmt.Errorf("messageDigest: the algorithm %q is not known", algorithm)
	}
	if name == "" {
		return nil // signed with, but no digest that a registry serves: the verifier compares it
	}
	a.MessageDigest, err = ParseDigest(name + ":" + hex.EncodeToString(sum))
	return err
}
