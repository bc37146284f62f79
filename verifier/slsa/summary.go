package slsa

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/predicate"
)

// summary is the level that a verification summary states, if whoever states it is believed: the pair of signer and
// verifier.id is listed, and it is about this artifact (slsa.dev/spec/v1.2/verification_summary, "How to verify").
func (t Table) summary(ev model.Evidence, a *model.Attestation, report model.Report) *model.SLSA {
	s := &model.SLSA{}
	v, plain, ok := predicate.As[predicate.VSA](a.Predicate)
	if !ok {
		s.Reason = "it cannot be read as a verification summary"
		return s
	}
	stated := statedLevel(v.Levels)
	s.Lines = []model.SLSALine{
		{Label: "States", Claimed: strings.Join(v.Levels, ", "), Status: model.CheckSkipped, Because: "the verifier's word"},
		{Label: "Verifier", Claimed: v.Verifier, Status: model.CheckFailed, Because: "not listed for this signer"},
		{Label: "Resource", Claimed: v.Resource, Verified: ev.Repository, Status: model.CheckFailed, Because: "what it was verified as"},
	}
	verifier, resource := &s.Lines[1], &s.Lines[2]
	if report.Signer != nil && good(report.Verdict) {
		verifier.Verified = named(report.Signer)
	}
	if t.believes(report, v.Verifier) {
		verifier.Status, verifier.Because = model.CheckPassed, "you list this verifier for this signer"
	}
	if sameResource(v.Resource, ev.Repository) {
		resource.Status = model.CheckPassed
	}
	switch why := worthless(ev, a, report); {
	case why != "":
		s.Reason = why
	case verifier.Status != model.CheckPassed:
		s.Reason = "its signer and verifier are not listed as a pair that may state levels"
	case a.Nested != nil || !plain || ambiguous(a.Statement.Predicate):
		s.Reason = "programs may read different things in it"
	case v.Result != "PASSED":
		s.Reason = "the verification that it summarises did not pass"
	case resource.Status != model.CheckPassed:
		s.Reason = "it is about another resource"
	case stated == 0:
		s.Reason = "it states no build level"
	default:
		s.Level, s.Builder, s.Reason = stated, v.Verifier, "a verifier whom you trust for that says so"
	}
	return s
}

// believes reports whether the pair of signer and verifier is listed.
func (t Table) believes(report model.Report, id string) bool {
	return report.Verdict == model.Trusted && report.Signer != nil && report.Signer.Name != "" && id != "" &&
		slices.Contains(t.Verifiers, Verifier{Signer: report.Signer.Name, ID: id})
}

// buildLevel is how a summary states a level of the build track, since SLSA 1.0 and before.
var buildLevel = regexp.MustCompile(`^SLSA_(?:BUILD_)?LEVEL_([0-3])$`)

// statedLevel is the highest build level in the list; several mean that all of them are met.
func statedLevel(levels []string) int {
	highest := 0
	for _, level := range levels {
		if m := buildLevel.FindStringSubmatch(level); m != nil {
			highest = max(highest, int(m[1][0]-'0'))
		}
	}
	return highest
}

// sameResource reports whether a resourceUri names the repository, with or without a tag or digest.
func sameResource(uri, repository string) bool {
	if uri == "" || repository == "" {
		return false
	}
	if purl, err := url.Parse(uri); err == nil && purl.Scheme == "pkg" {
		return strings.HasPrefix(purl.Opaque, "oci/") && purl.Query().Get("repository_url") == repository
	}
	for _, scheme := range []string{"oci://", "docker://", "https://"} {
		uri = strings.TrimPrefix(uri, scheme)
	}
	rest, found := strings.CutPrefix(uri, repository)
	return found && (rest == "" || rest[0] == '@' || rest[0] == ':' && !strings.Contains(rest, "/"))
}
