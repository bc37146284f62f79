package audit

import (
	"cmp"
	"slices"
	"time"

	"github.com/attestree/attestree/model"
)

// JudgeImage audits the scans that are attached to the root of a judged tree.
func JudgeImage(t *model.Tree, c Case) Report {
	r := Report{SpecFile: c.Spec}
	if root := t.Root(); root != nil {
		r.Digest = root.Node.Digest
	}
	scans := collect(t)
	slices.SortStableFunc(scans, byWorth)
	for i := range scans {
		s := &scans[i]
		s.Binding = bind(t, s.Claim, c)
		s.Links = links(t, *s, c)
		judgeTrust(s)
		if i == 0 && s.Platform == "" && s.Claim.Status != "" {
			r.Current = s
			continue
		}
		r.Others = append(r.Others, *s)
	}
	if r.Current == nil {
		r.Flags.add(noSCAI(r.Others, c.Unseen))
	} else {
		r.judgeCurrent(t, c)
	}
	r.judgeOthers()
	r.Hidden = hidden(t)
	r.NotJudged = r.notJudged(t, c)
	return r
}

// collect finds the scans in a tree: one for each attribute of each SCAI attestation.
func collect(t *model.Tree) []ScanReport {
	root := t.Root()
	var out []ScanReport
	t.Walk(func(e *model.Entry) {
		a := e.Attestation
		if a == nil || model.FamilyOf(a.PredicateType) != model.FamilySCAI {
			return
		}
		s := ScanReport{
			ID: e.Node.ID, Digest: e.Node.Digest, Standing: e.Standing, Nested: a.Nested != nil,
			subject: e.Node.Subject, statement: a.Statement, inner: a.Nested,
		}
		if e.Node.Subject != "" && root != nil && e.Node.Subject != root.Node.Digest {
			s.Platform = about(t, e.Node.Subject)
		}
		if e.Report != nil {
			s.Signer, s.SignedAt = e.Report.Signer, e.Report.SignedAt
			s.passed = e.Report.Check(model.CheckSubject).Status == model.CheckPassed
		}
		claims := readClaims(a.RawPredicate)
		if len(claims) == 0 {
			claims = []Claim{{Attribute: "", Tools: -1, Findings: -1, Blocking: -1, Allowed: -1}}
		}
		for _, claim := range claims {
			s.Claim = claim
			out = append(out, s)
		}
	})
	return out
}

// hidden is how many attachments could not be had of which nothing says that they are no scan: a newer one may be among
// them, that ended otherwise. What is announced as something else is believed to be that: whoever wants to hide a scan
// has no need to leave its manifest.
func hidden(t *model.Tree) (n int) {
	t.Walk(func(e *model.Entry) {
		if e == t.Root() || e.Standing.Verdict != model.Unavailable {
			return
		}
		announced := e.Node.Announced()
		open := announced == "" && (e.Node.Kind == model.KindAttestation || e.Node.Unavailable != "" && e.Node.Kind == model.KindArtifact)
		if open || announced != "" && model.FamilyOf(announced) == model.FamilySCAI {
			n++
		}
	})
	return n
}

// Leading is what the scan that counts claims, nil where there is none. It says which specification to look for.
func Leading(t *model.Tree) *Claim {
	scans := collect(t)
	slices.SortStableFunc(scans, byWorth)
	if len(scans) == 0 || scans[0].Claim.Status == "" {
		return nil
	}
	return &scans[0].Claim
}

// about names what a scan is about that is not about the image itself.
func about(t *model.Tree, subject model.Digest) string {
	if e := t.Entry(string(subject)); e != nil && e.Node.Platform != "" {
		return e.Node.Platform
	}
	return subject.Short()
}

// byWorth puts first what counts: a scan of the image itself, trusted, and of those the newest. Only a signing time
// that was proven makes one newer.
func byWorth(a, b ScanReport) int {
	return cmp.Or(
		first(a.Platform == "", b.Platform == ""),
		first(a.Claim.Status != "", b.Claim.Status != ""),
		first(a.Trusted(), b.Trusted()),
		first(a.Standing.Verdict == model.Valid, b.Standing.Verdict == model.Valid),
		first(a.Standing.Verdict == model.Untrusted, b.Standing.Verdict == model.Untrusted),
		b.SignedAt.Compare(a.SignedAt),
		cmp.Compare(a.ID, b.ID),
		cmp.Compare(a.Claim.Attribute, b.Claim.Attribute),
	)
}

