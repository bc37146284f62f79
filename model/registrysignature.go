package model

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"time"
)

// RegistrySignature is an npm registry's signature of a package version, as its metadata holds it (dist.signatures),
// with what it is over.
type RegistrySignature struct {
	Name      string    `json:"name"`
	Version   string    `json:"version"`
	Integrity string    `json:"integrity"` // W3C Subresource Integrity of the tarball
	KeyID     string    `json:"keyid"`
	Signature string    `json:"sig"` // base64 of an ASN.1 ECDSA signature
	Published time.Time `json:"published,omitzero"`
}

// Message is what the registry signs: "name@version:integrity". It names no person.
func (s RegistrySignature) Message() string { return s.Name + "@" + s.Version + ":" + s.Integrity }

// Digest is that of the tarball, "" where the integrity names no digest that can be compared.
func (s RegistrySignature) Digest() Digest { return IntegrityDigest(s.Integrity) }

// IntegrityDigest is the SHA-512 digest in a Subresource Integrity value, else its SHA-256, "" if there is neither or
// if it is damaged. Of several values of one algorithm none counts: which of them is meant cannot be said.
func IntegrityDigest(integrity string) Digest {
	for _, algorithm := range []string{"sha512", "sha256"} {
		found := Digest("")
		for _, one := range strings.Fields(integrity) {
			name, value, _ := strings.Cut(one, "-")
			if name != algorithm {
				continue
			}
			value, _, _ = strings.Cut(value, "?") // options, which nobody defined yet
			sum, err := base64.StdEncoding.DecodeString(value)
			d := Digest(algorithm + ":" + hex.EncodeToString(sum))
			if err != nil || !d.Valid() || found != "" && found != d {
				return ""
			}
			found = d
		}
		if found != "" {
			return found
		}
	}
	return ""
}

// readRegistrySignature reads the document that stands for a registry's signature.
func (a *Attestation) readRegistrySignature(blob []byte) error {
	s := new(RegistrySignature)
	if json.Unmarshal(blob, s) != nil {
		return errors.New("registry signature: its fields are not of the kinds that they should be")
	}
	if s.Name == "" || s.Version == "" || s.Integrity == "" || s.Signature == "" {
		return errors.New("registry signature: name, version, integrity or signature is missing")
	}
	a.RegistrySignature, a.Signatures, a.Payload, a.RawPredicate = s, 1, []byte(s.Message()), blob
	return nil
}
