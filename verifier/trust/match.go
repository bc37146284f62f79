package trust

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
)

// Use is what a proven signer signed, and under which circumstances: what an entry's limits are compared with.
type Use struct {
	Root          string // name of the root that proved the certificate
	DefaultRoot   bool   // it is the run's own root, which entries without one mean
	PredicateType string // as signed; "" for a plain signature
	Repository    string // normalised "registry/repository"; "" for a file
	SignedName    string // the name that was signed (docker-reference), normalised; "" if none was
	SignedAt      time.Time
	Now           time.Time
}

// Answer is whether somebody vouches for a signer.
type Answer struct {
	Trusted bool
	Name    string // of the entry that matched
	// Near says, when nobody matched, why the entries that come closest did not: one sentence each, first of those that
	// name this very signer.
	Near     []string
	Findings []model.Finding
}

// pullRequestTarget is GitHub's trigger that runs a workflow of the repository with the code of a stranger.
const pullRequestTarget = "pull_request_target"

// Match says whether a proven signer is one of the list, for this use (docs/policy.md). proven must come from checks
// that passed; what a certificate merely claims must never get here.
func (s Signers) Match(proven model.Signer, use Use) Answer {
	var answer Answer
	var near []string
	for i := range s {
		entry := &s[i]
		if !entry.identifies(proven) {
			if why := entry.nearMiss(proven); why != "" {
				near = append(near, why)
			}
			continue
		}
		if why := entry.refuses(proven, use); why != "" {
			answer.Near = append(answer.Near, fmt.Sprintf("%s is this signer, but %s", entry.Name, why))
			continue
		}
		answer.Trusted, answer.Name = true, entry.Name
		answer.Near = nil
		answer.Findings = append(answer.Findings, entry.patternFindings(proven)...)
		return answer
	}
	answer.Near = append(answer.Near, near...)
	return answer
}

// identifies reports whether the entry is about this signer at all.
func (s *Signer) identifies(proven model.Signer) bool {
	switch proven.Kind {
	case model.SignerKey:
		return s.Key != nil && s.Key.Fingerprint == proven.Fingerprint
	case model.SignerCertificate:
		return s.Keyless && s.isIssuer(proven.Issuer) && s.isSubject(proven.Subject)
	case model.SignerX509:
	}
	return false
}

func (s *Signer) isIssuer(issuer string) bool {
	if s.issuerPattern != nil {
		return s.issuerPattern.MatchString(issuer)
	}
	return s.Issuer != "" && s.Issuer == issuer
}

func (s *Signer) isSubject(subject string) bool {
	switch {
	case s.subjectWhole != nil:
		return s.subjectWhole.MatchString(subject)
	case s.subjectPattern != nil:
		return s.subjectPattern.MatchString(subject)
	}
	return s.Subject != "" && s.Subject == subject
}

// refuses is why the entry does not vouch for its own signer here, "" if it does.
func (s *Signer) refuses(proven model.Signer, use Use) string {
	family := familyOf(use.PredicateType)
	switch {
	case !s.Enabled:
		return "the entry is disabled"
	case !s.Expires.IsZero() && !use.Now.Before(s.Expires):
		return "the entry expired on " + s.Expires.UTC().Format(time.DateOnly) + " (now it is " + use.Now.UTC().Format(time.DateOnly) + ")"
	case !inScope(use.Repository, s.Images):
		return "this image is outside of its scope " + strings.Join(s.Images, ", ")
	case !s.vouchesFor(use.PredicateType, family):
		return fmt.Sprintf("it is trusted for %s and not for %s", strings.Join(s.For, ", "), purpose(use.PredicateType, family))
	case (!s.ValidFrom.IsZero() || !s.ValidUntil.IsZero()) && use.SignedAt.IsZero():
		return "it is trusted for a time only, and this signature has no attested time"
	case !s.ValidFrom.IsZero() && use.SignedAt.Before(s.ValidFrom):
		return "it is trusted from " + s.ValidFrom.UTC().Format(time.RFC3339) + " on, and this was signed earlier"
	case !s.ValidUntil.IsZero() && use.SignedAt.After(s.ValidUntil):
		return "it is trusted until " + s.ValidUntil.UTC().Format(time.RFC3339) + ", and this was signed later"
	case s.RequireName && !s.acceptsName(use):
		return fmt.Sprintf("the signed name is %q, which is neither this image nor one of its mirrors", use.SignedName)
	}
	if proven.Kind == model.SignerCertificate {
		return s.refusesRun(proven, use)
	}
	return ""
}

