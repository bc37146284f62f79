package verifier

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	protobundle "github.com/sigstore/protobuf-specs/gen/pb-go/bundle/v1"
	protorekor "github.com/sigstore/protobuf-specs/gen/pb-go/rekor/v1"
	"github.com/sigstore/sigstore-go/pkg/tlog"
	"google.golang.org/protobuf/encoding/protojson"

	"github.com/attestree/attestree/model"
)

// The media types of bundles (protobuf-specs, sigstore_bundle.proto). Later versions are not known yet.
const (
	bundlePrefix = "application/vnd.dev.sigstore.bundle"
	bundleV01    = bundlePrefix + "+json;version=0.1"
)

var bundleTypes = []string{
	bundleV01, bundlePrefix + "+json;version=0.2", bundlePrefix + "+json;version=0.3", bundlePrefix + ".v0.3+json",
	bundlePrefix + ".v0.1+json", bundlePrefix + ".v0.2+json",
}

// The bounds that sigstore-go sets too: more is an attempt to keep a verifier busy.
const (
	maxEntries    = 32
	maxTimestamps = 32
	// maxObjects is how many JSON objects a bundle may have. Parsed, each takes a hundred times its two braces; the
	// document that is signed is in base64 and has none.
	maxObjects = 20_000
)

// openBundle opens a Sigstore bundle. There is always exactly one signature in it.
func openBundle(ev model.Evidence) []*signed {
	s := &signed{claims: model.Open(ev.Node, ev.Blob)}
	pb := new(protobundle.Bundle)
	wrapped := false
	if bytes.Count(ev.Blob, []byte("{")) > maxObjects {
		s.envelope = fail("a bundle of ordinary size", fmt.Sprintf("more than %d JSON objects", maxObjects),
			"no bundle has so many parts: it is left alone, since reading it would only keep the reader busy")
		return []*signed{s}
	}
	if err := protojson.Unmarshal(ev.Blob, pb); err != nil {
		pb = new(protobundle.Bundle)
		if wrapped = protojson.Unmarshal(unwrapBase64(ev.Blob), pb) == nil; !wrapped {
			s.envelope = explainJSON(ev.Blob, s.claims.Problem)
			return []*signed{s}
		}
	}
	s.body = ev.Artifact
	s.fill(pb)
	if s.envelope.status == model.CheckUnchecked {
		s.envelope = s.readable(pb)
	}
	if wrapped && s.envelope.status == model.CheckPassed {
		// The rest can be judged all the same, for the person who wants to know what else is wrong.
		s.envelope = fail("bytes in base64", "base64 that is wrapped into lines",
			"line breaks are inside of the bundle's base64, which its format does not allow and other tools refuse: write it again without them")
	}
	return []*signed{s}
}

// readable judges a bundle whose structure is sound: is its payload of a known type, and is what the screen shows what
// the signature covers?
func (s *signed) readable(pb *protobundle.Bundle) result {
	kind := "Sigstore bundle " + version(pb.GetMediaType())
	envelope := pb.GetDsseEnvelope()
	if envelope == nil {
		if s.claims.Problem != "" {
			return fail("a message signature with a digest", "", s.claims.Problem)
		}
		return pass(kind, kind+" with a message signature", "")
	}
	if n := len(envelope.GetSignatures()); n != 1 {
		return fail("exactly one signature", fmt.Sprintf("%d signatures", n), "the envelope in a Sigstore bundle has exactly one signature")
	}
	return s.readablePayload(kind, envelope.GetPayloadType(), envelope.GetPayload())
}

// readablePayload compares a DSSE payload with the claims, and judges its type.
func (s *signed) readablePayload(kind, payloadType string, payload []byte) result {
	const want = "application/vnd.in-toto+json"
	switch {
	case s.claims.Payload != nil && !bytes.Equal(s.claims.Payload, payload):
		return fail("one reading of the envelope", "two", "two readers of the envelope find different payloads in it, so it may show one thing and sign another")
	case payloadType != want && s.claims.Unsupported:
		return skip("payload type "+want, payloadType, "this type of payload is not known here, so what was signed cannot be judged")
	case s.claims.Problem != "":
		return fail("an in-toto statement", "no readable statement", s.claims.Problem)
	case payloadType != want && !strings.HasPrefix(payloadType, "application/vnd.in-toto."):
		return skip("payload type "+want, payloadType, "this type of payload is not known here, so what was signed cannot be judged")
	}
	s.otherPayload = payloadType != want
	if envelope := s.bundle.GetDsseEnvelope(); envelope != nil && s.claims.Payload != nil {
		envelope.Payload = s.claims.Payload // the same bytes, once in memory
	}
	return pass("payload type "+want, payloadType, kind)
}

