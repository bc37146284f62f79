package model

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestWhatRealToolsWroteIsOpened(t *testing.T) {
	cases := []struct {
		file     string
		format   Format
		envelope EnvelopeKind
		kind     Kind
		is       func(*Attestation) bool
	}{
		{"signature.sigstore.json", FormatBundle, EnvelopeBundle, KindSignature, func(a *Attestation) bool {
			return a.Statement.Type == StatementV1 && len(a.Statement.Subjects) == 1 && a.Signatures == 1
		}},
		{"scai-nested.sigstore.json", FormatBundle, EnvelopeBundle, KindAttestation, func(a *Attestation) bool {
			return a.Nested != nil && a.Statement.Type == StatementV01 && a.Nested.Type == StatementV1 &&
				bytes.Contains(a.RawPredicate[:20], []byte(`"attributes"`))
		}},
		{"provenance.dsse.json", FormatDSSE, EnvelopeDSSE, KindAttestation, func(a *Attestation) bool {
			return a.PredicateType == "https://slsa.dev/provenance/v0.2" && a.PayloadType == "application/vnd.in-toto+json"
		}},
		{"simple-signing.json", FormatSimpleSigning, EnvelopeSimpleSigning, KindSignature, func(a *Attestation) bool {
			return a.SimpleSigning.Type == "cosign container image signature" && Digest(a.SimpleSigning.ManifestDigest).Valid()
		}},
		{"notation.jws.json", FormatNotationJWS, EnvelopeJWS, KindSignature, func(a *Attestation) bool {
			return a.Target.Digest.Valid() && a.Target.Size > 0
		}},
		{"notation.cose", FormatNotationCOSE, EnvelopeCOSE, KindSignature, func(a *Attestation) bool {
			return a.Target.Digest.Valid() && a.Target.MediaType == MediaTypeOCIIndex
		}},
		{"buildkit-provenance.json", FormatStatement, EnvelopeNone, KindAttestation, func(a *Attestation) bool {
			return len(a.Statement.Subjects) == 1 && a.PredicateType == predicateSLSA
		}},
	}
	for _, c := range cases {
		t.Run(c.file, func(t *testing.T) {
			n := Node{Kind: KindAttestation, Format: c.format}
			a := Open(n, fixture(t, c.file))
			if a.Problem != "" || a.Envelope != c.envelope || len(a.Payload) == 0 || !c.is(a) {
				t.Errorf("opened as %+v", a)
			}
			if r := Refine(n, a); r.Kind != c.kind || r.Format != c.format {
				t.Errorf("refined to %s %s", r.Kind, r.Format)
			}
		})
	}
}

func dsse(payload string, more ...string) string {
	return statementJSON(append([]string{
		`"payloadType":"application/vnd.in-toto+json"`, `"payload":"` + base64.StdEncoding.EncodeToString([]byte(payload)) + `"`,
	}, more...)...)
}

const bundleType03 = `"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json"`

