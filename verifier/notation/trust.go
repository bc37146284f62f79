package notation

import (
	"crypto/x509"
	"fmt"
	"slices"
	"strings"
)

// Trust is what notation signatures are judged by in one run. Its zero value trusts nobody.
type Trust struct {
	Store Store
	// Policy says what counts for which image. Without one, the whole store counts for every image, and of the signers
	// only those whose own certificate is in it are named.
	Policy *Policy
}

// Check reports a policy that names a store which is not there: it would trust nobody, silently.
func (t Trust) Check() error {
	if t.Policy == nil {
		return nil
	}
	for _, s := range t.Policy.statements {
		for _, name := range s.Stores {
			if len(t.Store.named(name)) == 0 {
				return fmt.Errorf("the trust policy %q names the trust store %q, which is not there or empty", s.Name, name)
			}
		}
	}
	return nil
}

// Names reports whether somebody is trusted by name anywhere, and not just as one of all whom an authority knows.
func (t Trust) Names() bool {
	if t.Policy == nil {
		return slices.ContainsFunc(slices.Concat(t.Store.all(StoreCA), t.Store.all(StoreSigningAuthority)), Anchor.leaf)
	}
	return slices.ContainsFunc(t.Policy.statements, func(s statement) bool {
		return len(s.named) > 0 || slices.ContainsFunc(s.Stores, func(name string) bool {
			return !strings.HasPrefix(name, string(StoreTSA)+":") && slices.ContainsFunc(t.Store.named(name), Anchor.leaf)
		})
	})
}

// leaf reports whether the certificate is a signer's own and no authority's.
func (a Anchor) leaf() bool { return !a.Certificate.IsCA }

// Rule is what holds for one image.
type Rule struct {
	Name string // of the trust policy, "" without one
	// CA, SigningAuthority and TSA are the certificates that count.
	CA, SigningAuthority, TSA []Anchor
	// Stores are the names of the stores that count.
	Stores []string
	// TimestampAlways says that a timestamp is needed also as long as the certificate is valid.
	TimestampAlways bool
	// Laxer is how notation itself would be content with less than is asked for here, "" if it would not.
	Laxer string

	named []Identity
}

// For is the rule for an image's normalised "registry/repository", which is "" for a file. The second result is false,
// and the third says why, where nothing holds for it.
func (t Trust) For(repository string) (rule Rule, ok bool, why string) {
	if t.Store.empty() {
		return Rule{}, false, "whom to believe is not known: give a trust store with --notation-trust-store"
	}
	if t.Policy == nil {
		r := Rule{CA: t.Store.all(StoreCA), SigningAuthority: t.Store.all(StoreSigningAuthority), TSA: t.Store.all(StoreTSA)}
		r.listStores()
		return r, true, ""
	}
	s := t.Policy.about(repository)
	switch {
	case s == nil:
		return Rule{}, false, "the trust policy says nothing about this image"
	case s.Verification.Level == levelSkip:
		return Rule{Name: s.Name, Laxer: s.laxer()}, false, fmt.Sprintf("the trust policy %q skips verification for this image, and so names nobody to trust", s.Name)
	}
	r := Rule{
		Name: s.Name, named: s.named, Laxer: s.laxer(),
		CA: t.count(s, StoreCA), SigningAuthority: t.count(s, StoreSigningAuthority), TSA: t.count(s, StoreTSA),
	}
	r.TimestampAlways = len(r.TSA) > 0 && s.Verification.VerifyTimestamp != "afterCertExpiry"
	r.listStores()
	return r, true, ""
}

func (r *Rule) listStores() {
	for _, a := range slices.Concat(r.CA, r.SigningAuthority, r.TSA) {
		if !slices.Contains(r.Stores, a.Store) {
			r.Stores = append(r.Stores, a.Store)
		}
	}
}

// count are the certificates of a type whose stores a statement names.
func (t Trust) count(s *statement, kind StoreType) []Anchor {
	var out []Anchor
	for _, name := range s.Stores {
		if strings.HasPrefix(name, string(kind)+":") {
			out = append(out, t.Store.named(name)...)
		}
	}
	return out
}

// about is the statement for a repository: the one that names it, else the one for everything else.
func (p *Policy) about(repository string) *statement {
	var fallback *statement
	for i := range p.statements {
		s := &p.statements[i]
		switch {
		case repository != "" && slices.ContainsFunc(s.Scopes, func(scope string) bool { return sameRepository(scope, repository) }):
			return s
		case slices.Contains(s.Scopes, everywhere):
			fallback = s
		}
	}
	return fallback
}

// sameRepository compares a scope with a normalised name, which has Docker Hub's own name in it and notation's need not.
func sameRepository(scope, repository string) bool {
	for _, hub := range []string{"index.docker.io/", "registry-1.docker.io/"} {
		if rest, found := strings.CutPrefix(scope, hub); found {
			scope = "docker.io/" + rest
		}
	}
	return scope == repository
}

// laxer describes a level, or an override of it, by which notation accepts more than is accepted here.
func (s *statement) laxer() string {
	var soft []string
	for _, what := range []string{"authenticity", "authenticTimestamp", "expiry"} {
		if action := s.Verification.Override[what]; action == "log" || action == "skip" {
			soft = append(soft, what)
		}
	}
	switch {
	case s.Verification.Level != levelStrict:
		return fmt.Sprintf("the trust policy %q says %s for this image", s.Name, s.Verification.Level)
	case len(soft) > 0:
		return fmt.Sprintf("the trust policy %q does not enforce %s for this image", s.Name, strings.Join(soft, " and "))
	}
	return ""
}

// Signer says whether a leaf that is proven under the rule is trusted by name: by an identity of the policy, or, where
// that takes everybody or there is none, because its own certificate is in a store that counts. who is the name that
// the reader gave it.
func (r Rule) Signer(leaf *x509.Certificate) (who string, ok bool) {
	for _, id := range r.named {
		if id.matches(leaf.Subject) {
			return id.Text, true
		}
	}
	if len(r.named) > 0 {
		return "", false
	}
	for _, a := range slices.Concat(r.CA, r.SigningAuthority) {
		if a.leaf() && a.Certificate.Equal(leaf) {
			return a.Store, true
		}
	}
	return "", false
}

// Identities are the names that the rule trusts, as written in the policy; none where it takes everybody.
func (r Rule) Identities() []string {
	out := make([]string, 0, len(r.named))
	for _, id := range r.named {
		out = append(out, id.Text)
	}
	return out
}
