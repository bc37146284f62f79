package model

import (
	"fmt"
	"slices"
	"strings"
)

// comparePackages holds what a package's metadata, its publisher, its wrapper's specification and the image around it
// say against what its attestations prove. Disagreements become Entry.Cross; no verdict changes by them.
func (t *Tree) comparePackages(found map[string][]Finding) {
	for id, e := range t.entries {
		switch {
		case e.Node.Kind == KindPackage && e.Node.Package != nil:
			found[id] = append(found[id], t.packageFindings(e)...)
		case e.Node.Package != nil:
			found[id] = append(found[id], publisherFindings(e)...)
		}
	}
}

// publisherFindings compare the publisher that the registry names with the certificate. The registry checked its word
// when the file was uploaded; the certificate is what can be checked now.
func publisherFindings(e *Entry) []Finding {
	named := e.Node.Publisher
	if named.Zero() || e.Report == nil || e.Report.Signer == nil || e.Report.Signer.Kind != SignerCertificate {
		return nil
	}
	var out []Finding
	for _, why := range named.differs(e.Report.Signer) {
		out = append(out, Finding{
			ID: FindingPublisherMismatch, Severity: SeverityError,
			Message: "the registry names another publisher than the certificate: " + why,
		})
	}
	return out
}

// issuers of the workloads that registries know as trusted publishers.
var publisherIssuers = map[string]string{
	"github": "https://token.actions.githubusercontent.com", "gitlab": "https://gitlab.com", "google": "https://accounts.google.com",
}

// differs says in which ways a signer is not that publisher; nothing where it is, as far as the publisher says anything.
func (p Publisher) differs(s *Signer) []string {
	var out []string
	kind := strings.ToLower(p.Kind)
	if want, known := publisherIssuers[kind]; known && s.Issuer != want {
		out = append(out, fmt.Sprintf("kind %s, while %s issued the identity", p.Kind, s.Issuer))
	}
	if source := CertificateOrigin(s).Repository; p.Repository != "" && !strings.EqualFold(RepositoryPath(source), RepositoryPath(p.Repository)) {
		out = append(out, fmt.Sprintf("repository %s, while the certificate is for %s", p.Repository, orNone(source)))
	}
	if p.Workflow != "" && !sameWorkflow(s, p.Workflow) {
		out = append(out, fmt.Sprintf("workflow %s, while %s signed", p.Workflow, s.Subject))
	}
	if env := s.Extension("deploymentEnvironment"); p.Environment != "" && env != "" && env != p.Environment {
		out = append(out, fmt.Sprintf("environment %s, while the run was in %s", p.Environment, env))
	}
	if p.Email != "" && s.Subject != p.Email {
		out = append(out, fmt.Sprintf("%s, while %s signed", p.Email, s.Subject))
	}
	return out
}

func orNone(s string) string { return first(s, "no repository") }

// RepositoryPath is the path of a repository on its host ("owner/name"), however it is written.
func RepositoryPath(uri string) string {
	if !strings.Contains(uri, ":") {
		return strings.Trim(strings.TrimSuffix(uri, ".git"), "/")
	}
	_, path, _ := strings.Cut(repositoryKey(uri), "/")
	return path
}

// sameWorkflow reports whether the certificate is for a run of that workflow: the file that signed, or the one that
// called it. Publishers name the file alone or its whole path.
func sameWorkflow(s *Signer, workflow string) bool {
	for _, uri := range []string{s.Subject, s.Extension("buildConfigURI")} {
		path, _, _ := strings.Cut(uri, "@")
		if path == workflow || strings.HasSuffix(path, "/"+workflow) {
			return true
		}
	}
	return false
}

// packageEvidence is what is known of one package in a tree.
type packageEvidence struct {
	attestations int      // of any kind, whatever became of them
	types        []string // what their statements say that they are
	signatures   int      // by the registry
	verified     int      // attestations that passed every required check but for who signed
	proven       []*Entry // those by a certificate
	incomplete   string   // why there may be more that was not seen
}

// verified reports whether every required check passed by an authority or a registry that the run believes, whoever it is
// that signed. A key that nothing names but its own log entry is anybody's.
func verified(e *Entry) bool {
	switch e.Standing.Verdict {
	case Trusted, Valid:
		return true
	case Untrusted:
		signer := e.Report.Signer
		return signer != nil && (signer.Kind == SignerCertificate || signer.Registry)
	case Unchecked, Covered, Unsigned, Invalid, Unverifiable, Unavailable:
	}
	return false
}

func (t *Tree) packageEvidence(p *Package) (ev packageEvidence) {
	t.Walk(func(e *Entry) {
		if e.Node.Package == nil || e.Node.Package.PURL != p.PURL || e.Node.Kind == KindPackage || e.Node.Kind == KindPackageFile {
			return
		}
		if e.Node.Format == FormatRegistrySignature {
			ev.signatures++
			return
		}
		ev.attestations++
		if e.Attestation != nil && e.Attestation.Statement != nil {
			ev.types = append(ev.types, e.Attestation.Statement.PredicateType)
		}
		if !verified(e) {
			return
		}
		ev.verified++
		if e.proven() != (Origin{}) {
			ev.proven = append(ev.proven, e)
		}
	})
	for _, l := range t.Lookups {
		if l.Mechanism == MechanismPackageAttestations && l.Status.Incomplete() && l.Repository == p.PURL {
			ev.incomplete = l.Detail
		}
	}
	return ev
}

func (t *Tree) packageFindings(e *Entry) []Finding {
	p := e.Node.Package
	ev := t.packageEvidence(p)
	var out []Finding
	add := func(id string, severity Severity, format string, args ...any) {
		f := Finding{ID: id, Severity: severity, Message: fmt.Sprintf(format, args...)}
		for _, known := range out {
			if known == f {
				return
			}
		}
		out = append(out, f)
	}
	if p.Withdrawn != "" {
		add("withdrawn", SeverityWarning, "the registry advises against this version: %s", p.Withdrawn)
	}
	if p.Announced && ev.attestations == 0 && ev.incomplete == "" {
		add("attestations-missing", SeverityWarning, "the registry's entry of this version announces attestations, but none were given")
	}
	if p.AnnouncedType != "" && ev.attestations > 0 && ev.incomplete == "" && !slices.Contains(ev.types, p.AnnouncedType) {
		add("provenance-withheld", SeverityError,
			"the registry's entry of this version announces provenance of the type %s, but among its attestations there is none", p.AnnouncedType)
	}
	for _, proof := range ev.proven {
		o := proof.proven()
		if p.Repository != "" && o.Repository != "" && !SameRepository(p.Repository, o.Repository) {
			add("package-repository-mismatch", SeverityWarning,
				"its metadata says that its source is %s, its attestations prove that it was published from %s", p.Repository, o.Repository)
		}
	}
	if p.Claim != nil {
		claimFindings(p, ev, t.weighed(p.Claim.Node, add))
	}
	t.choiceFindings(p, add)
	t.insideFindings(p, ev, add)
	return out
}

// adder adds one finding.
type adder func(id string, severity Severity, format string, args ...any)

// weighed makes no more than warnings of what a document says that anybody who may push can have attached.
func (t *Tree) weighed(node string, add adder) adder {
	e := t.entries[node]
	if node == "" || e != nil && counts(e.Standing.Verdict) {
		return add
	}
	return func(id string, severity Severity, format string, args ...any) {
		if severity == SeverityError {
			severity = SeverityWarning
		}
		add(id, severity, format, args...)
	}
}
