package notation

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// The levels of verification (trust-store-trust-policy.md, "Signature Verification").
const (
	levelStrict     = "strict"
	levelPermissive = "permissive"
	levelAudit      = "audit"
	levelSkip       = "skip"
)

// everywhere is the scope of every repository, and the identity of everybody.
const everywhere = "*"

// identityPrefix begins the only kind of identity that there is.
const identityPrefix = "x509.subject:"

// check holds the document against the rules of its specification.
func (p *Policy) check() error {
	names, scopes := map[string]bool{}, map[string]string{}
	for i := range p.statements {
		s := &p.statements[i]
		switch {
		case s.Name == "":
			return fmt.Errorf("policy %d has no name", i+1)
		case names[s.Name]:
			return fmt.Errorf("two policies are called %q", s.Name)
		}
		names[s.Name] = true
		if err := s.check(); err != nil {
			return fmt.Errorf("policy %q: %w", s.Name, err)
		}
		for _, scope := range s.Scopes {
			if other, taken := scopes[scope]; taken {
				return fmt.Errorf("policies %q and %q are both about %q", other, s.Name, scope)
			}
			scopes[scope] = s.Name
		}
	}
	return nil
}

func (s *statement) check() error {
	if err := s.checkScopes(); err != nil {
		return err
	}
	if err := s.Verification.check(); err != nil {
		return err
	}
	if s.Verification.Level == levelSkip {
		if len(s.Stores)+len(s.Identities) > 0 {
			return errors.New("it skips verification and yet names trust stores or identities")
		}
		return nil
	}
	if len(s.Stores) == 0 || len(s.Identities) == 0 {
		return errors.New("it needs trustStores and trustedIdentities")
	}
	for _, store := range s.Stores {
		kind, name, found := strings.Cut(store, ":")
		if !found || name == "" || strings.ContainsAny(name, `/\:`) || !slices.Contains(storeTypes, StoreType(kind)) {
			return fmt.Errorf("trust store %q: want ca:NAME, signingAuthority:NAME or tsa:NAME", store)
		}
	}
	return s.readIdentities()
}

func (s *statement) checkScopes() error {
	if len(s.Scopes) == 0 {
		return errors.New("it has no registryScopes")
	}
	for _, scope := range s.Scopes {
		host, repository, found := strings.Cut(scope, "/")
		switch {
		case scope == everywhere && len(s.Scopes) > 1:
			return errors.New("the scope * stands beside others")
		case scope == everywhere:
		case strings.Contains(scope, "*"):
			return fmt.Errorf("scope %q: notation knows no patterns, only * alone or a whole repository", scope)
		case !found || host == "" || repository == "" || strings.ContainsAny(scope, "@ ") || strings.Contains(repository, ":") || strings.Contains(scope, "://"):
			return fmt.Errorf("scope %q: want registry/repository, without tag or digest", scope)
		}
	}
	return nil
}

func (v verification) check() error {
	if !slices.Contains([]string{levelStrict, levelPermissive, levelAudit, levelSkip}, v.Level) {
		return fmt.Errorf("level %q: want strict, permissive, audit or skip", v.Level)
	}
	if v.Level == levelSkip && len(v.Override) > 0 {
		return errors.New("the level skip cannot be overridden")
	}
	for what, action := range v.Override {
		switch {
		case what == "integrity":
			return errors.New("integrity cannot be overridden")
		case !slices.Contains([]string{"authenticity", "authenticTimestamp", "expiry", "revocation"}, what):
			return fmt.Errorf("override of %q: authenticity, authenticTimestamp, expiry and revocation are known", what)
		case !slices.Contains([]string{"enforce", "log", "skip"}, action):
			return fmt.Errorf("override of %s with %q: want enforce, log or skip", what, action)
		case what == "authenticity" && action == "skip":
			return errors.New("authenticity cannot be skipped")
		}
	}
	if !slices.Contains([]string{"", "always", "afterCertExpiry"}, v.VerifyTimestamp) {
		return fmt.Errorf("verifyTimestamp %q: want always or afterCertExpiry", v.VerifyTimestamp)
	}
	return nil
}

func (s *statement) readIdentities() error {
	for _, text := range s.Identities {
		if text == everywhere {
			if len(s.Identities) > 1 {
				return errors.New("the identity * stands beside others")
			}
			return nil // nobody in particular: named stays empty
		}
		name, found := strings.CutPrefix(text, identityPrefix)
		if !found {
			return fmt.Errorf("identity %q: want * or %s followed by a distinguished name", text, identityPrefix)
		}
		id, err := parseIdentity(strings.TrimSpace(name))
		if err != nil {
			return fmt.Errorf("identity %q: %w", text, err)
		}
		for _, other := range s.named {
			if id.within(other) || other.within(id) {
				return fmt.Errorf("the identities %q and %q overlap", other.Text, id.Text)
			}
		}
		s.named = append(s.named, id)
	}
	return nil
}
