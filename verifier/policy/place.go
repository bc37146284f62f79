package policy

import (
	"strings"

	"github.com/attestree/attestree/model"
)

// place is one digest that something can be said of: the root or a platform of it.
type place struct {
	digest  model.Digest
	what    string         // "Image ghcr.io/org/app:1", "linux/amd64 of image …"
	entries []*model.Entry // attached to this digest, in the order of the tree
}

// rootPlace is the digest or the file that was asked for. In a file, everything that was compared with the artifact is
// about it.
func rootPlace(t *model.Tree, root *model.Entry, name string, on attachments) place {
	p := place{digest: root.Node.Digest, what: subject(name, root.Node)}
	if !isFile(root.Node.Kind) {
		p.entries = on[root.Node.Digest]
		return p
	}
	for _, e := range append([]*model.Entry{root}, children(t, root)...) {
		if e.Node.Kind != model.KindFile {
			p.entries = append(p.entries, e)
		}
	}
	return p
}

func isFile(k model.Kind) bool {
	switch k {
	case model.KindBundle, model.KindEnvelope, model.KindStatement, model.KindFile:
		return true
	case model.KindIndex, model.KindImage, model.KindAttestationManifest, model.KindSignature, model.KindAttestation,
		model.KindSBOM, model.KindArtifact, model.KindPackage, model.KindPackageFile:
	}
	return false
}

// attachments are the nodes that are attached to each digest, in the order of the tree.
type attachments map[model.Digest][]*model.Entry

func attached(t *model.Tree) attachments {
	on := attachments{}
	t.Walk(func(e *model.Entry) {
		if d := e.Node.Subject; d != "" {
			on[d] = append(on[d], e)
		}
	})
	return on
}

// platforms are the images of an index that can be run, those of indexes in it included.
func platforms(t *model.Tree, root *model.Entry, name string, on attachments) []place {
	var list []place
	seen := map[model.Digest]bool{root.Node.Digest: true}
	var below func(e *model.Entry)
	below = func(e *model.Entry) {
		announced := announcedPlatforms(e.Node)
		for _, child := range children(t, e) {
			n := child.Node
			platform := n.Platform
			if platform == "" {
				platform = announced[n.Digest]
			}
			switch {
			case n.Kind == model.KindIndex:
				below(child)
			case seen[n.Digest]:
			case n.Kind == model.KindImage, announced[n.Digest] != "":
				seen[n.Digest] = true
				if platform == "" {
					platform = n.Digest.Short()
				}
				list = append(list, place{
					digest: n.Digest, what: strings.TrimSpace(platform) + " of " + lower(subject(name, root.Node)), entries: on[n.Digest],
				})
			}
		}
	}
	if root.Node.Kind == model.KindIndex {
		below(root)
	}
	return list
}

// announcedPlatforms are the children that the index itself says can be run somewhere. One that looks like an artifact,
// or that says that it is attached to another, can be run all the same.
func announcedPlatforms(n model.Node) map[model.Digest]string {
	list := map[model.Digest]string{}
	if len(n.Raw) == 0 {
		return list
	}
	m, err := model.ParseManifest(n.Raw)
	if err != nil {
		return list
	}
	for _, d := range m.Manifests {
		if d.Platform != "" && !strings.HasPrefix(d.Platform, "unknown/") {
			list[d.Digest] = d.Platform
		}
	}
	return list
}

// claimedType is the predicate type that was signed: the outer statement's. One that is nested in it, or that the bytes
// only look like, is worth nothing here.
func claimedType(e *model.Entry) string {
	if e.Attestation == nil || e.Attestation.Statement == nil {
		return ""
	}
	return e.Attestation.Statement.PredicateType
}

// isSignature reports whether a node is a signature of what it is attached to, and no attestation.
func isSignature(e *model.Entry) bool {
	a := e.Attestation
	if !isFile(e.Node.Kind) {
		return e.Node.Kind == model.KindSignature
	}
	return a != nil && (a.Message || a.SimpleSigning != nil || a.Target != nil || model.FamilyOf(claimedType(e)) == model.FamilySignature)
}

// trusted reports whether a node is trusted, and was compared with the digest that it is attached to.
func trusted(e *model.Entry) bool {
	return e.Standing.Verdict == model.Trusted && e.Report != nil && e.Report.Check(model.CheckSubject).Status == model.CheckPassed
}

// coveredByTrusted reports whether a statement carries no signature of its own, but its bytes are inside something that
// a trusted signer vouches for.
func coveredByTrusted(e *model.Entry) bool {
	return e.Standing.Verdict == model.Covered && e.Standing.Coverage == model.Trusted && e.Node.Format == model.FormatStatement
}