// familyOf is the family of what was signed; a plain signature has no predicate type.
func familyOf(predicateType string) model.Family {
	if predicateType == "" {
		return model.FamilySignature
	}
	return model.FamilyOf(predicateType)
}

func purpose(predicateType string, family model.Family) string {
	if family == model.FamilyOther || family == "" {
		return predicateType
	}
	return string(family)
}

// acceptsName reports whether the signed name is the image's own or that of a place which it is mirrored from.
func (s *Signer) acceptsName(use Use) bool {
	if use.SignedName == "" {
		return false
	}
	return use.SignedName == use.Repository || len(s.Mirrors) > 0 && inScope(use.SignedName, s.Mirrors)
}

// refusesRun judges what the certificate says of the run that signed.
func (s *Signer) refusesRun(proven model.Signer, use Use) string {
	source, _ := run(proven)
	trigger := extension(proven, "buildTrigger")
	if trigger == "" {
		trigger = extension(proven, "githubWorkflowTrigger")
	}
	switch {
	case s.Root == "" && !use.DefaultRoot, s.Root != "" && s.Root != use.Root:
		return fmt.Sprintf("it is trusted under another trusted root than %s", use.Root)
	case s.SourceRepository != "" && s.SourceRepository != source:
		return fmt.Sprintf("the source repository is %q and not %q", source, s.SourceRepository)
	case s.SourceRepositoryID != "" && s.SourceRepositoryID != extension(proven, "sourceRepositoryIdentifier"):
		return fmt.Sprintf("the source repository's id is %q and not %q", extension(proven, "sourceRepositoryIdentifier"), s.SourceRepositoryID)
	case s.SourceRepository == "" && s.SourceRepositoryID == "" && ReusedBy(proven) != "":
		return fmt.Sprintf("its workflow was called by %s; anybody can call it, so name the source repository", ReusedBy(proven))
	case len(s.Triggers) > 0 && !slices.Contains(s.Triggers, trigger):
		return fmt.Sprintf("the run was started by %q, which is not among its triggers", trigger)
	case trigger == pullRequestTarget && !slices.Contains(s.Triggers, trigger):
		return "the run was started by pull_request_target, which can run a stranger's code; list it under triggers to accept it"
	}
	return ""
}

// run is which repository's run signed, and by which workflow (Fulcio extensions .12 and .9). Certificates of GitHub's
// runs from before 2023 have .5 instead, and name the workflow as their subject.
func run(s model.Signer) (source, workflow string) {
	source, workflow = extension(s, "sourceRepositoryURI"), extension(s, "buildSignerURI")
	if old := extension(s, "githubWorkflowRepository"); source == "" && workflow == "" && old != "" {
		return "https://github.com/" + old, s.Subject
	}
	return source, workflow
}

// ReusedBy is the repository that called a workflow of another one to sign, "" where the workflow is the source
// repository's own or the certificate says nothing.
func ReusedBy(s model.Signer) string {
	source, workflow := run(s)
	if source == "" || workflow == "" || strings.HasPrefix(workflow, source+"/") || strings.HasPrefix(workflow, source+"@") {
		return ""
	}
	return source
}

func extension(s model.Signer, name string) string {
	for _, e := range s.Extensions {
		if e.Name == name {
			return e.Value
		}
	}
	return ""
}
