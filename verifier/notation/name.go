package notation

import (
	"crypto/x509/pkix"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// attributes are the types that may be in an identity (RFC 4514 §3, RFC 4519), by their names in capitals. notation
// writes S as well as ST.
var attributes = map[string]string{
	"CN": "2.5.4.3", "SERIALNUMBER": "2.5.4.5", "C": "2.5.4.6", "L": "2.5.4.7", "ST": "2.5.4.8", "S": "2.5.4.8",
	"STREET": "2.5.4.9", "O": "2.5.4.10", "OU": "2.5.4.11", "POSTALCODE": "2.5.4.17",
	"DC": "0.9.2342.19200300.100.1.25", "UID": "0.9.2342.19200300.100.1.1", "EMAILADDRESS": "1.2.840.113549.1.9.1",
}

// mandatory attributes keep an identity from meaning everybody of that name anywhere.
var mandatory = []string{"C", "ST", "O"}

// Identity is a distinguished name that a certificate's subject must contain.
type Identity struct {
	Text   string            // as written, without the prefix
	values map[string]string // by object identifier
}

// parseIdentity reads a distinguished name (RFC 4514).
func parseIdentity(text string) (Identity, error) {
	id := Identity{Text: text, values: map[string]string{}}
	parts, err := splitName(text)
	if err != nil {
		return Identity{}, err
	}
	for _, part := range parts {
		key, raw, found := strings.Cut(part, "=")
		if !found {
			return Identity{}, fmt.Errorf("%q has no =", part)
		}
		oid, known := attributes[strings.ToUpper(strings.TrimSpace(key))]
		if !known {
			return Identity{}, fmt.Errorf("the attribute %q is not known", strings.TrimSpace(key))
		}
		value, err := unescape(raw)
		if err != nil {
			return Identity{}, err
		}
		if value == "" {
			return Identity{}, fmt.Errorf("the attribute %s is empty", strings.TrimSpace(key))
		}
		if _, twice := id.values[oid]; twice {
			return Identity{}, fmt.Errorf("the attribute %s is there twice", strings.TrimSpace(key))
		}
		id.values[oid] = value
	}
	for _, name := range mandatory {
		if id.values[attributes[name]] == "" {
			return Identity{}, fmt.Errorf("it has no %s; C, ST and O are needed at least", name)
		}
	}
	return id, nil
}

// splitName cuts a distinguished name at its commas that are not escaped.
func splitName(text string) ([]string, error) {
	var parts []string
	start, escaped := 0, false
	for i := range len(text) {
		switch c := text[i]; {
		case escaped:
			escaped = false
		case c == '\\':
			escaped = true
		case c == '+':
			return nil, errors.New("parts with several attributes (+) are not known to notation; write \\+ for the character")
		case c == '"' || c == ';' || c == '<' || c == '>':
			return nil, fmt.Errorf("%q must be written as \\%c", c, c)
		case c == ',':
			parts = append(parts, text[start:i])
			start = i + 1
		}
	}
	if escaped {
		return nil, errors.New("it ends in a backslash")
	}
	return append(parts, text[start:]), nil
}

// unescape reads a value (RFC 4514 §2.4): \ before a character or before two hexadecimal digits.
func unescape(raw string) (string, error) {
	raw = strings.TrimLeft(raw, " ")
	for strings.HasSuffix(raw, " ") && !strings.HasSuffix(raw, `\ `) {
		raw = raw[:len(raw)-1]
	}
	if strings.HasPrefix(raw, "#") {
		return "", errors.New("values in hexadecimal (#) are not known here")
	}
	var b strings.Builder
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' {
			b.WriteByte(raw[i])
			continue
		}
		rest := raw[i+1:]
		if len(rest) >= 2 {
			if octet, err := hex.DecodeString(rest[:2]); err == nil {
				b.Write(octet)
				i += 2
				continue
			}
		}
		if rest == "" {
			return "", errors.New("it ends in a backslash")
		}
		b.WriteByte(rest[0])
		i++
	}
	if !utf8.ValidString(b.String()) {
		return "", errors.New("it is not valid UTF-8")
	}
	return b.String(), nil
}

// matches reports whether a certificate's subject has every attribute of the identity, each exactly once and with that
// value.
func (id Identity) matches(subject pkix.Name) bool {
	found := map[string][]string{}
	for _, attribute := range subject.Names {
		text, ok := attribute.Value.(string)
		if !ok {
			text = "\x00" // no text: equal to nothing
		}
		oid := attribute.Type.String()
		found[oid] = append(found[oid], text)
	}
	for oid, want := range id.values {
		if !slices.Equal(found[oid], []string{want}) {
			return false
		}
	}
	return len(id.values) > 0
}

// within reports whether everybody whom id names is named by other too.
func (id Identity) within(other Identity) bool {
	for oid, value := range other.values {
		if id.values[oid] != value {
			return false
		}
	}
	return true
}
