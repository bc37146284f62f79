package uitest

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
)

// Trust is whom a fake backend trusts. What is asked of it is written down.
type Trust struct {
	Signers []model.TrustedSigner
	Propose model.TrustedSigner
	Refuse  error // what every change ends with
	path    string
	Policy  model.PolicyAnswer
	Changed chan error

	roots []model.TrustRoot
	newer model.TrustRoot // what asking for a newer root brings
	Asked int             // how often that was done
	Waits bool            // asking does not end before its context does

	Pinned, Saved []model.TrustedSigner
}

// oldRoot is the trusted root that the program carries, in most tests.
var oldRoot = model.TrustRoot{Name: "public-good", Source: "embedded", Date: "2025-09-22", SHA256: Digest("old root").Hex()}

// NewRoot is what asking for a newer trusted root brings, in most tests.
var NewRoot = model.TrustRoot{Name: "public-good", Source: "tuf", Date: "2026-10-01", SHA256: Digest("new root").Hex()}

// Roots implements ui.Backend.
func (f Backend) Roots() []model.TrustRoot {
	if f.Trust == nil || f.Trust.roots == nil {
		return []model.TrustRoot{oldRoot}
	}
	return slices.Clone(f.Trust.roots)
}

// UpdateRoot implements ui.Backend.
func (f Backend) UpdateRoot(ctx context.Context) (string, error) {
	switch {
	case f.Trust == nil:
		return "", errors.New("nobody is asked in this run: it is offline")
	case f.Trust.Refuse != nil:
		return "", f.Trust.Refuse
	case f.Trust.Waits:
		<-ctx.Done()
		return "", ctx.Err()
	}
	f.Trust.Asked++
	f.Trust.roots = []model.TrustRoot{f.Trust.newer}
	return "public-good: version 14, was 13", nil
}

// Signers implements ui.Backend.
func (f Backend) Signers() []model.TrustedSigner {
	if f.Trust == nil {
		return nil
	}
	return slices.Clone(f.Trust.Signers)
}

// Propose implements ui.Backend.
func (f Backend) Propose(*model.Entry) (model.TrustedSigner, error) {
	if f.Trust == nil {
		return model.TrustedSigner{}, errors.New("there is no trust to change here")
	}
	return f.Trust.Propose, nil
}

// Pin implements ui.Backend.
func (f Backend) Pin(s model.TrustedSigner) error {
	if f.Trust.Refuse != nil {
		return f.Trust.Refuse
	}
	s.Enabled, s.Origin = true, model.OriginThisRun
	f.Trust.Signers = append(f.Trust.Signers, s)
	f.Trust.Pinned = append(f.Trust.Pinned, s)
	return nil
}

// SetEnabled implements ui.Backend.
func (f Backend) SetEnabled(name string, enabled bool) error {
	if f.Trust.Refuse != nil {
		return f.Trust.Refuse
	}
	for i, s := range f.Trust.Signers {
		if s.Name == name {
			f.Trust.Signers[i].Enabled = enabled
		}
	}
	return nil
}

// Unpin implements ui.Backend.
func (f Backend) Unpin(name string) error {
	if f.Trust.Refuse != nil {
		return f.Trust.Refuse
	}
	f.Trust.Signers = slices.DeleteFunc(f.Trust.Signers, func(s model.TrustedSigner) bool { return s.Name == name })
	return nil
}

// Save implements ui.Backend.
func (f Backend) Save(s model.TrustedSigner) (string, error) {
	if f.Trust.Refuse != nil {
		return "", f.Trust.Refuse
	}
	f.Trust.Saved = append(f.Trust.Saved, s)
	return f.Trust.path, nil
}

// Policy implements ui.Backend.
func (f Backend) Policy(*model.Tree) model.PolicyAnswer {
	if f.Trust == nil {
		return model.PolicyAnswer{Reasons: []string{"nobody was named as trusted"}}
	}
	return f.Trust.Policy
}

// Changed implements ui.Backend.
func (f Backend) Changed() <-chan error {
	if f.Trust == nil || f.Trust.Changed == nil {
		return nil
	}
	return f.Trust.Changed
}

