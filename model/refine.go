package model

// Refine is the node once its bytes have been read: its format is what they are, where the manifest did not announce
// anything signed, and its kind follows from what they say. A node that was announced as signed stays so whatever its
// bytes are, else a broken signature would look like none.
func Refine(n Node, a *Attestation) Node {
	n.Format = refinedFormat(n, a)
	n.Kind = refinedKind(n, a)
	return n
}

func refinedFormat(n Node, a *Attestation) Format {
	if a == nil || n.Format.Signed() || n.Format == FormatNone {
		return n.Format
	}
	switch {
	case a.Envelope == EnvelopeDSSE:
		return FormatDSSE
	case a.Envelope == EnvelopeBundle:
		return FormatBundle
	case a.Statement != nil:
		return FormatStatement
	case a.Document != "" && n.Format == FormatOpaque:
		return FormatDocument
	}
	return n.Format
}

// refinedKind is the kind of a node once its bytes have been read. What is signed decides: the outer statement's
// predicate type, never one nested in it.
func refinedKind(n Node, a *Attestation) Kind {
	if a == nil {
		return n.Kind
	}
	switch n.Kind {
	case KindBundle, KindEnvelope, KindStatement, KindFile, KindIndex, KindImage, KindAttestationManifest,
		KindPackage, KindPackageFile:
		return n.Kind
	case KindSignature, KindAttestation, KindSBOM, KindArtifact:
	}
	if n.Format == FormatSimpleSigning || n.Format == FormatNotationJWS || n.Format == FormatNotationCOSE ||
		n.Format == FormatRegistrySignature {
		return KindSignature
	}
	switch {
	case a.Statement != nil && a.Statement.PredicateType == predicateCosignSign:
		return KindSignature
	case a.Statement != nil:
		return KindAttestation
	case a.Message:
		return KindSignature
	case a.Envelope != EnvelopeNone && n.Kind != KindSignature:
		return KindAttestation
	case a.Document.SBOM():
		return KindSBOM
	}
	return n.Kind
}
