package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// compareOrigins holds against each other where the attestations of an image say, and are proven, to come from: a
// predicate against the certificate that signed it, and all of them against the best proven one; and their times against
// each other. Disagreements become Entry.Cross. They decide no verdict, for a scan may well be from a later run; but they
// are to be seen.
func (t *Tree) compareOrigins() (found map[string][]Finding, same duplicates) {
	found = map[string][]Finding{}
	for id, e := range t.entries {
		if own := append(ownDisagreements(e), lookalike(e)...); len(own) > 0 {
			found[id] = own
		}
	}
	if t.Complete { // before, the best proven one may still change
		t.compareAll(found)
		t.comparePackages(found)
		t.compareTimes(found)
		same = t.findDuplicates(found)
	}
	return found, same
}

// proven is the origin that a certificate proves for a node, zero if none does.
func (e *Entry) proven() Origin {
	if e.Report == nil || e.Verifying || rank(e.Standing.Verdict) == 0 {
		return Origin{}
	}
	return CertificateOrigin(e.Report.Signer)
}

// claimed is the origin that a node's predicate says. What is invalid says nothing.
func (e *Entry) claimed() Origin {
	switch e.Standing.Verdict {
	case Trusted, Valid, Untrusted, Covered, Unsigned, Unverifiable:
	case Invalid, Unavailable, Unchecked:
		return Origin{}
	}
	if e.Attestation == nil {
		return Origin{}
	}
	if p, ok := e.Attestation.Predicate.(Originated); ok {
		return p.Origin()
	}
	return Origin{}
}

// ownDisagreements are the differences between a predicate and the certificate that signed it.
func ownDisagreements(e *Entry) []Finding {
	proven := e.proven()
	if proven == (Origin{}) {
		return nil
	}
	var out []Finding
	for _, d := range differences(e.claimed(), proven, true) {
		out = append(out, Finding{
			ID: "predicate-certificate-mismatch", Severity: SeverityError,
			Message: fmt.Sprintf("its predicate says %s %s, the certificate that signed it says %s", d.field, d.this, d.other),
		})
	}
	return out
}

// difference is one thing in which two origins differ.
type difference struct{ id, field, this, other string }

// differences are those of two origins, as far as both say something. Refs, commits and runs of different repositories
// are not compared further. attempts also tells attempts of one run apart.
func differences(this, other Origin, attempts bool) []difference {
	if this.Repository != "" && other.Repository != "" && !SameRepository(this.Repository, other.Repository) {
		return []difference{{"source-mismatch", "source", this.Repository, other.Repository}}
	}
	var out []difference
	if strings.HasPrefix(this.Ref, "refs/") && strings.HasPrefix(other.Ref, "refs/") && this.Ref != other.Ref {
		out = append(out, difference{"ref-mismatch", "ref", this.Ref, other.Ref})
	}
	if this.Commit != "" && other.Commit != "" && !strings.EqualFold(this.Commit, other.Commit) {
		out = append(out, difference{"commit-mismatch", "commit", this.Commit, other.Commit})
	}
	if same, known := SameRun(this.Run, other.Run, attempts); known && !same {
		out = append(out, difference{"run-mismatch", "run", this.Run, other.Run})
	}
	return out
}

// compareAll compares every node with the reference of its group, and says at the root how many differ.
func (t *Tree) compareAll(found map[string][]Finding) {
	references := t.references()
	differ := 0
	for id, e := range t.entries {
		reference := references[e.group()]
		if reference == nil || reference == e {
			continue
		}
		more := crossFindings(e, reference)
		if id != t.root && counts(e.Standing.Verdict) && slices.ContainsFunc(more, func(f Finding) bool { return f.Severity == SeverityWarning }) {
			differ++
		}
		found[id] = append(found[id], more...)
	}
	if root, reference := t.Root(), references[""]; differ > 0 && root != nil && reference != nil {
		found[t.root] = append(found[t.root], Finding{
			ID: "mixed-origins", Severity: SeverityWarning,
			Message: fmt.Sprintf("not everything about it comes from one place: %d of its nodes disagree with %s about source, ref, commit or run",
				differ, naming(reference)),
		})
	}
}

// counts reports whether a node belongs to the image by the word of its makers. What anybody may attach is not said of
// the image as a whole.
func counts(v Verdict) bool { return v == Trusted || v == Valid || v == Covered }

func naming(e *Entry) string {
	return first(contentTitle(e), EntryTitle(e)) + " (" + e.Node.Digest.Short() + ")"
}

