package verifier

import (
	"crypto/x509"
	"time"

	"github.com/sigstore/sigstore-go/pkg/root"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// judging is one signature being judged: what each step found out for the later ones.
type judging struct {
	v  *Verifier
	ev model.Evidence
	s  *signed
	ladder

	root     trust.Root
	ownRoot  bool                 // root is the run's own
	material root.TrustedMaterial // the root's, and the key if there is one
	key      *trust.Key           // that verifies the signature, or should
	listed   trust.Signers        // entries that hold key
	by       *trust.Signer        // that of them which vouches here, nil if none does
	embedded bool                 // key was found in the log entry and nobody listed it
	registry bool                 // key is one of the package registry's

	entries  []model.LogEntry
	stamps   []model.Timestamp
	times    []time.Time // proven
	claimed  []time.Time // integrated times, proven or not: they too must fit the certificate
	chains   [][]*x509.Certificate
	findings []model.Finding
	// substitute names what judged in sigstore-go's place, "" if nothing had to.
	substitute string
	agreed     bool // sigstore-go's Verifier has accepted the whole
}

// judge runs the ladder over one signature.
func (v *Verifier) judge(ev model.Evidence, s *signed) model.Report {
	chosen, own := v.rootFor(s)
	_, report := v.climb(ev, s, chosen, own)
	return report
}

// climb judges by one root, and gives everything that was found out.
func (v *Verifier) climb(ev model.Evidence, s *signed, by trust.Root, own bool) (*judging, model.Report) {
	j := &judging{v: v, ev: ev, s: s, ladder: newLadder(steps...), root: by, ownRoot: own}
	j.material = j.root.Material()
	j.require(model.CheckContent, model.CheckEnvelope, model.CheckSignature, model.CheckSubject)
	if ev.Node.Blob.Digest == "" && ev.Node.Raw == nil {
		j.at(model.CheckContent).Required = false
	}
	j.set(model.CheckContent, content(ev))
	j.set(model.CheckEnvelope, s.envelope)
	if s.bringsRoot {
		j.findings = append(j.findings, model.Finding{
			ID: "root-in-bundle", Severity: model.SeverityInfo,
			Message: "the bundle brings a self-signed certificate along, which is ignored: whom to believe is for the trusted root to say",
		})
	}
	if s.otherPayload {
		j.substitute = stepByStep
	}
	if s.content == nil || s.bundle == nil {
		j.close()
		return j, j.report()
	}
	if s.unsupported != "" {
		j.set(model.CheckSignature, skip("", "", s.unsupported))
		j.set(model.CheckSubject, j.subject())
		j.close()
		return j, j.report()
	}
	j.set(model.CheckSubject, j.subject())
	j.set(model.CheckPredicate, j.predicate())
	if s.keyed {
		j.judgeKey()
	} else {
		j.judgeCertificate()
	}
	if s.badLog != "" {
		// sigstore-go refuses the whole of such a bundle, and cosign such an annotation, also where no entry is needed.
		j.require(model.CheckLog)
	}
	j.close()
	return j, j.report()
}

// judgeCertificate runs the steps of a keyless signature. The order is theirs: times come from the log and from
// timestamps, and the certificate is judged at those times.
func (j *judging) judgeCertificate() {
	j.require(model.CheckCertificate, model.CheckTimestamp)
	j.at(model.CheckLog).Required = j.root.Requires.Log
	j.at(model.CheckSCT).Required = j.root.Requires.SCT
	if j.s.leaf == nil {
		j.set(model.CheckCertificate, fail("an X.509 certificate", "no readable certificate", j.s.noLeaf))
		return
	}
	if j.quick() {
		return
	}
	j.set(model.CheckSignature, j.signatureByLeaf())
	j.set(model.CheckLog, j.log())
	j.set(model.CheckTimestamp, j.timestamp())
	j.set(model.CheckCertificate, j.certificate())
	j.set(model.CheckSCT, j.sct())
	j.logWindow()
}

// rootFor picks the root whose authority has the issuer's name, or that has the log: this only picks, the chain and the
// entry are proven later. Roots are tried in order, and the run's own is the fallback.
func (v *Verifier) rootFor(s *signed) (trust.Root, bool) {
	for i, r := range v.roots {
		if s.leaf != nil && len(r.Issuers(s.leaf)) > 0 {
			return r, i == 0
		}
	}
	if s.keyed {
		for i, r := range v.roots {
			for _, e := range s.entries {
				if r.HasLog([]byte(e.LogKeyID())) {
					return r, i == 0
				}
			}
		}
	}
	return v.roots[0], true
}

// warn adds a finding of the usual severity.
func (j *judging) warn(id, message string) {
	j.findings = append(j.findings, model.Finding{ID: id, Severity: model.SeverityWarning, Message: message})
}
