package audit

import (
	"fmt"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
)

// kept is how long GitHub keeps the artifact of a run that holds the scan summary.
const kept = 30 * 24 * time.Hour

// bind finds the scan summary whose digest the attestation names: the file that the person named, else one attached to
// the image. What has another digest is never read.
func bind(t *model.Tree, claim Claim, c Case) Binding {
	b := Binding{Digest: claim.EvidenceDigest}
	if claim.EvidenceDigest == "" {
		b.Problem = "the attestation names no SHA-256 digest of its evidence, so nothing can be shown to be it"
		return b
	}
	var data []byte
	switch {
	case c.Evidence != nil:
		b.From, data = c.Evidence.Name, c.Evidence.Bytes
		if !claim.EvidenceDigest.Matches(data) {
			b.Problem = fmt.Sprintf("%s has the digest %s, and what is signed is %s: it is not the evidence", c.Evidence.Name, model.DigestOf(data).Short(), claim.EvidenceDigest.Short())
			return b
		}
	default:
		if b.From, data = found(t, claim.EvidenceDigest, c.Beside); data == nil {
			b.Problem = away(claim, c.Now)
			return b
		}
	}
	s, err := parseSummary(data)
	if err != nil {
		b.Problem = "the evidence is the signed one, but cannot be read: " + err.Error()
		return b
	}
	b.Summary = &s
	return b
}

// found is the evidence where nobody named it: attached to the image, or beside it.
func found(t *model.Tree, d model.Digest, beside *File) (from string, data []byte) {
	if data := attached(t, d); data != nil {
		return "attached to the image", data
	}
	if beside != nil && d.Matches(beside.Bytes) {
		return beside.Name, beside.Bytes
	}
	return "", nil
}

// attached is the payload of a node that has exactly that digest, nil if there is none.
func attached(t *model.Tree, d model.Digest) (data []byte) {
	t.Walk(func(e *model.Entry) {
		if data == nil && e.BlobState == model.BlobLoadedOK && len(e.Blob) > 0 && d.Matches(e.Blob) {
			data = e.Blob
		}
	})
	return data
}

// away says why there is no evidence: since when it cannot be had, or where it still can.
func away(claim Claim, now time.Time) string {
	scanned := claim.scanned()
	if end := scanned.Add(kept); !scanned.IsZero() && now.After(end) {
		return fmt.Sprintf("unverifiable since %s: the run's artifact with the evidence (%s) is kept for 30 days, and no copy is at hand",
			end.UTC().Format(time.DateOnly), claim.EvidenceDigest.Short())
	}
	return fmt.Sprintf("unverifiable: the evidence (%s) is not at hand; it is in an artifact of the run %s, to be given with --evidence",
		claim.EvidenceDigest.Short(), claim.EvidenceURI)
}

// judgeBinding flags evidence that is not there or does not say what the attestation says.
func judgeBinding(s *ScanReport, now time.Time) {
	b := s.Binding
	if b.Summary == nil {
		s.Flags.add(raise(EvidenceProblem, "%s", b.Problem))
		return
	}
	if s.Claim.Skill != b.Summary.Skill {
		s.Flags.add(raise(EvidenceProblem, "the attestation is about an MCP server and the evidence about a skill, or the reverse"))
	}
	want := strings.ToLower(s.Claim.Status)
	if failed := want == "failed" && b.Summary.Status == "error"; want != b.Summary.Status && !failed { // an error is attested as FAILED
		s.Flags.add(raise(EvidenceProblem, "the attestation says %s, and its evidence %s", want, b.Summary.Status))
	}
	if want, is := scanned(s.Claim), b.Summary.Server; want != "" && is != "" && want != is {
		s.Flags.add(raise(EvidenceProblem, "the evidence is of %s, and the configuration file that the attestation names of %s", is, want))
	}
	if at := s.Claim.scanned(); at.After(now.Add(time.Hour)) {
		s.Flags.add(raise(EvidenceProblem, "the scan is dated %s, which is in the future", s.Claim.ScanDate))
	}
}