func TestWhatCannotBeReadHasAProblem(t *testing.T) {
	statement := statementJSON(typeV1, subject, spdx, `"predicate":{}`)
	envelope := dsse(statement, `"signatures":[{"sig":"AA=="}]`)
	cases := []struct {
		name    string
		format  Format
		blob    string
		problem string
	}{
		{"no bytes", FormatDSSE, "", "no bytes"},
		{"no JSON", FormatBundle, "<html>", "not JSON"},
		{"a list", FormatDSSE, "[]", "not a JSON object"},
		{"two payloads", FormatDSSE, dsse(statement, `"payload":"e30="`), "twice"},
		{"a Payload beside the payload", FormatDSSE, dsse(statement, `"Payload":"e30="`), "letters' case"},
		{"two payload types", FormatDSSE, dsse(statement, `"payloadType":"x"`), "twice"},
		{"a payload that is no base64", FormatDSSE, `{"payloadType":"application/vnd.in-toto+json","payload":"!!"}`, "payload: not base64"},
		{"a payload that is no JSON", FormatDSSE, dsse("hello"), "payload: not JSON"},
		{"an empty payload", FormatDSSE, dsse(""), "no payload"},
		{"a signature that is twice in one", FormatDSSE, dsse(statement, `"signatures":[{"sig":"AA==","sig":"BB=="}]`), "twice"},
		{"a payload of another type", FormatDSSE, `{"payloadType":"text/plain","payload":"e30="}`, `"text/plain" is not that of an in-toto statement`},
		{"a payload without a type", FormatDSSE, `{"payload":"e30="}`, `"" is not that`},
		{"protobuf's spelling outside a bundle", FormatDSSE, `{"payload_type":"application/vnd.in-toto+json","payload":"e30="}`, `"" is not that`},
		{"two spellings in a bundle", FormatBundle, statementJSON(bundleType03, `"dsseEnvelope":`+dsse(statement, `"payload_type":"x"`)), "two spellings"},
		{"two envelopes", FormatBundle, statementJSON(bundleType03, `"dsseEnvelope":`+envelope, `"dsse_envelope":`+envelope), "two spellings"},
		{"an envelope and a message", FormatBundle, statementJSON(bundleType03, `"dsseEnvelope":`+envelope, `"messageSignature":{}`), "both"},
		{"neither", FormatBundle, statementJSON(bundleType03), "neither"},
		{"a bundle without its type", FormatBundle, statementJSON(`"dsseEnvelope":` + envelope), `mediaType "" is not`},
		{"an envelope where a bundle was announced", FormatBundle, envelope, "is not that of a Sigstore bundle"},
		{"a bundle where an envelope was announced", FormatDSSE, statementJSON(bundleType03, `"dsseEnvelope":`+envelope), `no payload`},
		{"a statement where an envelope was announced", FormatDSSE, statement, "no payload"},
		{"a statement where a signature was announced", FormatSimpleSigning, statement, "no critical"},
		{"a message digest of an unknown algorithm", FormatBundle, statementJSON(bundleType03, `"messageSignature":{"messageDigest":{"algorithm":"MD5","digest":"AA=="}}`), "MD5"},
		{"a message digest that is too short", FormatBundle, statementJSON(bundleType03, `"messageSignature":{"messageDigest":{"algorithm":"SHA2_256","digest":"AA=="}}`), "parse digest"},
		{"two digests in a simple signature", FormatSimpleSigning, `{"critical":{"image":{"docker-manifest-digest":"a","docker-manifest-digest":"b"}}}`, "twice"},
		{"a Critical beside the critical", FormatSimpleSigning, `{"critical":{},"Critical":{}}`, "letters' case"},
		{"a JWS that is none", FormatNotationJWS, `{"payload":"e30"}`, "no targetArtifact"},
		{"a JWS with two targets", FormatNotationJWS, `{"payload":"` + base64.RawURLEncoding.EncodeToString([]byte(`{"targetArtifact":{"digest":"a","Digest":"b"}}`)) + `"}`, "letters' case"},
		{"a COSE message that ends early", FormatNotationCOSE, "\xd2\x84\x40", "COSE_Sign1"},
		{"COSE with three parts", FormatNotationCOSE, "\x83\x40\xa0\x40", "COSE_Sign1"},
		{"COSE with a length beyond the end", FormatNotationCOSE, "\xd2\x84\x5b\xff\xff\xff\xff\xff\xff\xff\xff", "COSE_Sign1"},
		{"COSE with an endless header", FormatNotationCOSE, "\xd2\x84\x40\xbf", "COSE_Sign1"},
		{"COSE nested without end", FormatNotationCOSE, "\xd2\x84\x40" + strings.Repeat("\x81", 100), "COSE_Sign1"},
		{"COSE with a map larger than the message", FormatNotationCOSE, "\xd2\x84\x40\xbb\x7f\xff\xff\xff\xff\xff\xff\xff", "COSE_Sign1"},
		{"a bare statement with two subjects", FormatStatement, statementJSON(typeV1, subject, subject, spdx), "twice"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			n := Node{Kind: KindAttestation, Format: c.format}
			a := Open(n, []byte(c.blob))
			if !strings.Contains(a.Problem, c.problem) {
				t.Errorf("problem = %q, want %q", a.Problem, c.problem)
			}
			if a.Statement != nil || a.SimpleSigning != nil || a.Target != nil || a.MessageDigest != "" {
				t.Errorf("claims were read all the same: %+v", a)
			}
			if r := Refine(n, a); r.Format != c.format {
				t.Errorf("what was announced as %s became %s", c.format, r.Format)
			}
		})
	}
}

