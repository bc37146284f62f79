package model

import (
	"encoding/base64"
	"encoding/pem"

	"github.com/tidwall/gjson"
)

// certificateAnnotation is where cosign keeps the certificate of a layer (cosign specs/SIGNATURE_SPEC.md).
const certificateAnnotation = "dev.sigstore.cosign/certificate"

// CertificatePEM is the certificate that evidence says it was signed with, as PEM; nil where there is none. That it is
// there says nothing about who signed.
func CertificatePEM(n Node, blob []byte) []byte {
	switch n.Format {
	case FormatSimpleSigning, FormatDSSE:
		if block, _ := pem.Decode([]byte(n.Blob.Annotations[certificateAnnotation])); block != nil {
			return pem.EncodeToMemory(block)
		}
	case FormatBundle:
		for _, path := range []string{"verificationMaterial.certificate.rawBytes", "verificationMaterial.x509CertificateChain.certificates.0.rawBytes"} {
			if der, err := base64.StdEncoding.DecodeString(gjson.GetBytes(blob, path).String()); err == nil && len(der) > 0 {
				return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
			}
		}
	case FormatNotationJWS:
		if der, err := base64.StdEncoding.DecodeString(gjson.GetBytes(blob, "header.x5c.0").String()); err == nil && len(der) > 0 {
			return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
		}
	case FormatNone, FormatStatement, FormatNotationCOSE, FormatDocument, FormatOpaque, FormatRegistrySignature:
	}
	return nil
}
