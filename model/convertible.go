package model

// The annotations of a layer under one of cosign's tags beside that of the certificate (cosign specs/SIGNATURE_SPEC.md).
const (
	signatureAnnotation = "dev.cosignproject.cosign/signature"
	logAnnotation       = "dev.sigstore.cosign/bundle"
	timestampAnnotation = "dev.sigstore.cosign/rfc3161timestamp"
)

// Convertible reports whether a signature or attestation that is stored in cosign's older way has beside it all that a
// Sigstore bundle of it would hold: the signature, and with a certificate what attests the time of signing.
func Convertible(n Node) bool {
	a := n.Blob.Annotations
	_, layer := a[signatureAnnotation]
	switch n.Format {
	case FormatSimpleSigning:
		if a[signatureAnnotation] == "" {
			return false
		}
	case FormatDSSE: // its signature is in the envelope
	case FormatNone, FormatBundle, FormatStatement, FormatNotationJWS, FormatNotationCOSE, FormatDocument, FormatOpaque, FormatRegistrySignature:
		return false
	}
	keyed := layer && a[certificateAnnotation] == ""
	timed := a[timestampAnnotation] != "" && n.Format == FormatSimpleSigning // that of an attestation is over other bytes
	return keyed || timed || a[logAnnotation] != ""
}
