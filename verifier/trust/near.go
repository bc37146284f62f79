package trust

import (
	"fmt"
	"strings"

	"github.com/attestree/attestree/model"
)

// nearMiss says how the entry differs from a signer whom it does not name, "" where they have too little in common. It
// helps a person who pinned almost the right identity, and trusts nobody.
func (s *Signer) nearMiss(proven model.Signer) string {
	if !s.Enabled || !s.Keyless || proven.Kind != model.SignerCertificate {
		return ""
	}
	issuer, subject := s.isIssuer(proven.Issuer), s.isSubject(proven.Subject)
	switch {
	case subject:
		return fmt.Sprintf("%s has the same subject, but from the issuer %s and not %s", s.Name, s.Issuer+s.IssuerPattern, proven.Issuer)
	case !issuer:
		return ""
	case s.subjectWhole != nil && s.matchesPart(proven.Subject):
		return fmt.Sprintf("the pattern of %s matches only a part of the subject, and has to match all of it", s.Name)
	case s.Subject != "":
		return s.nearSubject(proven.Subject)
	}
	return ""
}

func (s *Signer) matchesPart(subject string) bool {
	return s.subjectPart != nil && s.subjectPart.MatchString(subject)
}

// nearSubject compares two exact subjects of one issuer.
func (s *Signer) nearSubject(got string) string {
	want, found := workflowOf(s.Subject), workflowOf(got)
	switch {
	case strings.EqualFold(s.Subject, got):
		return fmt.Sprintf("%s differs from this signer in its letters' case only", s.Name)
	case want.path == "" || want.repository != found.repository:
		return ""
	case want.path == found.path:
		return fmt.Sprintf("%s is the same workflow at another ref: %s is trusted, and this was signed at %s", s.Name, want.ref, found.ref)
	}
	return fmt.Sprintf("%s is another workflow of the same repository: %s is trusted, and this was signed by %s", s.Name, want.path, found.path)
}

// workflowName is the subject of a workflow's certificate taken apart: https://host/owner/name/path/to/file@ref.
type workflowName struct{ repository, path, ref string }

// workflowOf is the zero value for a subject that is none, like an e-mail address.
func workflowOf(subject string) workflowName {
	location, ref, hasRef := strings.Cut(subject, "@")
	scheme, rest, isURL := strings.Cut(location, "://")
	parts := strings.SplitN(rest, "/", 4)
	if !hasRef || !isURL || len(parts) < 4 {
		return workflowName{}
	}
	return workflowName{repository: scheme + "://" + strings.Join(parts[:3], "/"), path: strings.TrimPrefix(parts[3], "/"), ref: ref}
}
