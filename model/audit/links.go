package audit

import (
	"strings"

	"github.com/attestree/attestree/model"
)

// links compares what the attestation says of where it comes from with what its certificate proves.
func links(t *model.Tree, s ScanReport, c Case) []Link {
	out := []Link{subjectLink(s)}
	if s.inner != nil {
		out = append(out, innerLink(s))
	}
	if s.Claim.TargetDigest != "" && s.Claim.Status != "" {
		out = append(out, targetLink(s))
	}
	origin := model.CertificateOrigin(s.Signer)
	out = append(out,
		compare("commit", s.Claim.ProducerCommit, origin.Commit, s.Signer, strings.EqualFold),
		compare("source", s.Claim.ProducerURI, origin.Repository, s.Signer, model.SameRepository),
		runLink(s, origin.Run),
	)
	if root := t.Root(); root != nil && s.Platform == "" {
		if revision := root.Said("org.opencontainers.image.revision"); revision != "" {
			out = append(out, compare("image-revision", revision, origin.Commit, s.Signer, strings.EqualFold))
		}
	}
	if c.Spec != nil {
		out = append(out, configLink(s, c.Spec), specLink(s, c.Spec, origin))
	}
	return out
}

// runLink compares the run that holds the evidence with the one that signed, whatever its attempt. Evidence may also be
// kept in another place, of which no certificate says anything.
func runLink(s ScanReport, run string) Link {
	same, known := model.SameRun(s.Claim.EvidenceURI, run, false)
	l := compare("run", s.Claim.EvidenceURI, run, s.Signer, func(_, _ string) bool { return same })
	if l.Status == model.CheckFailed && !known {
		l.Status, l.Detail = model.CheckSkipped, "the evidence's address is not that of a run"
	}
	return l
}

func subjectLink(s ScanReport) Link {
	l := Link{ID: "subject", Claimed: subjects(s.statement), Actual: string(s.subject), Status: model.CheckFailed}
	switch {
	case s.passed:
		l.Status = model.CheckPassed
	case s.subject == "":
		l.Status, l.Detail = model.CheckSkipped, "there is no image at hand to compare with"
	default:
		l.Detail = "the attestation is not about this image"
	}
	return l
}

// innerLink compares the statement in the predicate with the image: it is signed, but nothing that looks at subjects
// only sees it.
func innerLink(s ScanReport) Link {
	l := Link{ID: "nested-subject", Claimed: subjects(s.inner), Actual: string(s.subject), Status: model.CheckFailed}
	switch {
	case s.subject == "":
		l.Status, l.Detail = model.CheckSkipped, "there is no image at hand to compare with"
	case s.inner.Names(s.subject):
		l.Status = model.CheckPassed
	default:
		l.Detail = "the statement inside the predicate is about something else than the one around it"
	}
	return l
}

// targetLink compares what the scan is said to be of with the image: an attribute with a target says nothing of the rest
// (in-toto attestation spec, predicates/scai.md, target).
func targetLink(s ScanReport) Link {
	l := Link{ID: "target", Claimed: string(s.Claim.TargetDigest), Actual: string(s.subject), Status: model.CheckFailed}
	switch s.subject {
	case "":
		l.Status, l.Detail = model.CheckSkipped, "there is no image at hand to compare with"
	case s.Claim.TargetDigest:
		l.Status = model.CheckPassed
	default:
		l.Detail = "the scan is said to be of something else than this image"
	}
	return l
}

func subjects(s *model.Statement) string {
	if s == nil {
		return ""
	}
	var out []string
	for _, subject := range s.Subjects {
		for _, d := range subject.Digests {
			if len(out) == 10 {
				return strings.Join(out, " ") + " …"
			}
			out = append(out, d.Algorithm+":"+d.Value)
		}
	}
	return strings.Join(out, " ")
}

