package diff

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// FromTree is the side that a judged tree shows. judged is false where nodes were only listed.
func FromTree(t *model.Tree, name string, judged bool) Side {
	s := Side{Name: name, Resolved: t.Reference, Judged: judged}
	root := t.Root()
	if root == nil {
		return s
	}
	s.look(t, judged)
	s.take(t, root)
	return s
}

// FromPlatform is the side that one platform of a judged tree shows, with nothing of what is attached to the index. ok is
// false where id is no image of it.
func FromPlatform(t *model.Tree, id string) (s Side, ok bool) {
	e := t.Entry(id)
	if e == nil || e.Node.Kind != model.KindImage {
		return Side{}, false
	}
	s = Side{Name: cmp.Or(e.Node.Platform, e.Node.Digest.Short()), Judged: true}
	if repository, _, found := strings.Cut(t.Reference, "@"); found {
		s.Resolved = repository + "@" + string(e.Node.Digest)
	}
	s.look(t, true)
	s.take(t, e)
	s.Platforms = nil // that they differ is the point
	for i := range s.Nodes {
		s.Nodes[i].Platform = "" // so that platforms are paired
	}
	return s, true
}

// look takes over what could not be seen.
func (s *Side) look(t *model.Tree, judged bool) {
	for _, l := range t.Lookups {
		if l.Status.Incomplete() {
			s.Unseen = append(s.Unseen, string(l.Mechanism)+" of "+string(l.Subject)+" was "+string(l.Status))
		}
	}
	if !t.Found || t.Err != nil {
		s.Unseen = append(s.Unseen, "discovery did not come to its end")
	}
	if judged && t.Found && !t.Complete {
		s.Unseen = append(s.Unseen, "not everything was judged yet")
	}
}

// take takes an image with everything below it.
func (s *Side) take(t *model.Tree, root *model.Entry) {
	s.Digest = root.Node.Digest
	if s.Judged {
		s.Verdict, s.Reason = verdict(root), root.Standing.Reason
	}
	walk(t, root, func(e *model.Entry) {
		switch e.Node.Kind {
		case model.KindIndex, model.KindImage:
			if p := e.Node.Platform; p != "" && !slices.Contains(s.Platforms, p) {
				s.Platforms = append(s.Platforms, p)
			}
			return
		default:
		}
		s.Nodes = append(s.Nodes, nodeOf(t, e, s.Judged))
	})
}

func walk(t *model.Tree, e *model.Entry, visit func(*model.Entry)) {
	visit(e)
	for _, id := range e.Children {
		if child := t.Entry(id); child != nil {
			walk(t, child, visit)
		}
	}
}

func nodeOf(t *model.Tree, e *model.Entry, judged bool) Node {
	n := Node{
		ID: e.Node.ID, Title: model.EntryTitle(e), Kind: string(e.Node.Kind),
		PredicateType: cmp.Or(e.PredicateType(), e.Node.ArtifactType), Platform: platformOf(t, e), Level: -1,
	}
	n.Family = FamilyOf(e.Node.Kind, n.PredicateType)
	if judged {
		n.Verdict, n.Reason = verdict(e), e.Standing.Reason
		if r := e.Report; r != nil {
			n.SignedAt = r.SignedAt
			n.Signer = signerOf(r)
		}
	}
	for _, f := range model.EntryFindings(e) {
		if f.Severity != model.SeverityInfo && !slices.Contains(n.Findings, f.ID) {
			n.Findings = append(n.Findings, f.ID)
		}
	}
	if a := e.Attestation; a != nil && a.Predicate != nil {
		if summary, err := json.Marshal(a.Predicate.Summary()); err == nil {
			n.Facts = Flatten(summary)
		}
	}
	if l := model.EntrySLSA(e); l != nil && judged {
		n.Level = l.Level
		n.Facts = append(n.Facts, Proofs(l.Builder, l.Source, l.Ref, l.Commit)...)
	}
	return n
}

// FamilyOf is what a node is about as far as a report tells too, so that both sides are told apart alike.
func FamilyOf(kind model.Kind, predicateType string) model.Family {
	switch kind {
	case model.KindSignature:
		return model.FamilySignature
	case model.KindSBOM:
		return model.FamilySBOM
	default:
		return model.FamilyOf(predicateType)
	}
}

func signerOf(r *model.Report) Signer {
	who, proven := r.Signer, true
	if who == nil {
		who, proven = r.Claimed, false
	}
	if who == nil {
		return Signer{}
	}
	return Signer{Issuer: who.Issuer, Subject: who.Subject, Fingerprint: who.Fingerprint, Proven: proven}
}

func verdict(e *model.Entry) string {
	if e.Standing.Verdict == model.Covered {
		return CoveredBy(e.Standing.Coverage.String())
	}
	return e.Standing.Verdict.String()
}

// CoveredBy is the verdict of a node that is covered by one of that verdict.
func CoveredBy(coverage string) string { return "covered (" + coverage + ")" }

// platformOf is the platform of the image that a node hangs below.
func platformOf(t *model.Tree, e *model.Entry) string {
	for range 64 { // a tree is never so deep, and a mistake must not hang the comparison
		if e == nil || e.Node.Platform != "" && (e.Node.Kind == model.KindImage || e.Node.Kind == model.KindIndex) {
			break
		}
		e = t.Entry(e.Node.Parent)
	}
	if e == nil {
		return ""
	}
	return e.Node.Platform
}

// Proofs are the facts that a build level rests on.
func Proofs(builder, source, ref, commit string) (facts []Fact) {
	for _, p := range [][2]string{{"builder", builder}, {"source", source}, {"ref", ref}, {"commit", commit}} {
		if p[1] != "" {
			facts = append(facts, Fact{Key: p[0], Value: p[1], Proven: true})
		}
	}
	return facts
}
