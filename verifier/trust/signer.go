package trust

import (
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/attestree/attestree/model"
)

// Signer is one entry of the list of trusted signers: a keyless identity or a key, and for what, where and until when
// it is trusted (docs/policy.md). Its zero value trusts nobody: an entry must be Enabled.
type Signer struct {
	Name    string
	Enabled bool

	// Keyless entries name an identity: Issuer and either Subject or SubjectRegexp, which must match whole.
	Keyless       bool
	Issuer        string
	Subject       string
	SubjectRegexp string
	// IssuerPattern and SubjectPattern are cosign's regexp flags: they match anywhere in the text, as cosign does.
	IssuerPattern  string
	SubjectPattern string

	// Key entries hold the key. KeyRef names it where it came from a key management service; Key may be nil then as
	// long as the entry is disabled.
	Key    *Key
	KeyRef string
	// NoLog says that the key's signatures need no transparency log entry (require_log: false).
	NoLog bool

	// SourceRepository (exact URI) and SourceRepositoryID narrow a keyless entry to one source, and are what makes a
	// reusable workflow trusted.
	SourceRepository   string
	SourceRepositoryID string
	// Triggers, if any are listed, are the only events that may have started the signing run. pull_request_target is
	// believed only when listed.
	Triggers []string

	// Root is the name of the trusted root under which the identity is believed, "" for the run's own.
	Root string
	// For lists what the signer may vouch for: "signature", a family, or an exact predicate type; empty for everything.
	For []string
	// Images lists patterns of normalised "registry/repository" names; empty for every image.
	Images []string
	// Mirrors lists further names under which a signed name is accepted, with RequireName.
	Mirrors     []string
	RequireName bool

	// ValidFrom and ValidUntil bound the attested signing time; a signature without one fails them.
	ValidFrom, ValidUntil time.Time
	// Expires bounds when the entry is believed at all, judged by today.
	Expires time.Time

	issuerPattern, subjectPattern, subjectWhole *regexp.Regexp
	subjectPart                                 *regexp.Regexp // SubjectRegexp without its anchors, to explain
}

// Signers is a list of trusted signers. Use NewSigners to make one: it checks the entries.
type Signers []Signer

// Pinned reports whether anybody is trusted by name. If so, a signer who is not is untrusted; if not, every proven
// signature is only valid.
func (s Signers) Pinned() bool {
	for i := range s {
		if s[i].Enabled {
			return true
		}
	}
	return false
}

// Names are those of the enabled entries, at most n and then "…".
func (s Signers) Names(n int) []string {
	var names []string
	for i := range s {
		switch {
		case !s[i].Enabled:
		case len(names) == n:
			return append(names, "…")
		default:
			names = append(names, s[i].Name)
		}
	}
	return names
}

// Keys are the keys of all entries, enabled or not: a key that is disabled still explains a signature.
func (s Signers) Keys() []Key {
	var keys []Key
	for i := range s {
		if s[i].Key != nil {
			keys = append(keys, *s[i].Key)
		}
	}
	return keys
}

// ForKey are the entries that hold the key.
func (s Signers) ForKey(k Key) Signers {
	var found Signers
	for i := range s {
		if s[i].Key != nil && s[i].Key.Equal(k) {
			found = append(found, s[i])
		}
	}
	return found
}

// NewSigners checks every entry and compiles its patterns. The error names the entry and what is wrong with it.
func NewSigners(entries ...Signer) (Signers, error) {
	signers := make(Signers, 0, len(entries))
	for i, entry := range entries {
		if entry.Name == "" {
			entry.Name = fmt.Sprintf("signer %d", i+1)
		}
		if err := entry.prepare(); err != nil {
			return nil, fmt.Errorf("trusted signer %s: %w", entry.Name, err)
		}
		signers = append(signers, entry)
	}
	return signers, nil
}

func (s *Signer) prepare() error {
	switch {
	case s.Keyless && (s.Key != nil || s.KeyRef != ""):
		return errors.New("it is both keyless and a key")
	case !s.Keyless && s.Key == nil && s.KeyRef != "" && s.Enabled:
		return fmt.Errorf("its key %s was not fetched", s.KeyRef)
	case !s.Keyless && s.Key == nil && s.KeyRef == "":
		return errors.New("it is neither keyless nor a key")
	case !s.Keyless && (s.Issuer != "" || s.Subject != "" || s.SubjectRegexp != "" || s.IssuerPattern != "" || s.SubjectPattern != ""):
		return errors.New("a key has no issuer and no subject")
	case s.Keyless && s.Issuer == "" && s.IssuerPattern == "":
		return errors.New("an identity needs an issuer: anybody could be called so elsewhere")
	case s.Keyless && s.Subject == "" && s.SubjectRegexp == "" && s.SubjectPattern == "":
		return errors.New("an identity needs a subject")
	case s.Issuer != "" && s.IssuerPattern != "":
		return errors.New("give the issuer exactly or as a pattern, not both")
	case count(s.Subject, s.SubjectRegexp, s.SubjectPattern) > 1:
		return errors.New("give the subject exactly or as a pattern, not both")
	case s.Keyless && s.NoLog:
		return errors.New("only a key can do without a log entry")
	case !s.Keyless && (s.SourceRepository != "" || s.SourceRepositoryID != "" || len(s.Triggers) > 0):
		return errors.New("a key says nothing about a source repository or trigger")
	case !s.ValidUntil.IsZero() && s.ValidUntil.Before(s.ValidFrom):
		return errors.New("it is valid until before it is valid from")
	}
	for _, image := range s.Images {
		if err := checkScope(image); err != nil {
			return err
		}
	}
	return s.compile()
}

func count(values ...string) int {
	n := 0
	for _, v := range values {
		if v != "" {
			n++
		}
	}
	return n
}

func (s *Signer) compile() error {
	for _, p := range []struct {
		pattern, format, what string
		into                  **regexp.Regexp
	}{
		{s.IssuerPattern, "%s", "issuer", &s.issuerPattern},
		{s.SubjectPattern, "%s", "subject", &s.subjectPattern},
		{s.SubjectRegexp, `\A(?:%s)\z`, "subject", &s.subjectWhole},
		{s.SubjectRegexp, "%s", "subject", &s.subjectPart},
	} {
		if p.pattern == "" {
			continue
		}
		// Compiled alone first: "a)|(b" must not become sound by the brackets that are put around it.
		if _, err := regexp.Compile(p.pattern); err != nil {
			return fmt.Errorf("%s pattern %q: %w", p.what, p.pattern, err)
		}
		compiled, err := regexp.Compile(fmt.Sprintf(p.format, p.pattern))
		if err != nil {
			return fmt.Errorf("%s pattern %q: %w", p.what, p.pattern, err)
		}
		*p.into = compiled
	}
	return nil
}

// vouchesFor reports whether the entry's purpose covers a predicate type of a family.
func (s *Signer) vouchesFor(predicateType string, family model.Family) bool {
	if len(s.For) == 0 {
		return true
	}
	for _, purpose := range s.For {
		if purpose == string(family) && family != model.FamilyOther || purpose == predicateType && predicateType != "" {
			return true
		}
	}
	return false
}
