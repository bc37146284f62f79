package document

import "bytes"

// tokenKind is what a token of a text is.
type tokenKind int

const (
	tokenEnd tokenKind = iota
	tokenKey
	tokenPlain // a value that holds nothing
	tokenOpen  // of an object or array
	tokenClose
)

// token is a part of a text that is known to be JSON. A string is a key if a colon comes next, so that nothing needs to
// be known of what it lies in.
type token struct {
	kind     tokenKind
	from, to int
}

// tokenAt is the first token at an offset or behind it.
func tokenAt(raw []byte, at int) token {
	for at < len(raw) {
		switch raw[at] {
		case ' ', '\t', '\r', '\n', ',', ':':
			at++
		case '}', ']':
			return token{tokenClose, at, at + 1}
		case '{', '[':
			return token{tokenOpen, at, at + 1}
		case '"':
			end := stringEnd(raw, at)
			if next := skipSpace(raw, end); next < len(raw) && raw[next] == ':' {
				return token{tokenKey, at, end}
			}
			return token{tokenPlain, at, end}
		default:
			return token{tokenPlain, at, literalEnd(raw, at)}
		}
	}
	return token{tokenEnd, at, at}
}

func skipSpace(raw []byte, at int) int {
	for at < len(raw) && (raw[at] == ' ' || raw[at] == '\t' || raw[at] == '\r' || raw[at] == '\n') {
		at++
	}
	return at
}

// stringEnd is the offset after the closing quote of the string that begins at start.
func stringEnd(raw []byte, start int) int {
	for i := start + 1; ; i++ {
		quote := bytes.IndexByte(raw[i:], '"')
		if quote < 0 {
			return len(raw) // not in valid JSON
		}
		i += quote
		slashes := 0
		for raw[i-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return i + 1
		}
	}
}

// literalEnd is the offset after the number, true, false or null that begins at start.
func literalEnd(raw []byte, start int) int {
	for i := start; i < len(raw); i++ {
		switch raw[i] {
		case ',', ']', '}', ' ', '\t', '\r', '\n':
			return i
		}
	}
	return len(raw)
}
