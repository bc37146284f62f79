package audit

import (
	"slices"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
)

// judgeScan flags what the attestation, its evidence and the image show of the scan as a whole.
func judgeScan(s *ScanReport, t *model.Tree, c Case) {
	judgeStatus(s)
	judgeCounts(s)
	judgeAnalyzers(s)
	judgeVersion(s, c.MinScanner)
	judgeAge(s, t, c)
}

func judgeStatus(s *ScanReport) {
	switch claim := s.Claim; claim.Status {
	case "PASSED":
		if claim.Skill {
			return
		}
		switch b := s.Binding.Summary; {
		case claim.Tools == 0 || b != nil && b.Tools <= 0:
			s.Flags.add(raise(HollowPass, "the scan passed without a single tool scanned"))
		case claim.Tools < 0:
			s.Flags.add(raise(HollowPass, "the scan passed, and the attestation does not say in a number how many tools were scanned"))
		}
	case "WARNING":
		s.Flags.add(raise(ScanWarning, "WARNING means that the scan gave nothing usable and insecure_ignore let it through; the analyzers it lists looked at nothing"))
	case "FAILED":
		s.Flags.add(raise(ScanWarning, "the scan failed: it found issues that block, and a gate should have stopped this image"))
	default:
		s.Flags.add(raise(ScanWarning, "the scan ended as %q, which is no status that is known", claim.Status))
	}
}

// judgeCounts compares what the attestation counts with what its evidence lists.
func judgeCounts(s *ScanReport) {
	claim, b := s.Claim, s.Binding.Summary
	if claim.Status == "PASSED" && claim.Blocking > 0 {
		s.Flags.add(raise(CountMismatch, "the scan is said to have passed with %s", model.Counted(claim.Blocking, "blocking issue")))
	}
	switch unsaid := claim.Status == "PASSED" && claim.Blocking < 0; {
	case unsaid && claim.Allowed < 0:
		s.Flags.add(raise(CountMismatch, "the attestation says in a number neither how many issues block nor how many were allowed"))
	case unsaid:
		s.Flags.add(raise(CountMismatch, "the scan is said to have passed, and the attestation does not say in a number how many issues block"))
	case claim.Allowed < 0:
		s.Flags.add(raise(CountMismatch, "the attestation does not say how many issues were allowed"))
	}
	if b == nil {
		return
	}
	for _, pair := range []struct {
		what           string
		claimed, found int
		known          bool
	}{
		{"the attestation counts %d allowed issues, and its evidence lists %d", claim.Allowed, len(b.Allowed), claim.Allowed >= 0},
		{"the attestation counts %d blocking issues, and its evidence lists %d", claim.Blocking, len(b.Blocking), claim.Blocking >= 0},
		{"the evidence counts %d allowed issues, and lists %d", b.AllowedCount, len(b.Allowed), b.AllowedCount >= 0},
		{"the evidence counts %d blocking issues, and lists %d", b.BlockingCount, len(b.Blocking), b.BlockingCount >= 0},
		{"the attestation counts %d scanned tools, and its evidence %d", claim.Tools, b.Tools, claim.Tools >= 0 && !claim.Skill},
	} {
		if pair.known && pair.claimed != pair.found {
			s.Flags.add(raise(CountMismatch, pair.what, pair.claimed, pair.found))
		}
	}
}

// analyzers are what the scan used: as its evidence says, else as the attestation does.
func (s ScanReport) analyzers() []string {
	if s.Binding.Summary != nil {
		return s.Binding.Summary.Analyzers
	}
	return s.Claim.Analyzers
}

func judgeAnalyzers(s *ScanReport) {
	switch used := s.analyzers(); {
	case len(used) == 0:
		s.Flags.add(raise(WeakAnalyzers, "no analyzer is named: nothing says what looked at the code"))
	case len(used) == 1 && strings.EqualFold(used[0], "yara"):
		s.Flags.add(raise(WeakAnalyzers, "only yara was used: it finds known words, and understands nothing"))
	}
}

func usesLLM(analyzers []string) bool {
	return slices.ContainsFunc(analyzers, func(a string) bool { return strings.HasPrefix(strings.ToLower(a), "llm") })
}

func judgeVersion(s *ScanReport, least string) {
	switch v := s.Claim.ScannerVersion; {
	case v == "":
		s.Flags.add(raise(ScannerVersion, "the attestation does not say which version of the scanner was used"))
	case least == "":
	case !Version(v):
		s.Flags.add(raise(ScannerVersion, "the scanner's version %q cannot be compared with %s", v, least))
	case older(v, least):
		s.Flags.add(raise(ScannerVersion, "the scanner was version %s, and %s is asked for", v, least))
	}
}

// judgeAge flags a scan that is too old, or older than the image itself.
func judgeAge(s *ScanReport, t *model.Tree, c Case) {
	at := s.Claim.scanned()
	if at.IsZero() {
		s.Flags.add(raise(StaleScan, "the scan has no date that can be read (%q), so that its age is not known", s.Claim.ScanDate))
		return
	}
	if age := c.Now.Sub(at); c.MaxAge > 0 && age > c.MaxAge {
		s.Flags.add(raise(StaleScan, "the scan is of %s: %s old, and %s is the limit", s.Claim.ScanDate, days(age), days(c.MaxAge)))
	}
	if made := created(t); !made.IsZero() && at.Before(made) {
		s.Flags.add(raise(StaleScan, "the scan is of %s, and the image was made later, on %s", s.Claim.ScanDate, made.UTC().Format(time.RFC3339)))
	}
}

func days(d time.Duration) string {
	if d < 48*time.Hour {
		return model.Counted(int(d/time.Hour), "hour")
	}
	return model.Counted(int(d/(24*time.Hour)), "day")
}

// created is when the image says that it was made, in its annotations or labels (image-spec, annotations.md); else when
// its build began, as a provenance says that its makers answer for; zero where nothing says it.
func created(t *model.Tree) time.Time {
	root := t.Root()
	if root == nil {
		return time.Time{}
	}
	if at, err := time.Parse(time.RFC3339, root.Said("org.opencontainers.image.created")); err == nil {
		return at
	}
	var began time.Time
	t.Walk(func(e *model.Entry) {
		if at := buildStart(e); !at.IsZero() && (began.IsZero() || at.Before(began)) {
			began = at
		}
	})
	return began
}

// buildStart is when the build began that a node is the provenance of, zero where it is none that counts.
func buildStart(e *model.Entry) time.Time {
	v := e.Standing.Verdict
	if e.Attestation == nil || v != model.Trusted && v != model.Valid && v != model.Covered {
		return time.Time{}
	}
	if dated, ok := e.Attestation.Predicate.(model.Dated); ok {
		for _, m := range dated.Moments() {
			if at, err := time.Parse(time.RFC3339, m.Text); err == nil && m.Begins && at.Unix() > 0 {
				return at
			}
		}
	}
	return time.Time{}
}

// judgeIgnore makes more of insecure_ignore where the scan worked: it is not needed, and would hide the day it is.
func judgeIgnore(spec *SpecReport, s *ScanReport) {
	if spec.Spec.InsecureIgnore && s.Claim.Status == "PASSED" {
		spec.Flags.add(raise(InsecureIgnore, "insecure_ignore is set although the scan passed: it is not needed, and a scan that gives nothing would be let through unseen").as(severe))
	}
}
