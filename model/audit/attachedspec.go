package audit

import (
	"slices"

	"github.com/attestree/attestree/model"
)

// AttachedSpec is the specification that is attached to an image as a file, nil if there is none. One that somebody
// trusted signed comes before one that anybody can have attached. problem says why one was there that could not be read.
func AttachedSpec(t *model.Tree) (f *SpecFile, problem string) {
	var found []*model.Entry
	t.Walk(func(e *model.Entry) {
		if e.BlobState == model.BlobLoadedOK && fileName(e.Node) == "spec.yaml" {
			found = append(found, e)
		}
	})
	slices.SortStableFunc(found, func(a, b *model.Entry) int {
		return first(a.Standing.Verdict == model.Trusted, b.Standing.Verdict == model.Trusted)
	})
	for _, e := range found {
		s, err := ParseSpec("spec.yaml", e.Blob)
		if err != nil {
			problem = "attached to the image, and not read: " + err.Error()
			continue
		}
		trust := "this copy is attached to the image and " + e.Standing.Verdict.String() + ": whoever may push to the repository can have put it there"
		if e.Standing.Verdict == model.Trusted {
			trust = "this copy is attached to the image and signed by somebody whom you trust; that it is the file of the signed commit is not shown"
		}
		return &SpecFile{Spec: s, From: "attached to the image (" + e.Node.Digest.Short() + ")", Trust: trust}, problem
	}
	return nil, problem
}

// fileName is the name that an attached file was given, as oras writes it down.
func fileName(n model.Node) string {
	const title = "org.opencontainers.image.title"
	if name := n.Blob.Annotations[title]; name != "" {
		return name
	}
	if len(n.Layers) == 1 {
		return n.Layers[0].Annotations[title]
	}
	return ""
}
