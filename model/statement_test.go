package model

import (
	"errors"
	"strings"
	"testing"
)

const (
	typeV1  = `"_type":"https://in-toto.io/Statement/v1"`
	subject = `"subject":[{"name":"a","digest":{"sha256":"aa"}}]`
	spdx    = `"predicateType":"https://spdx.dev/Document"`
)

// parseStatement reads a statement as Open does: what no two parsers read alike is refused before it is read.
func parseStatement(payload []byte) (*Statement, error) {
	if err := checkJSON(payload); err != nil {
		return nil, err
	}
	return readStatement(payload)
}

func statementJSON(members ...string) string { return "{" + strings.Join(members, ",") + "}" }

func TestStatementsThatAreRefused(t *testing.T) {
	cases := map[string]string{
		"not JSON":                                "SPDXVersion: SPDX-2.3",
		"nothing":                                 "",
		"a byte order mark":                       "\ufeff" + statementJSON(typeV1, subject, spdx),
		"a predicate type that is no UTF-8":       statementJSON(typeV1, subject, `"predicateType":"a`+"\xff"+`"`),
		"a predicate that is no UTF-8":            statementJSON(typeV1, subject, spdx, `"predicate":{"a":"`+"\xc3\x28"+`"}`),
		"two documents":                           statementJSON(typeV1, subject, spdx) + statementJSON(typeV1, subject, spdx),
		"a list":                                  "[" + statementJSON(typeV1, subject, spdx) + "]",
		"null":                                    "null",
		"no type":                                 statementJSON(subject, spdx),
		"a link":                                  statementJSON(`"_type":"link"`, subject, spdx),
		"a type of the future":                    statementJSON(`"_type":"https://in-toto.io/Statement/v2"`, subject, spdx),
		"a type that is a list":                   statementJSON(`"_type":["https://in-toto.io/Statement/v1"]`, subject, spdx),
		"no predicate type":                       statementJSON(typeV1, subject),
		"a predicate type that is a number":       statementJSON(typeV1, subject, `"predicateType":1`),
		"subject twice":                           statementJSON(typeV1, subject, subject, spdx),
		"subject twice, once escaped":             statementJSON(typeV1, subject, `"\u0073ubject":[]`, spdx),
		"SUBJECT beside subject":                  statementJSON(typeV1, subject, `"SUBJECT":[]`, spdx),
		"SUBJECT alone":                           statementJSON(typeV1, `"SUBJECT":[]`, spdx),
		"a subject with a long s":                 statementJSON(typeV1, subject, `"ſubject":[]`, spdx),
		"PredicateType":                           statementJSON(typeV1, subject, spdx, `"PredicateType":"x"`),
		"predicate twice":                         statementJSON(typeV1, subject, spdx, `"predicate":{}`, `"predicate":{}`),
		"an unknown key twice":                    statementJSON(typeV1, subject, spdx, `"x":1`, `"x":2`),
		"a subject that is an object":             statementJSON(typeV1, `"subject":{"digest":{"sha256":"aa"}}`, spdx),
		"a subject of strings":                    statementJSON(typeV1, `"subject":["sha256:aa"]`, spdx),
		"digest twice in a subject":               statementJSON(typeV1, `"subject":[{"digest":{"sha256":"aa"},"digest":{"sha256":"bb"}}]`, spdx),
		"DIGEST in a subject":                     statementJSON(typeV1, `"subject":[{"digest":{"sha256":"aa"},"DIGEST":{"sha256":"bb"}}]`, spdx),
		"one algorithm twice":                     statementJSON(typeV1, `"subject":[{"digest":{"sha256":"aa","sha256":"bb"}}]`, spdx),
		"one algorithm in two cases":              statementJSON(typeV1, `"subject":[{"digest":{"sha256":"aa","SHA256":"bb"}}]`, spdx),
		"a digest that is a list":                 statementJSON(typeV1, `"subject":[{"digest":{"sha256":["aa"]}}]`, spdx),
		"a digest that is a string":               statementJSON(typeV1, `"subject":[{"digest":"sha256:aa"}]`, spdx),
		"the second of two subjects has it twice": statementJSON(typeV1, `"subject":[{"digest":{"sha256":"aa"}},{"name":"b","name":"c"}]`, spdx),
	}
	for name, payload := range cases {
		t.Run(name, func(t *testing.T) {
			s, err := parseStatement([]byte(payload))
			if err == nil {
				t.Fatalf("read as %+v", s)
			}
		})
	}
}

