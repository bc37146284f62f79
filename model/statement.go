package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// The statement types that are read (in-toto attestation spec, statement.md, "_type").
const (
	StatementV01 = "https://in-toto.io/Statement/v0.1"
	StatementV1  = "https://in-toto.io/Statement/v1"

	statementPrefix = "https://in-toto.io/Statement/"
)

// maxSubjects is how many subjects of one statement are read; GitHub allows 1024.
const maxSubjects = 1 << 16

// errStatementType says that a payload may be a statement, but not of a type that is known.
var errStatementType = errors.New("not an in-toto statement of a known type")

// Statement is an in-toto statement (in-toto attestation spec, statement.md), v0.1 or v1.
type Statement struct {
	Type          string
	PredicateType string
	Subjects      []Subject
	Predicate     json.RawMessage // as in the payload; nil if absent
}

// Subject is one thing that a statement is about. Only digests identify it; names are labels.
type Subject struct {
	Name        string
	URI         string
	Digests     []NamedDigest // sorted by algorithm
	Annotations map[string]string
}

// NamedDigest is one entry of an in-toto DigestSet.
type NamedDigest struct{ Algorithm, Value string }

// Names reports whether one of the statement's subjects has exactly that digest. The hexadecimal digits of a DigestSet are
// lower case (in-toto attestation spec, digest_set.md).
func (s *Statement) Names(d Digest) bool {
	want := NamedDigest{Algorithm: d.Algorithm(), Value: d.Hex()}
	return want.Value != "" && slices.ContainsFunc(s.Subjects, func(subject Subject) bool {
		return slices.Contains(subject.Digests, want)
	})
}

// readStatement reads an in-toto statement, v0.1 or v1 (in-toto attestation spec, statement.md), from bytes that have
// passed checkJSON. It is stricter than encoding/json where parsers disagree: a key that is there twice or in other
// letters' case is refused, in the statement and in its subjects. It is more tolerant where the specification asks for
// it: unknown fields are ignored, and a predicate may be anything. A statement without subjects is read and is about
// nothing. The error says why payload is no statement; it wraps errStatementType where the type is unknown.
func readStatement(payload []byte) (*Statement, error) {
	if !utf8.Valid(payload) {
		// Parsers disagree about such bytes: some keep them, some write U+FFFD in their place, protobuf's refuses them.
		return nil, errors.New("it is not UTF-8 (RFC 8259, section 8.1)")
	}
	fields, err := members(payload, "_type", "subject", "predicateType", "predicate")
	if err != nil {
		return nil, err
	}
	s := &Statement{Predicate: fields["predicate"]}
	if s.Type, err = text(fields, "_type"); err != nil {
		return nil, err
	}
	if s.Type != StatementV01 && s.Type != StatementV1 {
		return nil, fmt.Errorf("_type %q: %w", s.Type, errStatementType)
	}
	if s.PredicateType, err = text(fields, "predicateType"); err != nil {
		return nil, err
	}
	if s.PredicateType == "" {
		return nil, errors.New("it has no predicateType")
	}
	err = elements(fields, "subject", func(raw json.RawMessage) error {
		if len(s.Subjects) == maxSubjects {
			return fmt.Errorf("more than %d subjects", maxSubjects)
		}
		subject, err := readSubject(raw)
		if err != nil {
			return fmt.Errorf("subject %d: %w", len(s.Subjects), err)
		}
		s.Subjects = append(s.Subjects, subject)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// readSubject reads a resource descriptor (in-toto attestation spec, resource_descriptor.md).
func readSubject(raw json.RawMessage) (Subject, error) {
	var s Subject
	fields, err := members(raw, "name", "uri", "digest", "content", "downloadLocation", "mediaType", "annotations")
	if err != nil {
		return s, err
	}
	if s.Name, err = text(fields, "name"); err != nil {
		return s, err
	}
	if s.URI, err = text(fields, "uri"); err != nil {
		return s, err
	}
	if s.Digests, err = readDigests(fields["digest"]); err != nil {
		return s, fmt.Errorf("digest: %w", err)
	}
	if s.Annotations, err = readAnnotations(fields["annotations"]); err != nil {
		return s, fmt.Errorf("annotations: %w", err)
	}
	return s, nil
}

// null reports whether a member is absent or null.
func null(raw json.RawMessage) bool { return raw == nil || firstByte(raw) == 'n' }

// readDigests reads a DigestSet (in-toto attestation spec, digest_set.md). An algorithm in two spellings of its case is
// refused like one that is there twice.
func readDigests(raw json.RawMessage) ([]NamedDigest, error) {
	if null(raw) {
		return nil, nil
	}
	fields, err := members(raw)
	if err != nil {
		return nil, err
	}
	out := make([]NamedDigest, 0, len(fields))
	folded := make(map[string]bool, len(fields))
	for algorithm := range fields {
		value, err := text(fields, algorithm)
		if err != nil {
			return nil, err
		}
		fold := strings.ToLower(algorithm)
		if folded[fold] {
			return nil, fmt.Errorf("the algorithm %q is there twice", fold)
		}
		folded[fold] = true
		out = append(out, NamedDigest{Algorithm: algorithm, Value: value})
	}
	slices.SortFunc(out, func(a, b NamedDigest) int { return strings.Compare(a.Algorithm, b.Algorithm) })
	return out, nil
}

// readAnnotations reads a map of annotations; a value that is no string is kept as its JSON.
func readAnnotations(raw json.RawMessage) (map[string]string, error) {
	if null(raw) {
		return nil, nil
	}
	fields, err := members(raw)
	if err != nil {
		return nil, err
	}
	out := make(map[string]string, len(fields))
	for key, value := range fields {
		if firstByte(value) == '"' {
			out[key] = unquote(value)
		} else {
			out[key] = string(value)
		}
	}
	return out, nil
}
