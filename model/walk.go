package model

import (
	"bytes"
	"encoding/json"
)

// The functions here walk over JSON that has passed checkJSON. They copy none of it: a predicate may have a hundred
// million bytes, of which nothing but the outline is wanted.

// skipSpace is the index of the first byte from at on that is not white space, len(raw) if there is none.
func skipSpace(raw []byte, at int) int {
	for at < len(raw) && (raw[at] == ' ' || raw[at] == '\n' || raw[at] == '\r' || raw[at] == '\t') {
		at++
	}
	return min(at, len(raw))
}

// firstByte is the one that tells of what type a value is, 0 if there is no value.
func firstByte(raw []byte) byte {
	if at := skipSpace(raw, 0); at < len(raw) {
		return raw[at]
	}
	return 0
}

// skipString is the index after the string that begins at raw[at].
func skipString(raw []byte, at int) int {
	for at++; at < len(raw); at++ {
		quote := bytes.IndexByte(raw[at:], '"')
		if quote < 0 {
			break
		}
		escapes := 0
		for escapes < quote && raw[at+quote-1-escapes] == '\\' {
			escapes++
		}
		at += quote
		if escapes%2 == 0 {
			return at + 1
		}
	}
	return len(raw)
}

// skipValue is the index after the value that begins at raw[at].
func skipValue(raw []byte, at int) int {
	depth := 0
	for at < len(raw) {
		switch raw[at] {
		case '"':
			at = skipString(raw, at)
		case '{', '[':
			depth++
			at++
		case '}', ']':
			depth--
			at++
		case ',', ':', ' ', '\n', '\r', '\t':
			at++
			continue
		default:
			at = skipBare(raw, at)
		}
		if depth == 0 {
			break
		}
	}
	return at
}

// skipBare is the index after the number, true, false or null that begins at raw[at].
func skipBare(raw []byte, at int) int {
	for at < len(raw) && raw[at] != ',' && raw[at] != '}' && raw[at] != ']' && raw[at] != ' ' && raw[at] != '\n' && raw[at] != '\r' && raw[at] != '\t' {
		at++
	}
	return at
}

// eachMember calls visit for the members of an object in their order, until it returns false. It returns false itself if
// raw is not an object.
func eachMember(raw []byte, visit func(key string, value json.RawMessage) bool) bool {
	at := skipSpace(raw, 0)
	if at == len(raw) || raw[at] != '{' {
		return false
	}
	for at = skipSpace(raw, at+1); at < len(raw) && raw[at] == '"'; {
		end := skipString(raw, at)
		key := unquote(raw[at:end])
		at = skipSpace(raw, skipSpace(raw, end)+1) // after the colon
		end = skipValue(raw, at)
		if !visit(key, raw[at:end:end]) {
			break
		}
		if at = skipSpace(raw, end); at < len(raw) && raw[at] == ',' {
			at = skipSpace(raw, at+1)
		}
	}
	return true
}

// eachElement is eachMember for an array.
func eachElement(raw []byte, visit func(value json.RawMessage) bool) bool {
	at := skipSpace(raw, 0)
	if at == len(raw) || raw[at] != '[' {
		return false
	}
	for at = skipSpace(raw, at+1); at < len(raw) && raw[at] != ']'; {
		end := skipValue(raw, at)
		if !visit(raw[at:end:end]) {
			break
		}
		if at = skipSpace(raw, end); at < len(raw) && raw[at] == ',' {
			at = skipSpace(raw, at+1)
		}
	}
	return true
}

// inside is what stands between the quotes of a string that has no escapes; ok is false for any other value.
func inside(raw []byte) (text []byte, ok bool) {
	at := skipSpace(raw, 0)
	if at == len(raw) || raw[at] != '"' {
		return nil, false
	}
	end := skipString(raw, at)
	if end-1 <= at || bytes.IndexByte(raw[at:end], '\\') >= 0 {
		return nil, false
	}
	return raw[at+1 : end-1], true
}

// unquote is the text of a string, "" for any other value.
func unquote(raw []byte) string {
	if text, plain := inside(raw); plain {
		return string(text)
	}
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return ""
	}
	return text
}
