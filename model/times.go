package model

import (
	"fmt"
	"slices"
	"time"
)

// Moment is a time that a predicate names, as written. All of it is claimed.
type Moment struct {
	Field string // where it stands in the predicate, e.g. "metadata.buildStartedOn"
	Text  string
	// Begins is true for the beginning of a build: nothing that was made of its result can be older.
	Begins bool
}

// Dated is a predicate that names times.
type Dated interface{ Moments() []Moment }

// at is the time, ok is false where it is none or a zero value, which says nothing.
func (m Moment) at() (at time.Time, ok bool) {
	at, err := time.Parse(time.RFC3339, m.Text)
	return at, err == nil && at.Unix() != 0 && at.Year() > 1
}

// tolerance is how far clocks may be apart before their times are said to be out of order.
const tolerance = 5 * time.Minute

const created = "org.opencontainers.image.created"

// moments are the times that a node names. What is invalid says nothing.
func (e *Entry) moments() []Moment {
	switch e.Standing.Verdict {
	case Invalid, Unavailable, Unchecked:
		return nil
	case Trusted, Valid, Untrusted, Covered, Unsigned, Unverifiable:
	}
	if e.Node.Kind == KindIndex || e.Node.Kind == KindImage {
		return []Moment{{Field: created, Text: e.Said(created)}}
	}
	if e.Attestation == nil {
		return nil
	}
	if dated, ok := e.Attestation.Predicate.(Dated); ok {
		return dated.Moments()
	}
	return nil
}

// signed is when the node, or for an image the node that vouches for it, was signed; zero where that is not proven.
func (t *Tree) signed(e *Entry) time.Time {
	if e.Standing.VouchedBy != "" && e.Report == nil {
		e = t.entries[e.Standing.VouchedBy]
	}
	if e == nil || e.Report == nil || e.Report.Signer == nil || rank(e.Standing.Verdict) == 0 {
		return time.Time{}
	}
	return e.Report.SignedAt
}

// compareTimes finds times that cannot be: after everything was judged, after the signature that they are under, before
// the build whose result they are about.
func (t *Tree) compareTimes(found map[string][]Finding) {
	builds := t.builds()
	for id, e := range t.entries {
		signed, began := t.signed(e), builds[e.Node.Subject]
		for _, m := range e.moments() {
			at, ok := m.at()
			if !ok {
				continue
			}
			f := t.outOfTime(e, m, at, signed, began)
			known := slices.ContainsFunc(found[id], func(other Finding) bool { return other.ID == f.ID })
			if f.ID != "" && !known { // one of a kind is enough to look at all of them
				found[id] = append(found[id], f)
			}
		}
	}
}

// outOfTime says why a time cannot be; the zero Finding if it can.
func (t *Tree) outOfTime(e *Entry, m Moment, at, signed, began time.Time) Finding {
	said := fmt.Sprintf("%s says %s, ", m.Field, at.UTC().Format(time.RFC3339))
	switch {
	case !t.JudgedAt.IsZero() && at.After(t.JudgedAt.Add(tolerance)):
		return Finding{
			ID: "time-in-future", Severity: SeverityWarning,
			Message: said + "which is after " + t.JudgedAt.UTC().Format(time.RFC3339) + ", when it was judged",
		}
	case !signed.IsZero() && at.After(signed.Add(tolerance)):
		return Finding{
			ID: "made-after-signing", Severity: SeverityWarning,
			Message: said + "but it was signed before that, on " + signed.UTC().Format(time.RFC3339),
		}
	case !began.IsZero() && !m.Begins && at.Before(began.Add(-tolerance)):
		return madeBefore(e, said, began)
	}
	return Finding{}
}

// madeBefore is about what says that it was made of an image before that was built. Tools that make SBOMs write the time
// of the source there, so that builds can be repeated; a scan has no such excuse.
func madeBefore(e *Entry, said string, began time.Time) Finding {
	f := Finding{ID: "made-before-build", Message: said + "but the build began on " + began.UTC().Format(time.RFC3339)}
	switch e.Attestation.Predicate.Family() {
	case FamilyVuln:
		f.Severity = SeverityWarning
		f.Message += ": it is a scan of something else, or an older one"
	case FamilySBOM:
		f.Severity = SeverityInfo
		f.Message += ": it is of something else, or its time is that of the source"
	case FamilySCAI, FamilyProvenance, FamilySignature, FamilyVEX, FamilyVSA, FamilyOther:
		return Finding{} // these may well be about the source, or older than the build
	}
	return f
}

// builds is when the build of each digest began, as its makers say; of several builds the earliest.
func (t *Tree) builds() map[Digest]time.Time {
	began := map[Digest]time.Time{}
	for _, e := range t.entries {
		if !counts(e.Standing.Verdict) || e.Node.Subject == "" {
			continue
		}
		for _, m := range e.moments() {
			at, ok := m.at()
			if known, there := began[e.Node.Subject]; ok && m.Begins && (!there || at.Before(known)) {
				began[e.Node.Subject] = at
			}
		}
	}
	return began
}
