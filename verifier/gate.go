package verifier

import (
	"bytes"

	"github.com/sigstore/sigstore-go/pkg/root"
	"github.com/sigstore/sigstore-go/pkg/verify"

	"github.com/attestree/attestree/model"
)

// internalDisagreement is the reason where the ladder would say yes and sigstore-go says no.
const internalDisagreement = "internal disagreement: every check passed alone, but sigstore-go refuses the whole; please report this"

// stepByStep names sigstore-go's single functions as the judge, where its Verifier cannot be asked for the whole: it
// reads one payload type alone, and writes to standard error for signatures with SHA-256 by P-384 and P-521 certificates.
const stepByStep = "sigstore-go, step by step"

// disagreement asks sigstore-go's Verifier for the whole signature. It returns "" where that agrees or cannot judge,
// because a substitute had to.
func (j *judging) disagreement() string {
	if j.substitute != "" || j.agreed {
		return ""
	}
	if _, err := j.whole(); err != nil {
		return internalDisagreement
	}
	return ""
}

// whole runs sigstore-go's Verifier with the requirements of the material. The subject is not part of it: that parser
// reads statements more loosely than ours.
func (j *judging) whole() (*verify.VerificationResult, error) {
	verifier, err := verify.NewVerifier(j.gateMaterial(), j.gateOptions()...)
	if err != nil {
		return nil, err
	}
	artifact := verify.WithoutArtifactUnsafe()
	if j.s.content.EnvelopeContent() == nil {
		if body := j.message(); body != nil {
			artifact = verify.WithArtifact(bytes.NewReader(body))
		} else {
			d := j.messageDigest()
			artifact = verify.WithArtifactDigest(d.Algorithm, d.Digest)
		}
	}
	return verifier.Verify(j.entity(), verify.NewPolicy(artifact, verify.WithoutIdentitiesUnsafe()))
}

func (j *judging) gateOptions() []verify.VerifierOption {
	options := []verify.VerifierOption{verify.WithoutStatementPredicate()}
	if j.at(model.CheckLog).Required {
		options = append(options, verify.WithTransparencyLog(1))
	}
	if j.s.keyed {
		return append(options, verify.WithNoObserverTimestamps())
	}
	if j.root.Requires.SCT {
		options = append(options, verify.WithSignedCertificateTimestamps(1))
	}
	if j.root.Requires.Log {
		return append(options, verify.WithObserverTimestamps(1))
	}
	return append(options, verify.WithSignedTimestamps(1))
}

// gateMaterial is the material, with timestamps over a whole envelope judged as such.
func (j *judging) gateMaterial() root.TrustedMaterial {
	if j.s.whole == nil {
		return j.material
	}
	return overEnvelope{TrustedMaterial: j.material, envelope: j.s.whole}
}

// overEnvelope accepts timestamps over the stored envelope as well as over the signature, as cosign 2 made them.
type overEnvelope struct {
	root.TrustedMaterial
	envelope []byte
}

func (m overEnvelope) TimestampingAuthorities() []root.TimestampingAuthority {
	var all []root.TimestampingAuthority
	for _, a := range m.TrustedMaterial.TimestampingAuthorities() {
		all = append(all, eitherImprint{a, m.envelope})
	}
	return all
}

type eitherImprint struct {
	root.TimestampingAuthority
	envelope []byte
}

func (e eitherImprint) Verify(stamp, sig []byte) (*root.Timestamp, error) {
	t, err := e.TimestampingAuthority.Verify(stamp, sig)
	if err == nil {
		return t, nil
	}
	if t, envelopeErr := e.TimestampingAuthority.Verify(stamp, e.envelope); envelopeErr == nil {
		return t, nil
	}
	return nil, err
}
