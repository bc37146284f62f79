package pkgsig

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	_ "embed"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/attestree/attestree/verifier/trust"
)

// Use is what a key signs for.
type Use string

// The uses, as the TUF target names them. A key in a registry's own list, which names none, may sign for all.
const (
	UseSignatures   Use = "npm:signatures"
	UseAttestations Use = "npm:attestations"
)

// Key is a key of a package registry, for one use.
type Key struct {
	trust.Key // with its window: NotBefore and NotAfter are zero where nothing is said

	ID  string // as signatures name it: "SHA256:" and the digest of the key in base64
	Use Use    // "" for any
}

// Keys are all that a run believes of registries. Whoever is not among them signs for no registry.
type Keys struct {
	Keys   []Key
	Source string // "embedded", "tuf" or "file"
	SHA256 string // hex, of the file
}

// snapshot is the target of Sigstore's TUF repository that holds npm's keys, as it was published when the trusted root
// beside it was.
//
//go:embed npm-keys.json
var snapshot []byte

// Snapshot are the keys that the program carries.
func Snapshot() (Keys, error) { return Parse(trust.SourceEmbedded, snapshot) }

// maxKeys bounds one file; npm has had three keys in as many years.
const maxKeys = 64

// Parse reads a list of keys: {"keys": [{keyId, keyUsage, publicKey{rawBytes, keyDetails, validFor}}]} as in TUF, or
// {"keys": [{keyid, keytype, scheme, key, expires}]} as a registry serves it. One key that cannot be used makes the
// whole list unusable: a key that is silently left out would look like one that was replaced.
func Parse(source string, data []byte) (Keys, error) {
	var file struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return Keys{}, errors.New("read registry keys: not a JSON object with a list of keys")
	}
	if len(file.Keys) == 0 || len(file.Keys) > maxKeys {
		return Keys{}, fmt.Errorf("read registry keys: want between 1 and %d keys, found %d", maxKeys, len(file.Keys))
	}
	out := Keys{Source: source, SHA256: fmt.Sprintf("%x", sha256.Sum256(data))}
	for i, raw := range file.Keys {
		k, err := parseKey(raw)
		if err != nil {
			return Keys{}, fmt.Errorf("read registry keys: key %d: %w", i+1, err)
		}
		out.Keys = append(out.Keys, k)
	}
	return out, nil
}

// written is a key in either form.
type written struct {
	KeyID    string `json:"keyId"`
	KeyUsage Use    `json:"keyUsage"`
	Public   *struct {
		RawBytes   []byte `json:"rawBytes"`
		KeyDetails string `json:"keyDetails"`
		ValidFor   struct {
			Start time.Time `json:"start"`
			End   time.Time `json:"end"`
		} `json:"validFor"`
	} `json:"publicKey"`

	KeyType string     `json:"keytype"`
	Scheme  string     `json:"scheme"`
	Key     []byte     `json:"key"`
	Expires *time.Time `json:"expires"`
}

func parseKey(raw json.RawMessage) (Key, error) {
	var w written
	if err := json.Unmarshal(raw, &w); err != nil {
		return Key{}, errors.New("it has not the form of a key")
	}
	k := Key{ID: w.KeyID, Use: w.KeyUsage}
	der := w.Key
	switch {
	case w.Public != nil && w.Public.KeyDetails != "PKIX_ECDSA_P256_SHA_256":
		return Key{}, fmt.Errorf("kind %q is not known (PKIX_ECDSA_P256_SHA_256 is)", w.Public.KeyDetails)
	case w.Public != nil:
		der = w.Public.RawBytes
	case w.KeyType != "ecdsa-sha2-nistp256" || w.Scheme != "ecdsa-sha2-nistp256":
		return Key{}, fmt.Errorf("kind %q is not known (ecdsa-sha2-nistp256 is)", w.KeyType)
	}
	public, err := x509.ParsePKIXPublicKey(der)
	if err != nil {
		return Key{}, errors.New("it is no public key that can be read")
	}
	p, ok := public.(*ecdsa.PublicKey)
	if !ok || p.Curve != elliptic.P256() {
		return Key{}, errors.New("it is no ECDSA key on P-256")
	}
	if want, err := keyID(p); err != nil || k.ID != want {
		return Key{}, fmt.Errorf("it is called %q and is %q", k.ID, want)
	}
	if k.Key, err = trust.NewKey("registry key "+k.ID, public); err != nil {
		return Key{}, err
	}
	switch {
	case w.Public != nil:
		k.NotBefore, k.NotAfter = w.Public.ValidFor.Start, w.Public.ValidFor.End
	case w.Expires != nil:
		k.NotAfter = *w.Expires
	}
	return k, nil
}

// keyID is what npm calls a key: its fingerprint as OpenSSH prints it (RFC 4716 §4 with SHA-256, in base64 without
// padding), over the key in SSH's form (RFC 5656 §3.1).
func keyID(p *ecdsa.PublicKey) (string, error) {
	point, err := p.Bytes()
	if err != nil {
		return "", errors.New("it is no point on its curve")
	}
	var wire []byte
	for _, field := range [][]byte{[]byte("ecdsa-sha2-nistp256"), []byte("nistp256"), point} {
		wire = append(binary.BigEndian.AppendUint32(wire, uint32(len(field))), field...)
	}
	sum := sha256.Sum256(wire)
	return "SHA256:" + base64.RawStdEncoding.EncodeToString(sum[:]), nil
}

// Named are the keys with that ID for a use.
func (k Keys) Named(id string, use Use) []Key {
	return slices.DeleteFunc(slices.Clone(k.Keys), func(key Key) bool {
		return key.ID != id || key.Use != use && key.Use != ""
	})
}

// Limited reports whether a key of that ID has an end, so that the time of a signature matters. A key that is not known
// has none.
func (k Keys) Limited(id string) bool {
	return slices.ContainsFunc(k.Named(id, UseSignatures), func(key Key) bool { return !key.NotAfter.IsZero() })
}
