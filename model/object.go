package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
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
	object := gjson.ParseBytes(raw)
	if !object.IsObject() {
		return nil, errors.New("not a JSON object")
	}
	out := map[string]json.RawMessage{}
	var err error
	object.ForEach(func(key, value gjson.Result) bool {
		name := key.String()
		if _, twice := out[name]; twice {
			err = fmt.Errorf("the key %q is there twice", name)
		} else if odd := slices.IndexFunc(known, func(k string) bool { return k != name && strings.EqualFold(k, name) }); odd >= 0 &&
			!slices.Contains(known, name) {
			err = fmt.Errorf("the key %q differs from %q in its letters' case only", name, known[odd])
		} else if len(out) == maxKeys {
			err = fmt.Errorf("more than %d keys in one object", maxKeys)
		}
		out[name] = json.RawMessage(raw[value.Index : value.Index+len(value.Raw)])
		return err == nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// text reads a member that must be a string; absent and null are "".
func text(fields map[string]json.RawMessage, key string) (string, error) {
	raw := fields[key]
	if raw == nil {
		return "", nil
	}
	switch value := gjson.ParseBytes(raw); value.Type {
	case gjson.String:
		return value.String(), nil
	case gjson.Null:
		return "", nil
	case gjson.False, gjson.Number, gjson.True, gjson.JSON:
	}
	return "", fmt.Errorf("%s is not a string", key)
}

// elements calls visit for each element of a member that must be an array; absent and null are empty. The elements are
// slices of the member.
func elements(fields map[string]json.RawMessage, key string, visit func(json.RawMessage) error) error {
	raw := fields[key]
	if raw == nil {
		return nil
	}
	list := gjson.ParseBytes(raw)
	if list.Type == gjson.Null {
		return nil
	}
	if !list.IsArray() {
		return fmt.Errorf("%s is not an array", key)
	}
	var err error
	list.ForEach(func(_, value gjson.Result) bool {
		err = visit(json.RawMessage(raw[value.Index : value.Index+len(value.Raw)]))
		return err == nil
	})
	return err
}
