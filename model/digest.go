package model

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"strings"
)

// Digest is an OCI content digest, "algorithm:hex" (OCI image-spec, descriptor.md, "Digests"). A Digest made by
// ParseDigest or DigestOf is well-formed; one read from hostile JSON may be anything, and Valid tells.
type Digest string

// DigestOf returns the SHA-256 digest of b.
func DigestOf(b []byte) Digest {
	sum := sha256.Sum256(b)
	return Digest("sha256:" + hex.EncodeToString(sum[:]))
}

// ParseDigest returns s as a Digest, or an error that says what is wrong with it.
func ParseDigest(s string) (Digest, error) {
	d := Digest(s)
	if !d.Valid() {
		return "", fmt.Errorf("parse digest %q: %s", s, d.problem())
	}
	return d, nil
}

// problem says what is wrong with a digest that is not Valid, and what may have been meant.
func (d Digest) problem() string {
	digits := d.Hex()
	want := map[string]int{"sha256": 2 * sha256.Size, "sha512": 2 * sha512.Size}[d.Algorithm()]
	switch lower := Digest(strings.ToLower(string(d))); {
	case lower.Valid():
		return "a digest is written in small letters: " + string(lower)
	case ("sha256:" + lower).Valid():
		return "the algorithm is missing: sha256:" + string(lower)
	case want > 0 && len(digits) != want:
		return fmt.Sprintf("it has %d characters after %s:, and such a digest has %d hexadecimal digits", len(digits), d.Algorithm(), want)
	}
	return "want sha256:<64 hex digits> or sha512:<128 hex digits>"
}

// Capitals reports whether other is d but for capital letters, which are not allowed in a digest. Some programs take it
// for the same all the same.
func (d Digest) Capitals(other Digest) bool {
	return d != other && d.Valid() && string(d) == strings.ToLower(string(other))
}

// Algorithm is the part before the colon, "" if there is none.
func (d Digest) Algorithm() string {
	algorithm, _, found := strings.Cut(string(d), ":")
	if !found {
		return ""
	}
	return algorithm
}

// Hex is the part after the colon, "" if there is none.
func (d Digest) Hex() string {
	_, digits, _ := strings.Cut(string(d), ":")
	return digits
}

// Short is the digest as a person recognises it: the algorithm and the first twelve digits.
func (d Digest) Short() string {
	if digits := d.Hex(); len(digits) > 12 {
		return d.Algorithm() + ":" + digits[:12]
	}
	return string(d)
}

// Valid reports whether d is a digest whose algorithm this program can compute. Registries may serve other
// algorithms; content under them cannot be checked and is therefore refused.
func (d Digest) Valid() bool {
	var want int
	switch d.Algorithm() {
	case "sha256":
		want = 2 * sha256.Size
	case "sha512":
		want = 2 * sha512.Size
	default:
		return false
	}
	digits := d.Hex()
	if len(digits) != want {
		return false
	}
	for _, c := range []byte(digits) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// Matches reports whether b hashes to d. It is false for every digest that is not Valid.
func (d Digest) Matches(b []byte) bool {
	if !d.Valid() {
		return false
	}
	return d == Compute(d.Algorithm(), b)
}

// Compute hashes b with the named algorithm ("sha256" or "sha512"). It returns "" for any other.
func Compute(algorithm string, b []byte) Digest {
	switch algorithm {
	case "sha256":
		return DigestOf(b)
	case "sha512":
		sum := sha512.Sum512(b)
		return Digest("sha512:" + hex.EncodeToString(sum[:]))
	}
	return ""
}
