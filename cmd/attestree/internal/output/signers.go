package output

import (
	"fmt"
	"slices"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
)

// Mismatches are the distinct messages of the finding that something names another repository, in tree order. Mirrors have it
// on every node, so it is said once, at the top (docs/verification.md).
func Mismatches(t *model.Tree) []string {
	var out []string
	t.Walk(func(e *model.Entry) {
		for _, f := range model.EntryFindings(e) {
			if f.ID == model.FindingNameMismatch && !slices.Contains(out, f.Message) {
				out = append(out, f.Message)
			}
		}
	})
	return out
}

// signers numbers the proven signers of a tree, so that a long identity is written out once.
type signers struct{ known []model.Signer }

// mention is a signer in a few words, with its number in the list below the tree.
func (s *signers) mention(signer *model.Signer) safe.Text {
	n := slices.IndexFunc(s.known, func(k model.Signer) bool { return same(k, *signer) })
	if n < 0 {
		n = len(s.known)
		s.known = append(s.known, *signer)
	}
	who := signer.Name
	if who == "" && signer.Kind != model.SignerKey {
		who = model.ShortIdentity(signer.Subject)
	}
	if who == "" {
		who = "key " + model.Digest(signer.Fingerprint).Short()
	}
	return safe.Line(fmt.Sprintf("%s [%d]", who, n+1))
}

// same reports whether two signers are one. Every keyless signature has a certificate of its own, so identities count
// there and not fingerprints.
func same(a, b model.Signer) bool {
	if a.Kind != b.Kind || a.Name != b.Name || a.Issuer != b.Issuer || a.Subject != b.Subject {
		return false
	}
	return a.Kind == model.SignerCertificate || a.Fingerprint == b.Fingerprint
}

// list writes the signers out in full.
func (s *signers) list(p *printer) {
	if len(s.known) == 0 {
		return
	}
	p.line("")
	p.line("Signers, as proven:")
	for i, k := range s.known {
		p.line(fmt.Sprintf("  [%d] %s", i+1, Clean(Identity(k))))
	}
}

// Identity is a signer in full, in one line.
func Identity(s model.Signer) string {
	who := s.Subject + ", vouched for by " + s.Issuer
	if s.Kind == model.SignerKey {
		who = "key " + s.Fingerprint
	}
	if s.Name != "" {
		return s.Name + ": " + who
	}
	return who
}
