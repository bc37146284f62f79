package diff

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/attestree/attestree/model"
)

// FromTree is the side that a judged tree shows. judged is false where nodes were only listed.
func FromTree(t *model.Tree, name string, judged bool) Side {
	s := Side{Name: name, Resolved: t.Reference, Judged: judged}
	root := t.Root()
	if root == nil {
		return s
	}
	s.Digest = root.Node.Digest
	if judged {
		s.Verdict, s.Reason = verdict(root), root.Standing.Reason
	}
	for _, l := range t.Lookups {
		if l.Status.Incomplete() {
			s.Unseen = append(s.Unseen, string(l.Mechanism)+" of "+string(l.Subject)+" was "+string(l.Status))
		}
	}
	if !t.Found || t.Err != nil {
		s.Unseen = append(s.Unseen, "discovery did not come to its end")
	}
	t.Walk(func(e *model.Entry) {
		switch e.Node.Kind {
		case model.KindIndex, model.KindImage:
			if p := e.Node.Platform; p != "" && !slices.Contains(s.Platforms, p) {
				s.Platforms = append(s.Platforms, p)
			}
			return
		default:
		}
		s.Nodes = append(s.Nodes, nodeOf(t, e, judged))
	})
	return s
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
