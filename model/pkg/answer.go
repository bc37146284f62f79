package pkg

import (
	"fmt"
	"slices"

	"github.com/attestree/attestree/model"
)

// answer says whether the package is good enough: nothing about it is wrong, all could be looked at, and every file has
// something that was verified, by somebody whom the reader trusts where the reader named anybody.
func (s *Summary) answer(t *model.Tree, about []*model.Entry, q Question) {
	no := func(format string, args ...any) {
		if reason := fmt.Sprintf(format, args...); !slices.Contains(s.Reasons, reason) {
			s.Reasons = append(s.Reasons, reason)
		}
	}
	s.unseen(t, no)
	for _, e := range about {
		if e.Node.Kind == model.KindPackage || e.Node.Kind == model.KindPackageFile {
			continue
		}
		if v := e.Standing.Verdict; !q.will(v) {
			s.Wrong = s.Wrong || v == model.Invalid
			no("%s is %s: %s", model.EntryTitle(e), v, e.Standing.Reason)
		}
	}
	s.Verified = len(s.Reasons) == 0 && len(s.Files) > 0
	for _, f := range s.Files {
		s.Verified = s.Verified && q.will(f.Verdict)
		s.fileReasons(f, q, no)
	}
	s.nothing(no)
	for _, f := range s.Findings {
		if f.Severity == model.SeverityError {
			s.Wrong, s.Verified = true, false
			no("%s", f.Message)
		}
	}
	if q.Provenance && !s.Vouched {
		no("an attestation was asked for, and which package the image wraps is %s", s.Chosen)
	}
	if len(q.Artifact) > 0 && !slices.ContainsFunc(s.Files, func(f File) bool { return slices.Contains(q.Artifact, f.Digest) }) {
		no("the file that was given is none of those of %s", s.Package.PURL)
	}
	if s.Satisfied = len(s.Reasons) == 0; s.Satisfied {
		s.Reasons = []string{s.yes(q)}
	}
}

// unseen tells of what could not be looked at.
func (s *Summary) unseen(t *model.Tree, no func(string, ...any)) {
	for _, l := range t.Lookups {
		if l.Repository == s.Package.PURL && l.Status.Incomplete() {
			s.Incomplete = true
			no("%s %s: %s", l.Mechanism, l.Status, l.Detail)
		}
	}
	if !t.Found || t.Err != nil {
		s.Incomplete = true
		no("not everything could be looked at")
	}
}

func (s *Summary) fileReasons(f File, q Question, no func(string, ...any)) {
	switch {
	case f.Verdict == model.Unsigned:
		no("nothing is signed about %s%s", f.Name, s.mirror())
	case f.Verdict == model.Unavailable || f.Verdict == model.Unchecked:
		s.Incomplete = true
		no("%s could not be judged%s", f.Name, because(f.Reason))
	case !q.will(f.Verdict):
		no("nothing about %s could be verified", f.Name)
	case q.Pinned && f.Verdict != model.Trusted:
		no("%s is %s: who signed it is nobody whom you trust", f.Name, f.Verdict)
	}
	switch {
	case !q.Provenance || f.Attested > 0:
	case f.Attestations == 0:
		no("%s has no attestation, so that nothing says how it was made or by whom it was published", f.Name)
	case q.Pinned:
		no("%s has no attestation by anybody whom you trust, but for the registry", f.Name)
	default:
		no("%s has no attestation that could be verified by anybody but the registry, so that nothing says how it was made or by whom it was published", f.Name)
	}
}

// because is a reason as the end of a sentence.
func because(reason string) string {
	if reason == "" {
		return ""
	}
	return ": " + reason
}

// mirror is what may explain that nothing is signed, as the end of a sentence.
func (s *Summary) mirror() string {
	if s.Package.Ecosystem == model.EcosystemNPM && s.Package.Asked != "" {
		return ", by what " + s.Package.Asked + " says; mirrors of a registry often leave signatures out"
	}
	return ""
}

// nothing says why a package without files has nothing to verify.
func (s *Summary) nothing(no func(string, ...any)) {
	switch {
	case len(s.Files) > 0:
	case s.Package.Ecosystem == model.EcosystemGolang:
		no("no attestation exists for Go modules")
	default:
		no("no file of it is known")
	}
}

func (s *Summary) yes(q Question) string {
	switch {
	case q.Pinned:
		return "every file is signed by somebody whom you trust"
	case s.Coverage == Signatures:
		return "the registry's signature is right; nothing proves who published it"
	}
	return "everything about it was verified; nobody is pinned, so who published it is shown and not judged"
}
