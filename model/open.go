package model

import "errors"

// Open reads what a node's bytes claim. It is never nil: what cannot be read has its Problem set, and as much as could
// be. Nothing in the result is established. The result's slices are blob's; blob must not be changed afterwards.
//
// A node that nobody announced as signed (a bare statement, a document, anything else) is opened as what its bytes
// look like, see Refine. One that was is opened as that and as nothing else.
func Open(n Node, blob []byte) *Attestation {
	a := &Attestation{PayloadType: n.Blob.MediaType}
	if len(blob) == 0 {
		a.Problem = "there are no bytes"
		return a
	}
	format, problem := n.Format, checkJSON(blob)
	if !format.Signed() && problem == nil {
		if looks := sniffAttestation(blob); looks != FormatNone {
			format = looks
		}
	}
	if err := a.read(format, blob, problem); err != nil {
		a.Problem = err.Error()
	}
	return a
}

// read opens blob as what format says. problem is why it is not JSON.
func (a *Attestation) read(format Format, blob []byte, problem error) error {
	switch format {
	case FormatNotationCOSE:
		a.Envelope = EnvelopeCOSE
		if len(blob) > maxPayload {
			return errors.New("too large to be a signature")
		}
		return a.readCOSE(blob)
	case FormatNone, FormatDocument, FormatOpaque:
		switch a.Payload = blob; {
		case problem == nil:
			a.Document, a.RawPredicate = SniffChecked(blob), blob
		case tagValue(blob):
			a.Document, a.RawPredicate = DocumentSPDXText, stringJSON(blob)
		}
		return nil
	case FormatSimpleSigning, FormatDSSE, FormatBundle, FormatStatement, FormatNotationJWS, FormatRegistrySignature:
	}
	a.Envelope = envelopeOf(format)
	if problem != nil {
		return problem
	}
	switch format {
	case FormatSimpleSigning:
		return a.readSimpleSigning(blob)
	case FormatDSSE:
		return a.readEnvelope(blob, false)
	case FormatBundle:
		return a.readBundle(blob)
	case FormatNotationJWS:
		return a.readJWS(blob)
	case FormatRegistrySignature:
		return a.readRegistrySignature(blob)
	case FormatStatement:
		a.Payload = blob
		return a.readStatement()
	default:
		return errors.New("there is no reader for " + string(format))
	}
}

func envelopeOf(format Format) EnvelopeKind {
	switch format {
	case FormatSimpleSigning:
		return EnvelopeSimpleSigning
	case FormatDSSE:
		return EnvelopeDSSE
	case FormatBundle:
		return EnvelopeBundle
	case FormatNotationJWS:
		return EnvelopeJWS
	case FormatNotationCOSE:
		return EnvelopeCOSE
	case FormatRegistrySignature:
		return EnvelopeRegistry
	case FormatNone, FormatStatement, FormatDocument, FormatOpaque:
	}
	return EnvelopeNone
}
