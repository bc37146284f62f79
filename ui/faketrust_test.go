package ui

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
)

// fakeTrust is whom a fake backend trusts. What is asked of it is written down.
type fakeTrust struct {
	signers []model.TrustedSigner
	propose model.TrustedSigner
	refuse  error // what every change ends with
	path    string
	policy  model.PolicyAnswer
	changed chan error

	roots []model.TrustRoot
	newer model.TrustRoot // what asking for a newer root brings
	asked int             // how often that was done
	waits bool            // asking does not end before its context does

	pinned, saved []model.TrustedSigner
}

// oldRoot is the trusted root that the program carries, in most tests.
var oldRoot = model.TrustRoot{Name: "public-good", Source: "embedded", Date: "2025-09-22", SHA256: digest("old root").Hex()}

var newRoot = model.TrustRoot{Name: "public-good", Source: "tuf", Date: "2026-10-01", SHA256: digest("new root").Hex()}

func (f fakeBackend) Roots() []model.TrustRoot {
	if f.trust == nil || f.trust.roots == nil {
		return []model.TrustRoot{oldRoot}
	}
	return slices.Clone(f.trust.roots)
}

func (f fakeBackend) UpdateRoot(ctx context.Context) (string, error) {
	switch {
	case f.trust == nil:
		return "", errors.New("nobody is asked in this run: it is offline")
	case f.trust.refuse != nil:
		return "", f.trust.refuse
	case f.trust.waits:
		<-ctx.Done()
		return "", ctx.Err()
	}
	f.trust.asked++
	f.trust.roots = []model.TrustRoot{f.trust.newer}
	return "public-good: version 14, was 13", nil
}

func (f fakeBackend) Signers() []model.TrustedSigner {
	if f.trust == nil {
		return nil
	}
	return slices.Clone(f.trust.signers)
}

func (f fakeBackend) Propose(*model.Entry) (model.TrustedSigner, error) {
	if f.trust == nil {
		return model.TrustedSigner{}, errors.New("there is no trust to change here")
	}
	return f.trust.propose, nil
}

func (f fakeBackend) Pin(s model.TrustedSigner) error {
	if f.trust.refuse != nil {
		return f.trust.refuse
	}
	s.Enabled, s.Origin = true, "this run"
	f.trust.signers = append(f.trust.signers, s)
	f.trust.pinned = append(f.trust.pinned, s)
	return nil
}

func (f fakeBackend) SetEnabled(name string, enabled bool) error {
	if f.trust.refuse != nil {
		return f.trust.refuse
	}
	for i, s := range f.trust.signers {
		if s.Name == name {
			f.trust.signers[i].Enabled = enabled
		}
	}
	return nil
}

func (f fakeBackend) Unpin(name string) error {
	if f.trust.refuse != nil {
		return f.trust.refuse
	}
	f.trust.signers = slices.DeleteFunc(f.trust.signers, func(s model.TrustedSigner) bool { return s.Name == name })
	return nil
}

func (f fakeBackend) Save(s model.TrustedSigner) (string, error) {
	if f.trust.refuse != nil {
		return "", f.trust.refuse
	}
	f.trust.saved = append(f.trust.saved, s)
	return f.trust.path, nil
}

func (f fakeBackend) Policy(*model.Tree) model.PolicyAnswer {
	if f.trust == nil {
		return model.PolicyAnswer{Reasons: []string{"nobody was named as trusted"}}
	}
	return f.trust.policy
}

func (f fakeBackend) Changed() <-chan error {
	if f.trust == nil || f.trust.changed == nil {
		return nil
	}
	return f.trust.changed
}

// narrowest is what a backend proposes for the signer of the fake tree.
var narrowest = model.TrustedSigner{
	Name: "dockyard-build-containers", Kind: model.SignerCertificate, Issuer: issuer, Subject: workflow,
	SourceRepository: "https://github.com/stacklok/dockyard", For: []string{"https://example.org/valid"},
	Images: []string{"ghcr.io/stacklok/dockyard/npx/context7"},
}