// Narrowest is what a backend proposes for the signer of the fake tree.
var Narrowest = model.TrustedSigner{
	Name: "dockyard-build-containers", Kind: model.SignerCertificate, Issuer: Issuer, Subject: Workflow,
	SourceRepository: "https://github.com/stacklok/dockyard", For: []string{"https://example.org/valid"},
	Images: []string{"ghcr.io/stacklok/dockyard/npx/context7"},
}

// NarrowestName is what a person calls that signer.
var NarrowestName = safe.Line(Narrowest.Name)

// PinnedSigners is a list with one of each kind.
func PinnedSigners() []model.TrustedSigner {
	return []model.TrustedSigner{
		{Name: "dockyard", Kind: model.SignerCertificate, Issuer: Issuer, Subject: Workflow, Enabled: true, Origin: "policy",
			For: []string{"signature", "slsa-provenance", "scai"}, Images: []string{"ghcr.io/stacklok/dockyard/**"},
			Expires: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)},
		{Name: "release", Kind: model.SignerKey, Fingerprint: string(Digest("key")), Algorithm: "ECDSA P-256", Enabled: true, Origin: "flag",
			Findings: []model.Finding{{ID: "for-everything", Severity: model.SeverityInfo, Message: "it is trusted for everything that it signs: narrow it with for"}}},
		{Name: "anybody", Kind: model.SignerCertificate, Issuer: Issuer, Subject: "github.com/stacklok", Pattern: true, Origin: model.OriginThisRun,
			Findings: []model.Finding{{ID: "unanchored-pattern", Severity: model.SeverityWarning, Message: "the pattern matches anywhere in the text, so it also trusts https://evil.example/?github.com/stacklok"}}},
	}
}

// answer is a policy's answer with requirements that are met and that are not.
func answer() model.PolicyAnswer {
	return model.PolicyAnswer{
		Path: "policy.yaml", SHA256: Digest("policy").Hex(),
		Reasons: []string{"SLSA level mismatch: required 3, found 2: the builder is not isolated."},
		Requirements: []model.Requirement{
			{ID: "signature", Wants: "a trusted signature", Status: model.RequirementMet, Node: string(Digest("signature")), On: Digest("root"),
				Message: "Signed by dockyard."},
			{ID: "slsa-level", Wants: "level 3", Status: model.RequirementNotMet, Node: string(Digest("provenance")), On: Digest("root"),
				Message: "SLSA level mismatch: required 3, found 2: the builder is not isolated."},
			{ID: "vex", Wants: "a trusted VEX document", Status: model.RequirementNotMet, On: Digest("linux/amd64"), Message: "There is none."},
			{ID: "max-age", Wants: "SCAI of 30 days at most", On: Digest("root"), Message: "Not judged: there is no time."},
		},
	}
}

// Trusting is a rich tree with somebody pinned and a policy.
func Trusting() Backend {
	return Backend{Events: Rich(), Trust: &Trust{
		Signers: PinnedSigners(), Propose: Narrowest, path: "/home/reader/.config/attestree/policy.yaml", Policy: answer(),
		newer: NewRoot,
	}}
}

// HostileTrust has every text of its entries try to break out.
func HostileTrust() *Trust {
	evil := model.TrustedSigner{
		Name: Hostile, Kind: model.SignerKind(Hostile), Issuer: Hostile, Subject: Hostile, Fingerprint: Hostile, Algorithm: Hostile,
		SourceRepository: "https://" + Hostile, Root: Hostile, For: []string{Hostile, Hostile}, Images: []string{"x/" + Hostile + "/y"},
		Origin: Hostile, Findings: []model.Finding{{ID: Hostile, Severity: model.SeverityWarning, Message: Hostile}},
	}
	keyless := evil
	keyless.Kind, keyless.Subject = model.SignerCertificate, "https://"+Hostile+"/"+Hostile+"@"+Hostile
	return &Trust{
		roots:   []model.TrustRoot{{Name: Hostile, Source: Hostile, Date: Hostile, SHA256: Hostile}},
		newer:   model.TrustRoot{Name: Hostile, Source: Hostile, Date: Hostile},
		Signers: []model.TrustedSigner{evil, keyless}, Propose: keyless, path: Hostile,
		Policy: model.PolicyAnswer{Path: Hostile, SHA256: Hostile, Reasons: []string{Hostile}, Requirements: []model.Requirement{
			{ID: Hostile, Wants: Hostile, Status: model.RequirementStatus(Hostile), Node: string(Digest("evil")), Message: Hostile},
		}},
	}
}