func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

func noSCAI(others []ScanReport, unseen string) Flag {
	switch {
	case unseen != "":
		return raise(NoSCAI, "no SCAI attestation of a scan was found on this digest, but not everything could be looked at: %s", unseen)
	case len(others) > 0:
		return raise(NoSCAI, "no SCAI attestation of a scan is about this digest; what is attached is about something else")
	}
	return raise(NoSCAI, "no SCAI attestation is attached to this digest: nothing says that it was scanned")
}

// judgeTrust flags a scan for which nobody whom the reader trusts answers.
func judgeTrust(s *ScanReport) {
	why := s.Standing.Reason
	switch s.Standing.Verdict {
	case model.Trusted:
		return
	case model.Valid:
		why = "you have not said whom you trust"
	case model.Untrusted, model.Covered, model.Unsigned, model.Invalid, model.Unverifiable, model.Unavailable, model.Unchecked:
	}
	if why == "" {
		s.Flags.add(raise(UntrustedSCAI, "the attestation is %s: nobody whom you trust answers for what it says", s.Standing.Verdict))
		return
	}
	s.Flags.add(raise(UntrustedSCAI, "the attestation is %s: %s", s.Standing.Verdict, why))
}

// judgeOthers looks at what does not count. Anybody may attach a scan, so that beside a trusted one a stranger's is
// worth a remark and no more.
func (r *Report) judgeOthers() {
	trusted, undated := 0, r.Current != nil && r.Current.SignedAt.IsZero()
	for i := range r.Others {
		s := &r.Others[i]
		if s.Trusted() && s.Platform == "" && s.Claim.Status != "" {
			trusted++
			undated = undated || s.SignedAt.IsZero()
		}
		if r.Current != nil && r.Current.Trusted() {
			for j := range s.Flags {
				s.Flags[j] = s.Flags[j].as(minor)
			}
		}
	}
	rivals := slices.ContainsFunc(r.Others, func(s ScanReport) bool { return s.Platform == "" && s.Claim.Status != "" })
	switch {
	case r.Current == nil || !rivals:
	case trusted > 0 && undated:
		r.Flags.add(raise(SeveralSCAI, "%d scans of this digest are trusted, and when they were signed is not proven of all: which is the newest is not known", trusted+1).as(notable))
	case r.Current.Trusted() && trusted == 0:
		r.Flags.add(raise(SeveralSCAI, "one scan of this digest is trusted, and it counts; others are attached that are not"))
	case r.Current.Trusted():
		r.Flags.add(raise(SeveralSCAI, "%d scans of this digest are trusted: the newest counts%s", trusted+1, signed(r.Current.SignedAt)))
	default:
		r.Flags.add(raise(SeveralSCAI, "several scans of this digest are attached, and none of them is trusted: none outranks the others"))
	}
}

func signed(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return ", signed " + at.UTC().Format(time.RFC3339)
}

// judgeCurrent looks at the scan that counts, and at the specification that allowed its findings.
func (r *Report) judgeCurrent(t *model.Tree, c Case) {
	s := r.Current
	judgeBinding(s, c.Now)
	judgeLinks(s)
	judgeScan(s, t, c)
	var spec Spec
	if c.Spec != nil {
		spec = c.Spec.Spec
		report := judgeSpec(spec, nil)
		r.Spec = &report
		judgeIgnore(&report, s)
	}
	judgeIssues(s, r.Spec, spec, c)
	if r.Spec != nil {
		judgeUse(s, r.Spec)
		s.Links = append(s.Links, reasonLink(s.Issues))
	}
	lots := NewLots(s.Issues)
	for i := range s.Issues {
		s.Issues[i].Review = reviewOf(c.Reviews, s.Issues[i].Issue, lots)
	}
}