var narrowestName = safe.Line(narrowest.Name)

// pinnedSigners is a list with one of each kind.
func pinnedSigners() []model.TrustedSigner {
	return []model.TrustedSigner{
		{Name: "dockyard", Kind: model.SignerCertificate, Issuer: issuer, Subject: workflow, Enabled: true, Origin: "policy",
			For: []string{"signature", "slsa-provenance", "scai"}, Images: []string{"ghcr.io/stacklok/dockyard/**"},
			Expires: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)},
		{Name: "release", Kind: model.SignerKey, Fingerprint: string(digest("key")), Algorithm: "ECDSA P-256", Enabled: true, Origin: "flag",
			Findings: []model.Finding{{ID: "for-everything", Severity: model.SeverityInfo, Message: "it is trusted for everything that it signs: narrow it with for"}}},
		{Name: "anybody", Kind: model.SignerCertificate, Issuer: issuer, Subject: "github.com/stacklok", Pattern: true, Origin: "this run",
			Findings: []model.Finding{{ID: "unanchored-pattern", Severity: model.SeverityWarning, Message: "the pattern matches anywhere in the text, so it also trusts https://evil.example/?github.com/stacklok"}}},
	}
}

// answer is a policy's answer with requirements that are met and that are not.
func answer() model.PolicyAnswer {
	return model.PolicyAnswer{
		Path: "policy.yaml", SHA256: digest("policy").Hex(),
		Reasons: []string{"SLSA level mismatch: required 3, found 2: the builder is not isolated."},
		Requirements: []model.Requirement{
			{ID: "signature", Wants: "a trusted signature", Status: model.RequirementMet, Node: string(digest("signature")), On: digest("root"),
				Message: "Signed by dockyard."},
			{ID: "slsa-level", Wants: "level 3", Status: model.RequirementNotMet, Node: string(digest("provenance")), On: digest("root"),
				Message: "SLSA level mismatch: required 3, found 2: the builder is not isolated."},
			{ID: "vex", Wants: "a trusted VEX document", Status: model.RequirementNotMet, On: digest("linux/amd64"), Message: "There is none."},
			{ID: "max-age", Wants: "SCAI of 30 days at most", On: digest("root"), Message: "Not judged: there is no time."},
		},
	}
}

// trusting is a rich tree with somebody pinned and a policy.
func trusting() fakeBackend {
	return fakeBackend{open: rich(), trust: &fakeTrust{
		signers: pinnedSigners(), propose: narrowest, path: "/home/reader/.config/attestree/policy.yaml", policy: answer(),
		newer: newRoot,
	}}
}

// hostileTrust has every text of its entries try to break out.
func hostileTrust() *fakeTrust {
	evil := model.TrustedSigner{
		Name: hostile, Kind: model.SignerKind(hostile), Issuer: hostile, Subject: hostile, Fingerprint: hostile, Algorithm: hostile,
		SourceRepository: "https://" + hostile, Root: hostile, For: []string{hostile, hostile}, Images: []string{"x/" + hostile + "/y"},
		Origin: hostile, Findings: []model.Finding{{ID: hostile, Severity: model.SeverityWarning, Message: hostile}},
	}
	keyless := evil
	keyless.Kind, keyless.Subject = model.SignerCertificate, "https://"+hostile+"/"+hostile+"@"+hostile
	return &fakeTrust{
		roots:   []model.TrustRoot{{Name: hostile, Source: hostile, Date: hostile, SHA256: hostile}},
		newer:   model.TrustRoot{Name: hostile, Source: hostile, Date: hostile},
		signers: []model.TrustedSigner{evil, keyless}, propose: keyless, path: hostile,
		policy: model.PolicyAnswer{Path: hostile, SHA256: hostile, Reasons: []string{hostile}, Requirements: []model.Requirement{
			{ID: hostile, Wants: hostile, Status: model.RequirementStatus(hostile), Node: string(digest("evil")), Message: hostile},
		}},
	}
}