func TestBase64OfEveryKindIsRead(t *testing.T) {
	payload := []byte(statementJSON(typeV1, subject, spdx, `"predicate":{"a":"\u00ff\u00fe>>>???"}`) + " ")
	for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding, base64.RawStdEncoding, base64.RawURLEncoding} {
		blob := `{"payloadType":"application/vnd.in-toto+json","payload":"` + encoding.EncodeToString(payload) + `"}`
		if a := Open(Node{Format: FormatDSSE}, []byte(blob)); a.Problem != "" || !bytes.Equal(a.Payload, payload) {
			t.Errorf("problem = %q, payload %q", a.Problem, a.Payload)
		}
	}
}

func TestAMessageSignatureIsASignature(t *testing.T) {
	sum := strings.Repeat("A", 43) + "="
	blob := statementJSON(bundleType03, `"messageSignature":{"messageDigest":{"algorithm":"SHA2_256","digest":"`+sum+`"},"signature":"AA=="}`)
	n := Node{Kind: KindAttestation, Format: FormatBundle}
	a := Open(n, []byte(blob))
	if a.Problem != "" || !a.Message || a.MessageDigest != Digest("sha256:"+strings.Repeat("0", 64)) || refinedKind(n, a) != KindSignature {
		t.Errorf("opened as %+v, a %s", a, refinedKind(n, a))
	}
}

func TestStatementsInsideThePredicate(t *testing.T) {
	inner := func(subject string) string {
		return statementJSON(typeV1, subject, `"predicateType":"https://in-toto.io/attestation/scai/v0.3"`, `"predicate":{"attributes":[]}`)
	}
	other := `"subject":[{"digest":{"sha256":"bb"}}]`
	cases := []struct {
		name, predicate string
		nested          bool
		findings        []string
	}{
		{"none", `{"a":1}`, false, nil},
		{"about the same", inner(subject), true, []string{"nested-statement"}},
		{"about something else", inner(other), true, []string{"nested-statement", "nested-subject-mismatch"}},
		{"about nothing", inner(`"subject":[]`), true, []string{"nested-statement", "nested-subject-mismatch"}},
		{"about it and something else", inner(`"subject":[{"digest":{"sha256":"aa"}},{"digest":{"sha256":"bb"}}]`), true, []string{"nested-statement", "nested-subject-mismatch"}},
		{"about it with one digest more", inner(`"subject":[{"digest":{"sha256":"aa","sha512":"cc"}}]`), true, []string{"nested-statement"}},
		{"unreadable", inner(subject + "," + subject), false, []string{"nested-statement"}},
		{"of an unknown version", `{"_type":"https://in-toto.io/Statement/v7"}`, false, []string{"nested-statement"}},
		{"a signature nested in something else", statementJSON(typeV1, subject, `"predicateType":"https://sigstore.dev/cosign/sign/v1"`), true, []string{"nested-statement"}},
		{"a link, which is none", `{"_type":"link"}`, false, nil},
		{"a string", `"https://in-toto.io/Statement/v1"`, false, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := Open(Node{Format: FormatDSSE}, []byte(dsse(statementJSON(typeV1, subject, spdx, `"predicate":`+c.predicate))))
			if a.Problem != "" || a.Statement == nil {
				t.Fatalf("problem = %q", a.Problem)
			}
			var ids []string
			for _, f := range a.Findings {
				ids = append(ids, f.ID)
			}
			if (a.Nested != nil) != c.nested || !slices.Equal(ids, c.findings) {
				t.Errorf("nested %v, findings %v", a.Nested != nil, ids)
			}
			if kind := refinedKind(Node{Kind: KindAttestation, Format: FormatDSSE}, a); kind != KindAttestation {
				t.Errorf("what is nested made it a %s", kind)
			}
			if c.nested && a.PredicateType != predicateCosignSign && (a.PredicateType != "https://in-toto.io/attestation/scai/v0.3" || string(a.RawPredicate) != `{"attributes":[]}`) {
				t.Errorf("predicate type %s, predicate %s", a.PredicateType, a.RawPredicate)
			}
			if a.Statement.PredicateType != predicateSPDX {
				t.Errorf("the signed statement's type became %s", a.Statement.PredicateType)
			}
		})
	}
}

