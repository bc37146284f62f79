package model

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/tidwall/gjson"
)

// SimpleSigning is cosign's signature payload (containers/image simple signing).
type SimpleSigning struct {
	DockerReference string
	ManifestDigest  string
	Type            string
	Optional        json.RawMessage // annotations and whatever else is signed along; nil if absent
}

// maxOptional is how many members of the optional part are listed.
const maxOptional = 50

// Annotations are the members of the optional part in their order, a value that is no string as its JSON: what cosign's
// -a writes, and who says that they made the signature. They are signed, and the signer's word.
func (s *SimpleSigning) Annotations() []Field {
	r := gjson.ParseBytes(s.Optional)
	var out []Field
	if !r.IsObject() {
		return nil
	}
	r.ForEach(func(key, value gjson.Result) bool {
		if value.Type != gjson.Null {
			out = append(out, Field{Label: key.String(), Value: value.String()})
		}
		return len(out) < maxOptional
	})
	return out
}

// readSimpleSigning reads a simple-signing payload (containers/image, docs/containers-signature.5.md) as strictly as a
// statement: the digest in it decides what is signed.
func (a *Attestation) readSimpleSigning(raw []byte) error {
	a.Payload = raw
	fields, err := members(raw, "critical", "optional")
	if err != nil {
		return err
	}
	s := &SimpleSigning{Optional: fields["optional"]}
	if null(fields["critical"]) {
		return errors.New("it has no critical section")
	}
	critical, err := members(fields["critical"], "identity", "image", "type")
	if err != nil {
		return fmt.Errorf("critical: %w", err)
	}
	if s.Type, err = text(critical, "type"); err != nil {
		return fmt.Errorf("critical: %w", err)
	}
	if s.DockerReference, err = textIn(critical, "identity", "docker-reference"); err != nil {
		return fmt.Errorf("critical: %w", err)
	}
	if s.ManifestDigest, err = textIn(critical, "image", "docker-manifest-digest"); err != nil {
		return fmt.Errorf("critical: %w", err)
	}
	a.SimpleSigning = s
	return nil
}

// textIn reads a string of an object that is a member itself; absent is "".
func textIn(fields map[string]json.RawMessage, object, key string) (string, error) {
	raw := fields[object]
	if null(raw) {
		return "", nil
	}
	inner, err := members(raw, key)
	if err != nil {
		return "", fmt.Errorf("%s: %w", object, err)
	}
	return text(inner, key)
}