// group is what a node is compared within: the image; in a file of several bundles, those about the same subjects.
func (e *Entry) group() string {
	if e.Node.Package != nil {
		return e.Node.Package.PURL
	}
	if e.Node.Subject != "" || e.Attestation == nil || e.Attestation.Statement == nil {
		return ""
	}
	var about []string
	for _, s := range e.Attestation.Statement.Subjects {
		for _, d := range s.Digests {
			about = append(about, d.Algorithm+":"+d.Value)
		}
	}
	slices.Sort(about)
	return strings.Join(about, " ")
}

// references is the node of each group that the others are compared with: the best proven one, of equals the
// provenance, then the one about the root itself.
func (t *Tree) references() map[string]*Entry {
	best := map[string]*Entry{}
	root := t.Root()
	order := func(e *Entry) (verdict, family, place int) {
		if e.Attestation != nil && e.Attestation.Statement != nil &&
			FamilyOf(e.Attestation.Statement.PredicateType) == FamilyProvenance {
			family = 1
		}
		if root != nil && e.Node.Subject == root.Node.Digest {
			place = 1
		}
		return rank(e.Standing.Verdict), family, place
	}
	for _, e := range t.entries {
		if v := e.Standing.Verdict; v != Trusted && v != Valid || e.proven() == (Origin{}) {
			continue
		}
		known := best[e.group()]
		if known == nil {
			best[e.group()] = e
			continue
		}
		v, f, p := order(e)
		kv, kf, kp := order(known)
		if cmp.Or(cmp.Compare(v, kv), cmp.Compare(f, kf), cmp.Compare(p, kp), cmp.Compare(known.Node.ID, e.Node.ID)) > 0 {
			best[e.group()] = e
		}
	}
	return best
}

// crossFindings say in what a node differs from the reference: as proven, where it is, else as claimed.
func crossFindings(e, reference *Entry) []Finding {
	var out []Finding
	against, claims := reference.proven(), e.claimed()
	proven := e.proven()
	says := "says that it comes from"
	if proven != (Origin{}) {
		says = "comes from"
	}
	for _, d := range differences(proven.or(claims), against, false) {
		out = append(out, Finding{
			ID: d.id, Severity: crossSeverity(e, d.id),
			Message: fmt.Sprintf("it %s %s %s, while %s comes from %s", says, d.field, d.this, naming(reference), d.other),
		})
	}
	for _, d := range differences(annotated(e), against, false) {
		out = append(out, Finding{
			ID: d.id, Severity: SeverityWarning,
			Message: fmt.Sprintf("its annotations say %s %s, while %s comes from %s", d.field, d.this, naming(reference), d.other),
		})
	}
	if claims.Dirty {
		out = append(out, Finding{
			ID: "uncommitted-changes", Severity: SeverityWarning,
			Message: "it says that the source had changes which are in no commit",
		})
	}
	return out
}

// or fills in what o does not say.
func (o Origin) or(other Origin) Origin {
	if o.Repository != "" && other.Repository != "" && !SameRepository(o.Repository, other.Repository) {
		return o // about something else, which is said elsewhere
	}
	return Origin{
		Repository: first(o.Repository, other.Repository), Ref: first(o.Ref, other.Ref),
		Commit: first(o.Commit, other.Commit), Run: first(o.Run, other.Run),
	}
}

// crossSeverity is low for what is meant to be made again and again, as long as it is from the same source.
func crossSeverity(e *Entry, id string) Severity {
	if e.Attestation != nil && id != "source-mismatch" {
		switch FamilyOf(e.Attestation.PredicateType) {
		case FamilyVuln, FamilyVEX:
			return SeverityInfo
		case FamilySignature, FamilyProvenance, FamilySBOM, FamilySCAI, FamilyVSA, FamilyOther:
		}
	}
	return SeverityWarning
}

// Said is what an image says of itself under a name that annotations and labels share. It is a claim.
func (e *Entry) Said(name string) string { return cmp.Or(e.Node.Annotations[name], e.Labels[name]) }

// annotated is where an index or image says that it comes from, in its annotations (image-spec, annotations.md) or, for
// an image, in the labels of its configuration, where the same names are used.
func annotated(e *Entry) Origin {
	if e.Node.Kind != KindIndex && e.Node.Kind != KindImage {
		return Origin{}
	}
	o := Origin{Commit: e.Said("org.opencontainers.image.revision")}
	if source := e.Said("org.opencontainers.image.source"); strings.Count(repositoryKey(source), "/") == 2 {
		o.Repository = source
	}
	return o
}
