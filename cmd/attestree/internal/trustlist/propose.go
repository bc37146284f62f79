package trustlist

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// Errors that say why a node's signer cannot be pinned.
var (
	errNoSigner  = errors.New("nothing proves who signed it, so there is nobody to trust")
	errNoKey     = errors.New("the key itself is not known, only its fingerprint: give it with --key")
	errUnjudged  = errors.New("it has not been verified yet")
	errNoPinning = errors.New("notation certificates are trusted through a trust store, not by pinning")
)

// Propose is the narrowest entry that would trust the proven signer of a node: exact identity, its source repository,
// this kind of statement, and this image's repository.
func (l *List) Propose(e *model.Entry, repository string) (model.TrustedSigner, error) {
	switch {
	case e.Report == nil:
		return model.TrustedSigner{}, errUnjudged
	case e.Report.Signer == nil:
		return model.TrustedSigner{}, errNoSigner
	}
	s := e.Report.Signer
	proposal := model.TrustedSigner{
		Kind: s.Kind, Enabled: true, Origin: model.OriginThisRun, For: []string{purpose(e)}, Root: l.otherRoot(e.Report.TrustRoot),
	}
	if repository != "" {
		proposal.Images = []string{repository}
	}
	switch s.Kind {
	case model.SignerCertificate:
		proposal.Issuer, proposal.Subject = s.Issuer, s.Subject
		proposal.SourceRepository = extension(s, "sourceRepositoryURI")
		proposal.Name = l.freeName(slug(model.ShortIdentity(s.Subject)))
	case model.SignerKey:
		if s.KeyPEM == "" {
			return model.TrustedSigner{}, errNoKey
		}
		proposal.Fingerprint, proposal.Algorithm, proposal.KeyPEM = s.Fingerprint, s.Algorithm, s.KeyPEM
		proposal.Name = l.freeName("key-" + strings.TrimPrefix(model.Digest(s.Fingerprint).Short(), "sha256:"))
	case model.SignerX509:
		return model.TrustedSigner{}, errNoPinning
	}
	return proposal, nil
}

// purpose is what the node is used for, in the words of a policy's "for". The outer statement's type counts: it is
// what was signed.
func purpose(e *model.Entry) string {
	if e.Node.Kind == model.KindSignature || e.Attestation == nil || e.Attestation.Statement == nil {
		return string(model.FamilySignature)
	}
	return e.Attestation.Statement.PredicateType
}

// otherRoot is the name of the root that proved a signer, where it is not the run's own.
func (l *List) otherRoot(name string) string {
	if len(l.config.Roots) > 0 && l.config.Roots[0].Info.Name == name {
		return ""
	}
	return name
}

func extension(s *model.Signer, name string) string {
	at := slices.IndexFunc(s.Extensions, func(x model.Extension) bool { return x.Name == name })
	if at < 0 {
		return ""
	}
	return s.Extensions[at].Value
}

// slug makes a name that can be typed of an identity.
func slug(identity string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(identity) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '.', r == '@':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= 60 {
			break
		}
	}
	name := strings.Trim(b.String(), "-.@")
	if name == "" {
		return "signer"
	}
	return name
}

// freeName is name, or name with the first number that no entry has.
func (l *List) freeName(name string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.named(name) {
		return name
	}
	for n := 2; ; n++ {
		if numbered := fmt.Sprintf("%s-%d", name, n); !l.named(numbered) {
			return numbered
		}
	}
}
