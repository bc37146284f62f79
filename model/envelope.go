package model

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// decode64 reads base64 in the standard or the URL-safe alphabet, padded or not: DSSE allows both alphabets (envelope.md),
// and protobuf's JSON form both paddings.
func decode64(s []byte) ([]byte, error) {
	encoding := base64.StdEncoding
	if bytes.IndexByte(s, '-') >= 0 || bytes.IndexByte(s, '_') >= 0 {
		encoding = base64.URLEncoding
	}
	if !bytes.HasSuffix(bytes.TrimRight(s, "\r\n"), []byte("=")) {
		encoding = encoding.WithPadding(base64.NoPadding)
	}
	out := make([]byte, encoding.DecodedLen(len(s)))
	n, err := encoding.Decode(out, s)
	if err != nil {
		return nil, errors.New("not base64")
	}
	return out[:n], nil
}

// readEnvelope reads a DSSE envelope (secure-systems-lab/dsse, envelope.md) into a: payload type, payload and what that
// says. In a bundle it is a protobuf message, whose JSON form has a second spelling.
func (a *Attestation) readEnvelope(raw []byte, protobuf bool) error {
	fields, err := members(raw, "payload", "payloadType", "signatures")
	if err != nil {
		return err
	}
	if protobuf {
		if fields["payloadType"], err = member(fields, "payloadType", "payload_type"); err != nil {
			return err
		}
	}
	if a.PayloadType, err = text(fields, "payloadType"); err != nil {
		return err
	}
	err = elements(fields, "signatures", func(raw json.RawMessage) error {
		_, err := members(raw, "keyid", "sig")
		a.Signatures++
		return err
	})
	if err != nil {
		return fmt.Errorf("signatures: %w", err)
	}
	if a.Payload, err = encoded(fields, "payload"); err != nil {
		return fmt.Errorf("payload: %w", err)
	}
	if len(a.Payload) == 0 {
		return errors.New("it has no payload")
	}
	return a.readPayload()
}

// readPayload reads what a DSSE envelope signs.
func (a *Attestation) readPayload() error {
	if err := checkJSON(a.Payload); err != nil {
		return fmt.Errorf("payload: %w", err)
	}
	if !statementType(a.PayloadType) {
		a.Unsupported = true
		a.RawPredicate, a.Document = a.Payload, SniffChecked(a.Payload)
		return fmt.Errorf("payloadType %q is not that of an in-toto statement", a.PayloadType)
	}
	return a.readStatement()
}

// readStatement reads a.Payload as a statement, and the statement in its predicate if there is one.
func (a *Attestation) readStatement() error {
	statement, err := readStatement(a.Payload)
	if err != nil {
		a.Unsupported = errors.Is(err, errStatementType)
		return fmt.Errorf("statement: %w", err)
	}
	a.Statement = statement
	a.PredicateType, a.RawPredicate = statement.PredicateType, statement.Predicate
	a.unwrap()
	return nil
}

// unwrap looks for a whole statement in the predicate: cosign attest --predicate wraps whatever it is given, so that a
// generator that wrote the statement too has it twice.
func (a *Attestation) unwrap() {
	whole := false
	eachMember(a.RawPredicate, func(key string, value json.RawMessage) bool {
		if key != "_type" {
			return true
		}
		whole = strings.HasPrefix(unquote(value), statementPrefix)
		return false
	})
	if !whole {
		return
	}
	nested, err := readStatement(a.RawPredicate)
	if err != nil {
		a.warn("nested-statement", "the predicate is a statement itself, which could not be read: "+err.Error())
		return
	}
	a.Nested = nested
	a.PredicateType, a.RawPredicate = nested.PredicateType, nested.Predicate
	a.warn("nested-statement", "the predicate is a whole statement of type "+nested.PredicateType+
		": tools that read the predicate find another statement there")
	if !sameSubjects(a.Statement, nested) {
		a.Findings = append(a.Findings, Finding{
			ID: "nested-subject-mismatch", Severity: SeverityError,
			Message: "the statement inside the predicate is about something else than the signed one around it",
		})
	}
}

func (a *Attestation) warn(id, message string) {
	a.Findings = append(a.Findings, Finding{ID: id, Severity: SeverityWarning, Message: message})
}

// sameSubjects reports whether every subject of the inner statement is one of the outer's: they share a digest and
// contradict each other in none.
func sameSubjects(outer, inner *Statement) bool {
	for _, subject := range inner.Subjects {
		same := false
		for _, other := range outer.Subjects {
			same = same || sameDigests(subject, other)
		}
		if !same {
			return false
		}
	}
	return len(inner.Subjects) > 0
}

func sameDigests(a, b Subject) bool {
	agree := false
	for _, x := range a.Digests {
		for _, y := range b.Digests {
			if x.Algorithm != y.Algorithm {
				continue
			}
			if x.Value != y.Value {
				return false
			}
			agree = true
		}
	}
	return agree
}
