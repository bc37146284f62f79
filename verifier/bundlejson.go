package verifier

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strconv"

	"github.com/tidwall/gjson"
)

// wrappedBase64 is a JSON string of base64 with line breaks in it. Checkpoints have line breaks too, but they also have
// spaces.
var wrappedBase64 = regexp.MustCompile(`"[A-Za-z0-9+/=_-]+(?:\\[nr][A-Za-z0-9+/=_-]*)+"`)

// unwrapBase64 takes the line breaks out of base64.
func unwrapBase64(document []byte) []byte {
	return wrappedBase64.ReplaceAllFunc(document, func(text []byte) []byte {
		return bytes.ReplaceAll(bytes.ReplaceAll(text, []byte(`\n`), nil), []byte(`\r`), nil)
	})
}

// base64Fields are the fields of a bundle that hold bytes (protobuf-specs, sigstore_bundle.proto and what it imports).
var base64Fields = map[string]bool{
	"signature": true, "digest": true, "payload": true, "sig": true, "rawBytes": true, "canonicalizedBody": true,
	"keyId": true, "signedEntryTimestamp": true, "rootHash": true, "hashes": true, "signedTimestamp": true,
}

// explainJSON says why a document is not the JSON form of a bundle.
func explainJSON(document []byte, problem string) result {
	const want = "a Sigstore bundle"
	if !json.Valid(document) {
		return fail(want, "no JSON", "the bytes are not JSON: the bundle was cut off or damaged")
	}
	if path := notBase64(gjson.ParseBytes(document), "", "", maxDepth); path != "" {
		return fail("bytes in base64", "something else in "+path, "the bundle's field "+path+" is not base64: it was damaged or changed")
	}
	return fail(want, "other JSON", "the bytes are not the JSON form of a Sigstore bundle"+because(problem))
}

// maxDepth bounds how deep a document is looked into. Real bundles have eight levels.
const maxDepth = 16

// notBase64 is the path of a field that ought to be base64 and is not, "" if there is none.
func notBase64(value gjson.Result, name, path string, depth int) (bad string) {
	switch {
	case depth == 0:
	case value.IsObject():
		value.ForEach(func(key, inner gjson.Result) bool {
			bad = notBase64(inner, key.String(), join(path, key.String()), depth-1)
			return bad == ""
		})
	case value.IsArray():
		i := 0
		value.ForEach(func(_, inner gjson.Result) bool {
			bad = notBase64(inner, name, join(path, strconv.Itoa(i)), depth-1)
			i++
			return bad == ""
		})
	case value.Type == gjson.String && base64Fields[name]:
		if _, err := decode64(value.String()); err != nil {
			return path
		}
	}
	return bad
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
