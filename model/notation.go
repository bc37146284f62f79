package model

import (
	"encoding/json"
	"errors"
	"fmt"
)

// readJWS reads a notation signature in JWS JSON serialisation (notaryproject specifications, signature-envelope-jws.md)
// as far as the payload.
func (a *Attestation) readJWS(raw []byte) error {
	fields, err := members(raw, "payload", "protected", "header", "signature")
	if err != nil {
		return err
	}
	payload, err := encoded(fields, "payload")
	if err != nil {
		return fmt.Errorf("payload: %w", err)
	}
	a.Signatures = 1
	return a.readTarget(payload)
}

// readCOSE reads a notation signature in COSE (signature-envelope-cose.md) as far as the payload: the third element of a
// COSE_Sign1 (RFC 9052 section 4.2).
func (a *Attestation) readCOSE(raw []byte) error {
	_, payload, err := Sign1(raw)
	if err != nil {
		return err
	}
	a.Signatures = 1
	return a.readTarget(payload)
}

// readTarget reads notation's payload (signature-specification.md, "Payload").
func (a *Attestation) readTarget(payload []byte) error {
	a.Payload, a.PayloadType = payload, "application/vnd.cncf.notary.payload.v1+json"
	if err := checkJSON(payload); err != nil {
		return fmt.Errorf("payload: %w", err)
	}
	fields, err := members(payload, "targetArtifact")
	if err != nil {
		return fmt.Errorf("payload: %w", err)
	}
	raw := fields["targetArtifact"]
	if null(raw) {
		return errors.New("payload: it has no targetArtifact")
	}
	if _, err := members(raw, "mediaType", "digest", "size", "annotations"); err != nil {
		return fmt.Errorf("payload: targetArtifact: %w", JSONProblem(err))
	}
	var target jsonDescriptor
	if err := json.Unmarshal(raw, &target); err != nil {
		return fmt.Errorf("payload: targetArtifact: %w", err)
	}
	a.Target = target.descriptor()
	return nil
}
