package packages

import (
	"slices"

	"github.com/attestree/attestree/model"
)

// Document is the bytes of a node that a Builder reads: its predicate, else the document itself; nil if there is none.
func Document(e *model.Entry) []byte {
	a := e.Attestation
	switch {
	case a == nil:
		return nil
	case a.Document == model.DocumentSPDXText, a.Statement == nil && len(a.RawPredicate) == 0:
		return a.Payload
	}
	return a.RawPredicate
}

// IsSBOM reports whether a node says that it lists packages.
func IsSBOM(e *model.Entry) bool {
	a := e.Attestation
	if a == nil {
		return false
	}
	return model.FamilyOf(a.PredicateType) == model.FamilySBOM || a.Document.SBOM() ||
		a.Predicate != nil && a.Predicate.Family() == model.FamilySBOM
}

// SourceOf is what a table takes: an index with where it comes from and what it is about.
func SourceOf(t *model.Tree, id string, x *Index) Source {
	s := Source{Index: x, Node: id}
	e := t.Entry(id)
	if e == nil {
		return s
	}
	platform := ""
	if subject := t.Entry(string(e.Node.Subject)); subject != nil {
		platform = subject.Node.Platform
	}
	s.Scope = scopeOf(e.Node, x.Name, platform, x.Creators...)
	return s
}

// Related is the IDs of the SBOMs that are about the same image as a node, itself first if it is one: those attached to
// its platform and to the index that holds that. Of a node that is or is about an index, the SBOMs of all platforms are
// related.
func Related(t *model.Tree, id string) []string {
	image := Digests(t, id)
	var out []string
	t.Walk(func(e *model.Entry) {
		if e.Node.ID == id || !IsSBOM(e) || len(image) == 0 {
			return
		}
		about := Digests(t, e.Node.ID)
		above := len(about) > 0 && slices.Contains(image, about[0]) // about the same, or about what holds it
		below := slices.Contains(about, image[0])                   // about what it holds
		if above || below {
			out = append(out, e.Node.ID)
		}
	})
	if e := t.Entry(id); e != nil && IsSBOM(e) {
		out = append([]string{id}, out...)
	}
	return out
}

// Digests is what an image that a node is, or is about, is known by: its own digest, then those of the indexes that hold
// it. Of a file that hangs on nothing, it is what its statement says that it is about.
func Digests(t *model.Tree, id string) []model.Digest {
	e := t.Entry(id)
	if e == nil {
		return nil
	}
	switch {
	case e.Node.Kind == model.KindIndex || e.Node.Kind == model.KindImage:
		return append([]model.Digest{e.Node.Digest}, e.Node.Within...)
	case e.Node.Subject != "":
		digests := []model.Digest{e.Node.Subject}
		if subject := t.Entry(string(e.Node.Subject)); subject != nil {
			digests = append(digests, subject.Node.Within...)
		}
		return digests
	case e.Attestation == nil || e.Attestation.Statement == nil:
		return nil
	}
	var digests []model.Digest
	for _, s := range e.Attestation.Statement.Subjects {
		for _, d := range s.Digests {
			digests = append(digests, model.Digest(d.Algorithm+":"+d.Value))
		}
	}
	return digests
}