func version(mediaType string) string {
	v := strings.TrimPrefix(mediaType, bundlePrefix)
	v = strings.TrimPrefix(strings.TrimPrefix(v, "+json;version="), ".")
	return strings.TrimPrefix(strings.TrimSuffix(v, "+json"), "v")
}

// explainBundle says what is wrong with the structure of a bundle that sigstore-go refuses as a whole.
func explainBundle(pb *protobundle.Bundle) result {
	const want = "a Sigstore bundle v0.1 to v0.3"
	m := pb.GetVerificationMaterial()
	known := false
	for _, t := range bundleTypes {
		known = known || t == pb.GetMediaType()
	}
	switch {
	case !known && strings.HasPrefix(pb.GetMediaType(), bundlePrefix):
		return skip(want, "media type "+pb.GetMediaType(), "this version of the bundle format is not supported, so nothing in it can be believed")
	case !known:
		return fail(want, "media type "+pb.GetMediaType(), "the media type is not that of a Sigstore bundle")
	case pb.GetContent() == nil:
		return fail("an envelope or a message signature", "neither", "nothing is signed in this bundle")
	case m.GetContent() == nil:
		return fail("a certificate or a key hint", "neither", "the bundle does not say what it was signed with")
	case m.GetX509CertificateChain() != nil && version(pb.GetMediaType()) == "0.3":
		return fail("a single certificate", "a certificate chain", "a bundle from v0.3 on carries the leaf certificate alone")
	case len(m.GetTimestampVerificationData().GetRfc3161Timestamps()) > maxTimestamps:
		return fail(fmt.Sprintf("at most %d timestamps", maxTimestamps), "more", "the bundle is refused")
	}
	return fail(want, "", "the bundle's structure is damaged")
}

// explainEntries says what is wrong with log entries that sigstore-go refuses to read.
func explainEntries(pb *protobundle.Bundle) string {
	entries := pb.GetVerificationMaterial().GetTlogEntries()
	if len(entries) > maxEntries {
		return fmt.Sprintf("there are %d log entries, at most %d are read", len(entries), maxEntries)
	}
	promised, proven := false, false
	for i, e := range entries {
		if why := explainEntry(e); why != "" {
			if len(entries) > 1 {
				return fmt.Sprintf("log entry %d: %s", i+1, why)
			}
			return why
		}
		promised = promised || e.GetInclusionPromise() != nil
		proven = proven || e.GetInclusionProof() != nil
	}
	switch v := version(pb.GetMediaType()); {
	case v == "0.1" && !promised:
		return "the log entry has no signed entry timestamp, which a bundle v0.1 must carry"
	case v != "0.1" && !proven:
		return "the log entry has no inclusion proof, which a bundle from v0.2 on must carry"
	}
	return "the log entry cannot be read"
}

func explainEntry(e *protorekor.TransparencyLogEntry) string {
	switch {
	case e == nil || len(e.GetCanonicalizedBody()) == 0:
		return "the log entry has no body"
	case len(e.GetLogId().GetKeyId()) == 0:
		return "the log entry does not say which log it is from"
	case e.GetLogIndex() < 0:
		return "the log entry's index is negative"
	case e.GetKindVersion() == nil:
		return "the log entry does not say of what kind it is"
	case e.GetInclusionProof() != nil && e.GetInclusionProof().GetCheckpoint().GetEnvelope() == "":
		return "the inclusion proof has no checkpoint"
	}
	if _, err := tlog.ParseTransparencyLogEntry(e); err != nil {
		return unreadableBody(e.GetCanonicalizedBody())
	}
	return ""
}

// readKinds are the kinds of entry that can be read, with their versions.
var readKinds = []string{"hashedrekord 0.0.1", "hashedrekord 0.0.2", "dsse 0.0.1", "intoto 0.0.1", "intoto 0.0.2"}

// unreadableBody says why the body of a log entry cannot be read.
func unreadableBody(raw []byte) string {
	var body struct{ Kind, APIVersion string }
	if json.Unmarshal(raw, &body) != nil {
		return "the body of the log entry is not JSON: it was damaged or changed"
	}
	if kind := body.Kind + " " + body.APIVersion; !slices.Contains(readKinds, kind) {
		return fmt.Sprintf("the body of the log entry is of kind %q, which is not known here", kind)
	}
	return "the body of the log entry is damaged or was changed: a signature, hash, certificate or key in it cannot be read"
}
