package tuf

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"time"
)

// record is what the cache holds of an instance: the trusted root as it was published, and the metadata that vouches
// for it, byte by byte as the mirror gave them.
type record struct {
	Name      string   `json:"name"`
	Mirror    string   `json:"mirror"`
	Anchor    []byte   `json:"anchor,omitempty"` // root.json of a private instance, as the reader named it
	Roots     [][]byte `json:"roots"`            // from the anchor's successor to the newest
	Timestamp []byte   `json:"timestamp"`
	Snapshot  []byte   `json:"snapshot"`
	Targets   []byte   `json:"targets"`
	Target    []byte   `json:"target"` // trusted_root.json
	// Packages is what else the instance publishes, nil if it does not.
	Packages *delegated `json:"packages,omitempty"`

	Version   int64     `json:"version"` // of the targets role
	Length    int64     `json:"length"`  // of the target, in bytes
	SHA256    string    `json:"sha256"`  // of the target, hex
	FetchedAt time.Time `json:"fetchedAt"`
	Since     time.Time `json:"since"` // when this very target was first fetched
}

// envelope is a record as it lies on disk.
type envelope struct {
	SchemaVersion string          `json:"schemaVersion"`
	SHA256        string          `json:"sha256"` // of the record's bytes, hex
	Record        json.RawMessage `json:"record"`
}

const schemaVersion = "1"

var errDamaged = errors.New("the file is damaged: its content does not fit its sum")

func (r record) encode() ([]byte, error) {
	body, err := json.Marshal(r)
	if err != nil {
		return nil, because(err, "write what was fetched: it has no form in JSON")
	}
	raw, err := json.Marshal(envelope{SchemaVersion: schemaVersion, SHA256: sum(body), Record: body})
	if err != nil {
		return nil, because(err, "write what was fetched: it has no form in JSON")
	}
	return append(raw, '\n'), nil
}

// decode reads a record. What it says is still to be authenticated.
func decode(raw []byte) (record, error) {
	var e envelope
	if err := json.Unmarshal(raw, &e); err != nil {
		return record{}, because(err, "the file is damaged: it is not JSON")
	}
	switch {
	case e.SchemaVersion != schemaVersion:
		return record{}, errors.New("the file has a form that this version of attestree does not know")
	case sum(e.Record) != e.SHA256:
		return record{}, errDamaged
	}
	var r record
	decoder := json.NewDecoder(bytes.NewReader(e.Record))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&r); err != nil {
		return record{}, because(err, "the file is damaged: it holds something else")
	}
	return r, nil
}

func sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}