func TestBytesThatNobodyAnnouncedAreOpenedAsWhatTheyAre(t *testing.T) {
	statement := statementJSON(typeV1, subject, spdx, `"predicate":{}`)
	signature := statementJSON(typeV1, subject, `"predicateType":"https://sigstore.dev/cosign/sign/v1"`)
	cases := []struct {
		name   string
		node   Node
		blob   string
		format Format
		kind   Kind
	}{
		{"an envelope where a statement was announced", Node{Kind: KindAttestation, Format: FormatStatement}, dsse(statement), FormatDSSE, KindAttestation},
		{"an envelope in an artifact", Node{Kind: KindArtifact, Format: FormatOpaque}, dsse(statement), FormatDSSE, KindAttestation},
		{"a broken envelope in an artifact", Node{Kind: KindArtifact, Format: FormatOpaque}, dsse(statement, `"payload":""`), FormatDSSE, KindAttestation},
		{"a bundle in an artifact", Node{Kind: KindArtifact, Format: FormatOpaque}, statementJSON(bundleType03, `"dsseEnvelope":`+dsse(signature)), FormatBundle, KindSignature},
		{"a statement in an artifact", Node{Kind: KindArtifact, Format: FormatOpaque}, statement, FormatStatement, KindAttestation},
		{"SPDX in an artifact", Node{Kind: KindArtifact, Format: FormatOpaque}, `{"spdxVersion":"SPDX-2.3"}`, FormatDocument, KindSBOM},
		{"SPDX as text in an artifact", Node{Kind: KindArtifact, Format: FormatOpaque}, "SPDXVersion: SPDX-2.3\n", FormatDocument, KindSBOM},
		{"CycloneDX in an artifact", Node{Kind: KindArtifact, Format: FormatOpaque}, `{"bomFormat":"CycloneDX"}`, FormatDocument, KindSBOM},
		{"SARIF in an artifact", Node{Kind: KindArtifact, Format: FormatOpaque}, `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","runs":[]}`, FormatDocument, KindArtifact},
		{"an announced SBOM that is none", Node{Kind: KindSBOM, Format: FormatDocument}, "<xml/>", FormatDocument, KindSBOM},
		{"text", Node{Kind: KindArtifact, Format: FormatOpaque}, "# Read me", FormatOpaque, KindArtifact},
		{"a bundle given as a file", Node{Kind: KindBundle, Format: FormatBundle}, statementJSON(bundleType03, `"dsseEnvelope":`+dsse(signature)), FormatBundle, KindBundle},
		{"a statement given as a file", Node{Kind: KindStatement, Format: FormatStatement}, signature, FormatStatement, KindStatement},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := Refine(c.node, Open(c.node, []byte(c.blob)))
			if r.Format != c.format || r.Kind != c.kind {
				t.Errorf("refined to %s %s, want %s %s", r.Kind, r.Format, c.kind, c.format)
			}
		})
	}
}

func TestFilesThatNobodyAnnouncedAreToldApartByTheirBytes(t *testing.T) {
	statement := statementJSON(typeV1, subject, spdx, `"predicate":{}`)
	cases := []struct {
		name, blob string
		kind       Kind
		format     Format
	}{
		{"a bundle", string(fixture(t, "signature.sigstore.json")), KindSignature, FormatBundle},
		{"a bundle without a media type", `{"verificationMaterial":{},"dsseEnvelope":{}}`, KindAttestation, FormatBundle},
		{"an envelope", string(fixture(t, "provenance.dsse.json")), KindAttestation, FormatDSSE},
		{"an envelope in odd case, to be refused when opened", `{"Payload":"","payloadType":""}`, KindAttestation, FormatDSSE},
		{"a statement", statement, KindAttestation, FormatStatement},
		{"a statement in odd case, which is none", `{"_TYPE":"https://in-toto.io/Statement/v1"}`, KindArtifact, FormatOpaque},
		{"SPDX 3", `{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[]}`, KindSBOM, FormatDocument},
		{"OpenVEX", `{"@context":"https://openvex.dev/ns/v0.2.0","statements":[]}`, KindArtifact, FormatDocument},
		{"Trivy", `{"SchemaVersion":2,"ArtifactName":"a"}`, KindArtifact, FormatDocument},
		{"Grype", `{"matches":[],"descriptor":{"name":"grype"}}`, KindArtifact, FormatDocument},
		{"some JSON", `{"type":"https://in-toto.io/Statement/v1"}`, KindArtifact, FormatOpaque},
		{"two lines of JSON", statement + "\n" + statement, KindArtifact, FormatOpaque},
		{"nothing", "", KindArtifact, FormatOpaque},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			n := Node{Kind: KindArtifact, Format: FormatOpaque}
			if r := Refine(n, Open(n, []byte(c.blob))); r.Kind != c.kind || r.Format != c.format {
				t.Errorf("looks like %s %s, want %s %s", r.Kind, r.Format, c.kind, c.format)
			}
		})
	}
}
