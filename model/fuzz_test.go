package model

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/tidwall/gjson"
)

// seeds gives a fuzz target what real tools wrote.
func seeds(f *testing.F) {
	f.Helper()
	for _, name := range []string{
		"signature.sigstore.json", "scai-nested.sigstore.json", "provenance.dsse.json", "simple-signing.json",
		"notation.jws.json", "notation.cose", "buildkit-provenance.json",
	} {
		f.Add(fixture(f, name))
	}
}

// FuzzReadStatement holds that what is read is read as encoding/json reads it: no parser can be made to see another
// subject, predicate type or predicate than the one that is shown.
func FuzzReadStatement(f *testing.F) {
	f.Add([]byte(statementJSON(typeV1, subject, spdx, `"predicate":{}`)))
	f.Add([]byte(statementJSON(typeV1, subject, `"\u0073ubject":[]`, spdx)))
	f.Add([]byte(statementJSON(typeV1, `"ſubject":[]`, spdx)))
	f.Add(fixture(f, "buildkit-provenance.json"))
	f.Fuzz(func(t *testing.T, payload []byte) {
		s, err := parseStatement(payload)
		if err != nil {
			return
		}
		var other struct {
			Type          string `json:"_type"`
			PredicateType string
			Subject       []struct{ Digest map[string]string }
			Predicate     json.RawMessage
		}
		if err := json.Unmarshal(payload, &other); err != nil {
			t.Fatalf("another parser refuses it: %v", err)
		}
		if s.Type != other.Type || s.PredicateType != other.PredicateType || !bytes.Equal(s.Predicate, other.Predicate) {
			t.Fatalf("another parser reads %+v, not %+v", other, s)
		}
		if len(s.Subjects) != len(other.Subject) {
			t.Fatalf("another parser reads %d subjects, not %d", len(other.Subject), len(s.Subjects))
		}
		for i, subject := range s.Subjects {
			if len(subject.Digests) != len(other.Subject[i].Digest) {
				t.Fatalf("another parser reads the digests %v, not %v", other.Subject[i].Digest, subject.Digests)
			}
			for _, d := range subject.Digests {
				if other.Subject[i].Digest[d.Algorithm] != d.Value {
					t.Fatalf("another parser reads the digests %v, not %v", other.Subject[i].Digest, subject.Digests)
				}
			}
		}
	})
}

// FuzzParseManifest holds that a manifest is recognised as at least one node, each with an id of its own, with the
// manifest's bytes, and with no payload that the manifest does not list.
func FuzzParseManifest(f *testing.F) {
	f.Add(manifestJSON("", mediaTypeOCIImage, nil, mediaTypeSimpleSigning, mediaTypeDSSE))
	f.Add(manifestJSON("application/vnd.dev.sigstore.bundle.v0.3+json", MediaTypeOCIEmpty, nil, "application/vnd.dev.sigstore.bundle.v0.3+json"))
	f.Add([]byte(`{"schemaVersion":2,"manifests":[{"digest":"sha256:00","platform":{"os":"linux","architecture":"amd64"}}]}`))
	f.Add([]byte(`{"schemaVersion":2,"config":{"digest":"sha256:00"},"layers":[],"Layers":[]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		before := bytes.Clone(raw)
		a, err := attach(raw)
		if err != nil {
			return
		}
		nodes := Recognize(a)
		if len(nodes) == 0 {
			t.Fatal("no node")
		}
		ids := map[string]bool{}
		for i, n := range nodes {
			if ids[n.ID] {
				t.Fatalf("two nodes %s", n.ID)
			}
			ids[n.ID] = true
			checkIdentity(t, a, n, i)
		}
		if nodes[0].Layered() && len(nodes) != min(len(a.Manifest.Layers), maxLayers+1) {
			t.Fatalf("%d nodes of %d layers", len(nodes), len(a.Manifest.Layers))
		}
		if h := Holder(a); h.ID != string(a.Digest) || h.Layered() {
			t.Fatalf("holder = %+v", h)
		}
		if !bytes.Equal(raw, before) {
			t.Fatal("the bytes were changed")
		}
	})
}

// FuzzOpen holds that bytes are never changed, that a node that was announced as signed stays so, that a statement is
// what the payload says, and that opening says something in any case.
func FuzzOpen(f *testing.F) {
	seeds(f)
	f.Add([]byte(dsse(statementJSON(typeV1, subject, spdx, `"predicate":`+statementJSON(typeV1, subject, spdx)))))
	f.Add([]byte("SPDXVersion: SPDX-2.3"))
	formats := []Format{
		FormatNone, FormatSimpleSigning, FormatDSSE, FormatBundle, FormatStatement, FormatNotationJWS, FormatNotationCOSE,
		FormatDocument, FormatOpaque,
	}
	f.Fuzz(func(t *testing.T, blob []byte) {
		before := bytes.Clone(blob)
		for _, format := range formats {
			n := Node{Kind: KindArtifact, Format: format}
			a := Open(n, blob)
			r := Refine(n, a)
			if format.Signed() && r.Format != format {
				t.Fatalf("%s became %s", format, r.Format)
			}
			if a.Statement != nil {
				again, err := parseStatement(a.Payload)
				if err != nil || again.PredicateType != a.Statement.PredicateType {
					t.Fatalf("the statement is not the payload's: %v", err)
				}
			}
			if a.RawPredicate != nil && !json.Valid(a.RawPredicate) {
				t.Fatalf("the predicate is no JSON: %q", a.RawPredicate)
			}
			if r.Kind == KindSignature && a.Statement != nil && a.Statement.PredicateType != predicateCosignSign {
				t.Fatalf("a statement of type %s became a signature", a.Statement.PredicateType)
			}
			if EntryTitle(&Entry{Node: r, Attestation: a}) == "" {
				t.Fatal("no title")
			}
		}
		if !bytes.Equal(blob, before) {
			t.Fatal("the bytes were changed")
		}
	})
}

// FuzzMembers holds that an object is read with the same keys and values as by encoding/json, or refused.
func FuzzMembers(f *testing.F) {
	f.Add([]byte(`{"a":1,"\u0062":{"c":[]}}`))
	f.Add([]byte(`{"a":1,"\u0061":2}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if checkJSON(raw) != nil {
			return
		}
		got, err := members(raw, "subject")
		if err != nil {
			return
		}
		var want map[string]json.RawMessage
		if err := json.Unmarshal(raw, &want); err != nil {
			t.Fatalf("another parser refuses it: %v", err)
		}
		for key, value := range want {
			// The two unescape what is no Unicode differently; then neither has the other's key.
			if other, found := got[key]; found && !bytes.Equal(bytes.TrimSpace(value), other) {
				t.Fatalf("%q is %s, not %s", key, value, other)
			}
		}
		for _, key := range []string{"subject", "_type", "predicateType", "predicate", "payload", "digest"} {
			if _, here := got[key]; here != (want[key] != nil) {
				t.Fatalf("%q is there for one parser only", key)
			}
		}
		if gjson.ParseBytes(raw).IsObject() != (want != nil) {
			t.Fatal("one parser only sees an object")
		}
	})
}
