package packages

import "bytes"

// members walks over the members of a JSON object or the elements of an array. It trusts that the text is JSON: of
// anything else it makes something or other, but ends within the text.
//
//	for m := enter(raw, at); m.next(); { … m.key … raw[m.from:m.end()] … }
type members struct {
	raw  []byte
	at   int    // where to look on; before the value if that has not been looked at
	key  []byte // of the current member, between its quotes; nil in an array
	from int    // where the current value begins
	to   int    // where it ends, 0 if that is not known yet
	kind byte   // '{', '[', or 0 at the end
}

// enter begins to walk over the object or array at an offset; over nothing if there is neither.
func enter(raw []byte, at int) members {
	m := members{raw: raw, at: at}
	if at < len(raw) && (raw[at] == '{' || raw[at] == '[') {
		m.kind, m.at = raw[at], at+1
	}
	return m
}

// next goes to the next value and reports whether there is one.
func (m *members) next() bool {
	if m.kind == 0 {
		return false
	}
	if m.from > 0 {
		m.at = m.end()
	}
	at := skipSpace(m.raw, m.at)
	if at < len(m.raw) && m.raw[at] == ',' && m.from > 0 {
		at = skipSpace(m.raw, at+1)
	}
	if at >= len(m.raw) || m.raw[at] == '}' || m.raw[at] == ']' {
		m.kind, m.at = 0, min(at+1, len(m.raw))
		return false
	}
	if m.kind == '{' {
		end := stringEnd(m.raw, at)
		m.key = plainKey(m.raw[min(at+1, end):max(min(at+1, end), end-1)])
		if at = skipSpace(m.raw, end); at < len(m.raw) && m.raw[at] == ':' {
			at = skipSpace(m.raw, at+1)
		}
		if at >= len(m.raw) {
			m.kind, m.at = 0, len(m.raw)
			return false
		}
	}
	m.from, m.to = at, 0
	return true
}

// end is where the current value ends.
func (m *members) end() int {
	if m.to == 0 {
		m.to = max(valueEnd(m.raw, m.from), min(m.from+1, len(m.raw)))
	}
	return m.to
}

// value is the current value as it was written.
func (m *members) value() []byte { return m.raw[m.from:m.end()] }

// is reports whether the current value begins with a character: '{', '[' or '"'.
func (m *members) is(first byte) bool { return m.raw[m.from] == first }

// plainKey is a key without its escapes.
func plainKey(key []byte) []byte {
	if bytes.IndexByte(key, '\\') < 0 {
		return key
	}
	return appendPlain(nil, key)
}

func skipSpace(raw []byte, at int) int {
	for at < len(raw) && (raw[at] == ' ' || raw[at] == '\n' || raw[at] == '\r' || raw[at] == '\t') {
		at++
	}
	return at
}

// stringEnd is the offset after the closing quote of the string that begins at an offset.
func stringEnd(raw []byte, start int) int {
	for at := start + 1; at < len(raw); at++ {
		quote := bytes.IndexByte(raw[at:], '"')
		if quote < 0 {
			break
		}
		at += quote
		slashes := 0
		for at-1-slashes > start && raw[at-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return at + 1
		}
	}
	return len(raw)
}

// valueEnd is the offset after the value that begins at an offset.
func valueEnd(raw []byte, at int) int {
	if at >= len(raw) {
		return len(raw)
	}
	switch raw[at] {
	case '"':
		return stringEnd(raw, at)
	case '{', '[':
		return bracketEnd(raw, at)
	}
	for ; at < len(raw); at++ {
		switch raw[at] {
		case ',', ']', '}', ':', ' ', '\t', '\r', '\n':
			return at
		}
	}
	return at
}

// bracketEnd is the offset after the bracket that closes the one at an offset.
func bracketEnd(raw []byte, at int) int {
	depth := 0
	for at < len(raw) {
		switch raw[at] {
		case '"':
			at = stringEnd(raw, at)
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return at + 1
			}
		}
		at++
	}
	return len(raw)
}
