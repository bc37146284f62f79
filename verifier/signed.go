package verifier

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"slices"

	protobundle "github.com/sigstore/protobuf-specs/gen/pb-go/bundle/v1"
	protocommon "github.com/sigstore/protobuf-specs/gen/pb-go/common/v1"
	"github.com/sigstore/sigstore-go/pkg/bundle"
	"github.com/sigstore/sigstore-go/pkg/tlog"
	"github.com/sigstore/sigstore-go/pkg/verify"

	"github.com/attestree/attestree/model"
)

// signed is one signature in the form that the ladder judges: the parts of a Sigstore bundle, whatever they were read
// from. It belongs to one goroutine, since sigstore-go's Bundle writes to itself while it is read.
type signed struct {
	// claims is what the bytes say, as the screen shows it. What the signature covers is compared with it, so that
	// nothing is shown as signed that is not.
	claims *model.Attestation
	// envelope is how opening ended; where it failed, the rest may be nil.
	envelope result

	bundle  *bundle.Bundle // without its log entries where one of those cannot be read
	content verify.SignatureContent
	leaf    *x509.Certificate // nil for a key, or if the certificate cannot be read
	noLeaf  string            // why leaf is nil where there ought to be one
	keyed   bool              // signed with a key and not with a certificate
	hint    string            // which key, as the bytes claim
	body    []byte            // what a message signature is over, where it is at hand
	// bringsRoot: the certificate chain holds a self-signed certificate, which nobody believes for that.
	bringsRoot bool

	entries []*tlog.Entry
	// badLog says why the log entries cannot be read, "" if they can.
	badLog string
	// whole is the DSSE envelope as it was stored: what old log entries and old timestamps are over.
	whole []byte

	pae []byte // what a DSSE signature is over, made when it is needed
	// otherPayload: the payload type is one that sigstore-go does not read, but ours does.
	otherPayload bool

	// unsupported says why a signature of this kind cannot be judged, "" if it can.
	unsupported string
}

// fill takes a bundle apart. What is wrong with it ends in s.envelope, s.badLog or s.leaf.
func (s *signed) fill(pb *protobundle.Bundle) {
	whole, err := bundle.NewBundle(pb)
	if err != nil {
		// All or nothing is too little to explain: without its log entries the bundle may be fine.
		bare := withoutLog(pb)
		whole, bareErr := bundle.NewBundle(bare)
		if bareErr != nil {
			s.envelope = explainBundle(pb)
			return
		}
		s.bundle, s.badLog = whole, explainEntries(pb)
	} else {
		s.bundle = whole
	}
	if s.entries, err = s.bundle.TlogEntries(); err != nil {
		s.badLog = explainEntries(pb)
	}
	if s.content, err = s.bundle.SignatureContent(); err != nil {
		s.envelope = fail("an envelope or a message signature", "neither can be read", "the bundle's content is damaged")
		return
	}
	s.material(pb)
}

// withoutLog is the bundle without its log entries. It shares everything else.
func withoutLog(pb *protobundle.Bundle) *protobundle.Bundle {
	m := pb.GetVerificationMaterial()
	if m == nil {
		return pb
	}
	return &protobundle.Bundle{
		MediaType: pb.GetMediaType(), Content: pb.GetContent(),
		VerificationMaterial: &protobundle.VerificationMaterial{
			Content: m.GetContent(), TimestampVerificationData: m.GetTimestampVerificationData(),
		},
	}
}

// material reads who signed: a certificate or a hint to a key.
func (s *signed) material(pb *protobundle.Bundle) {
	m := pb.GetVerificationMaterial()
	if key := m.GetPublicKey(); key != nil {
		s.keyed, s.hint = true, key.GetHint()
		return
	}
	der := m.GetCertificate().GetRawBytes()
	if chain := m.GetX509CertificateChain().GetCertificates(); len(chain) > 0 {
		der = chain[0].GetRawBytes()
		s.bringsRoot = slices.ContainsFunc(chain[1:], selfSigned)
	}
	leaf, err := x509.ParseCertificate(der)
	switch {
	case len(der) == 0:
		s.noLeaf = "there is no certificate where the signature ought to carry one"
		return
	case err != nil:
		s.noLeaf = "the certificate in the signature is damaged, or no X.509 certificate at all"
		return
	}
	s.leaf = withoutSAN(leaf)
}

func selfSigned(c *protocommon.X509Certificate) bool {
	parsed, err := x509.ParseCertificate(c.GetRawBytes())
	return err == nil && bytes.Equal(parsed.RawIssuer, parsed.RawSubject)
}

// subjectAltName is the extension whose otherName form Go does not understand but Fulcio uses; a critical one that is
// left over would fail path validation. Its content is read by us (RFC 5280 §4.2.1.6).
var subjectAltName = asn1.ObjectIdentifier{2, 5, 29, 17}

func withoutSAN(leaf *x509.Certificate) *x509.Certificate {
	var rest []asn1.ObjectIdentifier
	for _, oid := range leaf.UnhandledCriticalExtensions {
		if !oid.Equal(subjectAltName) {
			rest = append(rest, oid)
		}
	}
	leaf.UnhandledCriticalExtensions = rest
	return leaf
}

// payload is what a DSSE signature covers; nil for a message signature.
func (s *signed) payload() []byte {
	if s.content == nil || s.content.EnvelopeContent() == nil || s.bundle == nil {
		return nil
	}
	return s.bundle.GetDsseEnvelope().GetPayload()
}

// predicateType is what the payload is, as signed: "" for a plain signature. A statement nested in the predicate does
// not count, since nobody looked at its type when it was signed.
func (s *signed) predicateType() string {
	if s.claims.Statement == nil {
		return ""
	}
	return s.claims.Statement.PredicateType
}