// compare is a link between what is claimed and what a certificate proves. Nothing is compared with a claim alone.
func compare(id, claimed, proven string, signer *model.Signer, same func(a, b string) bool) Link {
	l := Link{ID: id, Claimed: claimed, Actual: proven, Status: model.CheckSkipped}
	switch {
	case claimed == "":
		l.Detail = "the attestation does not say it"
	case signer == nil:
		l.Detail = "the signer is not proven, so there is nothing to compare with"
	case proven == "":
		l.Detail = "the signer's certificate does not say it"
	case same(claimed, proven):
		l.Status = model.CheckPassed
	default:
		l.Status, l.Detail = model.CheckFailed, "the attestation disagrees with the certificate that signed it"
	}
	return l
}

// configLink says whether the specification at hand can be the one that the attestation names.
func configLink(s ScanReport, f *SpecFile) Link {
	l := Link{ID: "config-file", Claimed: s.Claim.ConfigFile, Actual: f.Spec.Name, Status: model.CheckSkipped}
	if s.Claim.ConfigFile == "" {
		l.Detail = "the attestation does not name its configuration file"
		return l
	}
	l.Status = model.CheckPassed
	if same := scanned(s.Claim) == f.Spec.Name || filed(f.Spec.Path, s.Claim.ConfigFile); !same || s.Claim.Skill != f.Spec.Skill {
		l.Status, l.Detail = model.CheckFailed, "the specification is of another server or skill than the one that was scanned"
	}
	return l
}

// filed reports whether a file stands where the attestation says: servers need not be called like their folders.
func filed(file, config string) bool {
	file = "/" + strings.ReplaceAll(file, `\`, "/")
	return strings.Contains(config, "/") && strings.HasSuffix(file, "/"+config)
}

// specLink says whether the specification at hand is that of the signed commit.
func specLink(s ScanReport, f *SpecFile, origin model.Origin) Link {
	l := Link{ID: "spec-commit", Claimed: s.Claim.ProducerCommit, Actual: f.Commit, Status: model.CheckSkipped, Detail: f.Trust}
	want := origin.Commit
	if want == "" {
		l.Detail = "no certificate proves a commit; " + f.Trust
		return l
	}
	l.Claimed = want
	switch {
	case f.Commit == "":
	case strings.EqualFold(f.Commit, want):
		l.Status = model.CheckPassed
	default:
		l.Status, l.Detail = model.CheckFailed, "the specification is of another commit than the signed one: its reasons and scopes may be others"
	}
	return l
}

// judgeLinks flags links that are broken. That the checkout is at another commit is not the attestation's fault.
func judgeLinks(s *ScanReport) {
	for _, l := range s.Links {
		if l.Status != model.CheckFailed || l.ID == "spec-commit" {
			continue
		}
		if l.ID == "config-file" {
			s.Flags.add(raise(ChainMismatch, "%s: the attestation names %s, and the specification at hand is of %s", l.Detail, l.Claimed, l.Actual))
			continue
		}
		s.Flags.add(raise(ChainMismatch, "%s: it says %s, and is proven to be %s (%s)", l.ID, l.Claimed, l.Actual, l.Detail))
	}
}

// reasonLink says whether the reasons in the evidence are those of the specification at hand. Where they are not, it is
// of another commit, or altered.
func reasonLink(rows []IssueReport) Link {
	l := Link{ID: "reasons", Status: model.CheckSkipped, Detail: "no entry with a reason let anything through"}
	for _, row := range rows {
		if row.Entry == nil || missing(row.Entry.Reason) {
			continue
		}
		if plain(row.Entry.Reason) != plain(row.Issue.Reason) {
			return Link{
				ID: "reasons", Claimed: plain(row.Issue.Reason), Actual: plain(row.Entry.Reason), Status: model.CheckFailed,
				Detail: "the specification at hand gives another reason than the one that the scan was given",
			}
		}
		l = Link{ID: "reasons", Claimed: "as in the specification", Actual: "as in the specification", Status: model.CheckPassed}
	}
	return l
}
