package verifier

import (
	"errors"
	"fmt"

	"github.com/attestree/attestree/model"
)

// AsBundle is a signature or attestation in cosign's older form as a Sigstore bundle, in JSON, for tools that read only
// that: the same signature over the same bytes, with the certificate, log entry and timestamp that stood in annotations
// (Sigstore bundle v0.1, which asks for no proof of inclusion, as those annotations hold none). A plain signature is over
// the payload, which the bundle does not hold. Nothing is verified. The error says what is missing or damaged.
func AsBundle(ev model.Evidence) ([]byte, error) {
	var all []*signed
	switch ev.Node.Format {
	case model.FormatSimpleSigning:
		all = openSimpleSigning(ev)
	case model.FormatDSSE:
		all = openDSSE(ev)
	case model.FormatBundle:
		return nil, errors.New("it is a Sigstore bundle already: export its exact bytes")
	case model.FormatNone, model.FormatStatement, model.FormatNotationJWS, model.FormatNotationCOSE, model.FormatDocument, model.FormatOpaque,
		model.FormatRegistrySignature:
		return nil, errors.New("what a Sigstore bundle holds is not there")
	}
	if len(all) != 1 {
		return nil, fmt.Errorf("it has %d signatures, and a Sigstore bundle holds one", len(all))
	}
	s := all[0]
	switch {
	case s.unsupported != "":
		return nil, errors.New(s.unsupported)
	case s.bundle == nil:
		return nil, errors.New("make a Sigstore bundle: " + s.envelope.detail)
	case s.badLog != "":
		return nil, errors.New("make a Sigstore bundle: " + s.badLog)
	case s.leaf == nil && !s.keyed:
		return nil, errors.New("make a Sigstore bundle: " + s.noLeaf)
	}
	if m := s.bundle.GetVerificationMaterial(); s.whole != nil && m.GetTimestampVerificationData() != nil {
		// In this form the timestamp is over the envelope as it was stored; one in a bundle is over the signature.
		if len(s.entries) == 0 {
			return nil, errors.New("its time is attested for the envelope as it is stored, which a Sigstore bundle cannot say")
		}
		m.TimestampVerificationData = nil
	}
	out, err := s.bundle.MarshalJSON()
	if err != nil {
		return nil, fmt.Errorf("make a Sigstore bundle: %w", err)
	}
	return append(out, '\n'), nil
}
