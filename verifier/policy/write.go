package policy

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/attestree/attestree/verifier/trust"
)

// written is one field of an entry as it stands in a file.
type written struct {
	name, value string
	block       []string // the lines of a text over several lines, where there is room for it
}

// fieldsOf is an entry in the form of the file, in the order of signerFields. What it does not say is not written.
func fieldsOf(s trust.Signer) []written {
	out := []written{{name: "name", value: strconv.Quote(s.Name)}}
	add := func(name, value string, there bool) {
		if there {
			out = append(out, written{name: name, value: value})
		}
	}
	addText := func(name, value string) { add(name, strconv.Quote(value), value != "") }
	addTime := func(name string, t time.Time) { add(name, moment(t), !t.IsZero()) }
	addList := func(name string, values []string) { add(name, list(values), len(values) > 0) }
	add("keyless", "true", s.Keyless)
	addText("issuer", s.Issuer)
	addText("subject", s.Subject)
	addText("subject_regexp", s.SubjectRegexp)
	switch {
	case s.KeyRef != "":
		addText("key_ref", s.KeyRef)
	case s.Key != nil:
		key := publicPEM(*s.Key)
		out = append(out, written{name: "key", value: strconv.Quote(key), block: strings.Split(strings.TrimSpace(key), "\n")})
	}
	add("require_log", "false", s.NoLog)
	addText("source_repository", s.SourceRepository)
	addText("source_repository_id", s.SourceRepositoryID)
	addList("triggers", s.Triggers)
	addText("root", s.Root)
	addList("for", s.For)
	addList("images", s.Images)
	addList("mirrors", s.Mirrors)
	add("require_name", "true", s.RequireName)
	addTime("valid_from", s.ValidFrom)
	addTime("valid_until", s.ValidUntil)
	addTime("expires", s.Expires)
	add("enabled", strconv.FormatBool(s.Enabled), true)
	return out
}

// moment writes a time as a date where it is one.
func moment(t time.Time) string {
	t = t.UTC()
	if t.Equal(t.Truncate(24 * time.Hour)) {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339Nano)
}

// list writes texts as a list in one line. The quotes are those of Go, which YAML reads in the same way.
func list(values []string) string {
	quoted := make([]string, 0, len(values))
	for _, v := range values {
		quoted = append(quoted, strconv.Quote(v))
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

func publicPEM(k trust.Key) string {
	der, err := x509.MarshalPKIXPublicKey(k.Public())
	if err != nil {
		return "" // no entry with such a key gets past writable
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

// writable is the entry as a file can hold it, or why it cannot.
func writable(s trust.Signer) (trust.Signer, error) {
	switch {
	case s.Name == "":
		return s, errors.New("it needs a name")
	case s.IssuerPattern != "" || s.SubjectPattern != "":
		return s, errors.New("the patterns of cosign's flags match anywhere in the text and are not saved; give the issuer exactly, and the subject exactly or as subject_regexp")
	case s.Key == nil || s.KeyRef != "":
		return s, nil
	}
	if publicPEM(*s.Key) == "" {
		return s, errors.New("its key cannot be written")
	}
	// Of a certificate only the key is written, so that its period becomes the entry's own.
	if s.Key.NotBefore.After(s.ValidFrom) {
		s.ValidFrom = s.Key.NotBefore
	}
	if until := s.Key.NotAfter; !until.IsZero() && (s.ValidUntil.IsZero() || until.Before(s.ValidUntil)) {
		s.ValidUntil = until
	}
	return s, nil
}

// inline is an entry in one line.
func inline(s trust.Signer) string {
	var parts []string
	for _, f := range fieldsOf(s) {
		parts = append(parts, f.name+": "+f.value)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// lines is an entry as an element of a list, with its dash indented by so many spaces.
func lines(s trust.Signer, indent int) []string {
	var out []string
	pad := strings.Repeat(" ", indent)
	for i, f := range fieldsOf(s) {
		lead := pad + "  "
		if i == 0 {
			lead = pad + "- "
		}
		if f.block == nil {
			out = append(out, lead+f.name+": "+f.value)
			continue
		}
		out = append(out, lead+f.name+": |")
		for _, line := range f.block {
			out = append(out, pad+"    "+line)
		}
	}
	return out
}

// skeleton is a new file that trusts one signer and asks for nothing yet.
func skeleton(s trust.Signer) string {
	return fmt.Sprintf(`# Whom attestree trusts, and what an image needs. See docs/policy.md for every field.
# An image is judged by this file alone; without requirements here, what is asked for must be trusted.
signing_policy:
  trusted_keys:
%s
`, strings.Join(lines(s, 4), "\n"))
}
