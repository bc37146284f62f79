package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// maxPayload is how many bytes of one payload are read, what cosign reads of an attestation too.
const maxPayload = 128 << 20

// maxKeys is how many members one JSON object may have where the members have a meaning for us.
const maxKeys = 10000

// checkJSON says why raw is not one JSON document of a size that is read. Everything below relies on it having passed.
func checkJSON(raw []byte) error {
	if len(raw) > maxPayload {
		return fmt.Errorf("%d bytes are more than the %d that are read", len(raw), maxPayload)
	}
	if !json.Valid(raw) {
		return errors.New("not JSON")
	}
	return nil
}

// members reads a JSON object strictly: a key that is there twice, or that differs from a known one in its letters'
// case only, is refused. Parsers disagree about which of two such members counts (encoding/json takes the last, in any
// case), so that what one shows is not what another verified. Unknown keys are kept. The values are slices of raw,
// which must have passed checkJSON.
func members(raw []byte, known ...string) (map[string]json.RawMessage, error) {
	out := map[string]json.RawMessage{}
	var err error
	object := eachMember(raw, func(name string, value json.RawMessage) bool {
		if _, twice := out[name]; twice {
			err = fmt.Errorf("the key %q is there twice", name)
		} else if odd := slices.IndexFunc(known, func(k string) bool { return k != name && strings.EqualFold(k, name) }); odd >= 0 &&
			!slices.Contains(known, name) {
			err = fmt.Errorf("the key %q differs from %q in its letters' case only", name, known[odd])
		} else if len(out) == maxKeys {
			err = fmt.Errorf("more than %d keys in one object", maxKeys)
		}
		out[name] = value
		return err == nil
	})
	switch {
	case !object:
		return nil, errors.New("not a JSON object")
	case err != nil:
		return nil, err
	}
	return out, nil
}

// text reads a member that must be a string; absent and null are "".
func text(fields map[string]json.RawMessage, key string) (string, error) {
	raw := fields[key]
	switch {
	case null(raw):
		return "", nil
	case firstByte(raw) != '"':
		return "", fmt.Errorf("%s is not a string", key)
	}
	return unquote(raw), nil
}

// encoded reads a member that must be bytes in base64; absent, null and empty are nil.
func encoded(fields map[string]json.RawMessage, key string) ([]byte, error) {
	if plain, ok := inside(fields[key]); ok {
		return decode64(plain)
	}
	escaped, err := text(fields, key)
	if err != nil {
		return nil, err
	}
	return decode64([]byte(escaped))
}

// elements calls visit for each element of a member that must be an array; absent and null are empty. The elements are
// slices of the member.
func elements(fields map[string]json.RawMessage, key string, visit func(json.RawMessage) error) error {
	raw := fields[key]
	if null(raw) {
		return nil
	}
	var err error
	list := eachElement(raw, func(value json.RawMessage) bool {
		err = visit(value)
		return err == nil
	})
	if !list {
		return fmt.Errorf("%s is not an array", key)
	}
	return err
}
