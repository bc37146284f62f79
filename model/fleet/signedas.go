package fleet

import (
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// mostNames is how many other names of an image one row tells.
const mostNames = 4

// signedAs are the repositories by whose names the image was signed, where none is the one that it is in: a mirror, or one
// image that is passed off as another. Only what stands as the best signature or provenance does is asked: anybody may add
// one of their own.
func signedAs(t *model.Tree) []string {
	root := t.Root()
	repository, _, found := strings.Cut(t.Reference, "@")
	if root == nil || !found {
		return nil
	}
	repository = model.ImageRepository(repository)
	var names []string
	best := 0
	t.Walk(func(e *model.Entry) {
		rank := (Cell{State: stateOf(e.Standing.Verdict)}).rank()
		if e.Node.Subject != root.Node.Digest || !model.Vouches(e) || !stateOf(e.Standing.Verdict).verified() || rank < best {
			return
		}
		if rank > best {
			best, names = rank, nil
		}
		names = append(names, claimedNames(e, root.Node.Digest)...)
	})
	if slices.Contains(names, repository) {
		return nil
	}
	names = unique(names)
	if len(names) == 0 {
		return nil
	}
	return names[:min(len(names), mostNames)]
}

// claimedNames are the repositories by whose names a payload calls an image.
func claimedNames(e *model.Entry, image model.Digest) (names []string) {
	switch a := e.Attestation; {
	case a == nil:
	case a.SimpleSigning != nil && a.SimpleSigning.DockerReference != "":
		names = append(names, model.ImageRepository(a.SimpleSigning.DockerReference))
	case a.Statement != nil:
		for _, s := range a.Statement.Subjects {
			own := slices.Contains(s.Digests, model.NamedDigest{Algorithm: image.Algorithm(), Value: image.Hex()})
			if own && model.NamesImage(s.Name) {
				names = append(names, model.ImageRepository(s.Name))
			}
		}
	}
	return names
}