func TestStatementsThatAreRead(t *testing.T) {
	cases := []struct {
		name, payload string
		predicate     string
		subjects      int
	}{
		{"v1", statementJSON(typeV1, subject, spdx, `"predicate":{"a":1}`), `{"a":1}`, 1},
		{"v0.1", statementJSON(`"_type":"https://in-toto.io/Statement/v0.1"`, subject, spdx, `"predicate":{}`), `{}`, 1},
		{"an unknown field", statementJSON(typeV1, subject, spdx, `"more":{"subject":[]}`, `"predicate":{}`), `{}`, 1},
		{"an unknown field of a subject", statementJSON(typeV1, `"subject":[{"digest":{"sha256":"aa"},"size":3}]`, spdx), "", 1},
		{"a predicate that is a string", statementJSON(typeV1, subject, spdx, `"predicate":"SPDXVersion: SPDX-2.3"`), `"SPDXVersion: SPDX-2.3"`, 1},
		{"a predicate that is a list", statementJSON(typeV1, subject, spdx, `"predicate":[1, 2]`), `[1, 2]`, 1},
		{"a predicate that is null", statementJSON(typeV1, subject, spdx, `"predicate":null`), `null`, 1},
		{"no predicate", statementJSON(typeV1, subject, spdx), "", 1},
		{"no subject", statementJSON(typeV1, spdx), "", 0},
		{"subject null", statementJSON(typeV1, `"subject":null`, spdx), "", 0},
		{"a subject without digests", statementJSON(typeV1, `"subject":[{"name":"a","digest":null}]`, spdx), "", 1},
		{"the predicate keeps its bytes", statementJSON(typeV1, subject, spdx, `"predicate": { "n" : 12345678901234567890.0 }`), `{ "n" : 12345678901234567890.0 }`, 1},
		{"keys of the predicate are not ours to judge", statementJSON(typeV1, subject, spdx, `"predicate":{"a":1,"a":2}`), `{"a":1,"a":2}`, 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s, err := parseStatement([]byte(c.payload))
			if err != nil {
				t.Fatal(err)
			}
			if string(s.Predicate) != c.predicate || len(s.Subjects) != c.subjects || s.PredicateType != predicateSPDX {
				t.Errorf("read as %+v with predicate %s", s, s.Predicate)
			}
		})
	}
}

func TestSubjectsAreReadInFull(t *testing.T) {
	s, err := parseStatement([]byte(statementJSON(typeV1, spdx, `"subject":[{"name":"n","uri":"u","digest":{"sha512":"bb","sha256":"aa"},
		"annotations":{"k":"v","n":[1]}}]`)))
	if err != nil {
		t.Fatal(err)
	}
	got := s.Subjects[0]
	if got.Name != "n" || got.URI != "u" || got.Annotations["k"] != "v" || got.Annotations["n"] != "[1]" ||
		len(got.Digests) != 2 || got.Digests[0] != (NamedDigest{"sha256", "aa"}) || got.Digests[1] != (NamedDigest{"sha512", "bb"}) {
		t.Errorf("subject = %+v", got)
	}
}

func TestAnUnknownTypeIsToldFromABrokenStatement(t *testing.T) {
	_, err := parseStatement([]byte(statementJSON(`"_type":"https://in-toto.io/Statement/v2"`, subject, spdx)))
	if !errors.Is(err, errStatementType) {
		t.Errorf("a statement of the future: %v", err)
	}
	_, err = parseStatement([]byte(statementJSON(typeV1, subject, subject, spdx)))
	if err == nil || errors.Is(err, errStatementType) {
		t.Errorf("a broken statement: %v", err)
	}
}

func TestNamesComparesDigestsOnly(t *testing.T) {
	s := statementAbout(predicateSLSA, amd64).Statement
	s.Subjects = append(s.Subjects, Subject{Name: string(arm64)}, Subject{Digests: []NamedDigest{{"sha512", arm64.Hex()}, {"", ""}}})
	for d, want := range map[Digest]bool{
		amd64: true, arm64: false, "": false, "sha256:": false, Digest(strings.ToUpper(string(amd64))): false,
	} {
		if got := s.Names(d); got != want {
			t.Errorf("Names(%q) = %v", d, got)
		}
	}
	s.Subjects[0].Digests[0].Value = strings.ToUpper(amd64.Hex())
	if s.Names(amd64) {
		t.Error("a digest in capitals is taken for one in the form that the specification asks for")
	}
}

func TestTooManySubjectsAreRefused(t *testing.T) {
	payload := statementJSON(typeV1, `"subject":[`+strings.Repeat(`{},`, maxSubjects)+`{}]`, spdx)
	if _, err := parseStatement([]byte(payload)); err == nil || !strings.Contains(err.Error(), "subjects") {
		t.Errorf("err = %v", err)
	}
}
