package exposure

import (
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages"
)

// Gather is what may say something of the vulnerabilities of the image that a node is about, in the order of the tree,
// and how VEX documents may call that image. An SBOM of a platform is joined with what is attached to the platform and
// to the index that holds it.
func Gather(t *model.Tree, id string) (Image, []Evidence) {
	image := Image{Digests: packages.Digests(t, id)}
	if repository, _, found := strings.Cut(t.Reference, "@"); found {
		image.Repository = repository
	}
	var out []Evidence
	same(t, id, image, func(e *model.Entry) {
		if speaks(e) {
			out = append(out, Evidence{Node: e.Node.ID, Title: title(e), Standing: e.Standing, Raw: packages.Document(e)})
		}
	})
	return image, out
}

// Unread is the IDs of what is attached to the same image and is a scan or a VEX document that says nothing which can be
// read, or may be one because its bytes are not there. That nothing was found is no news while there are any.
func Unread(t *model.Tree, id string) []string {
	var out []string
	same(t, id, Image{Digests: packages.Digests(t, id)}, func(e *model.Entry) {
		switch a := e.Attestation; {
		case !slices.Contains(mayBeScans, e.Node.Kind):
			return
		case a == nil && e.BlobState != model.BlobSkipped, a != nil && a.Problem != "" && len(a.RawPredicate) == 0:
		case a == nil || packages.IsSBOM(e):
			return
		case speaks(e), model.FamilyOf(a.PredicateType) == model.FamilyVuln, model.FamilyOf(a.PredicateType) == model.FamilyVEX:
			if _, ok := Read(Evidence{Raw: packages.Document(e)}); ok {
				return
			}
		default:
			return
		}
		out = append(out, e.Node.ID)
	})
	return out
}

// mayBeScans are the kinds of nodes that a scan or a VEX document may have.
var mayBeScans = []model.Kind{model.KindAttestation, model.KindArtifact, model.KindBundle, model.KindEnvelope, model.KindStatement}

// same calls visit for a node and what is about the same image as it, or about what holds that.
func same(t *model.Tree, id string, image Image, visit func(*model.Entry)) {
	t.Walk(func(e *model.Entry) {
		about := packages.Digests(t, e.Node.ID)
		if e.Node.ID == id || len(about) > 0 && slices.Contains(image.Digests, about[0]) {
			visit(e)
		}
	})
}

// speaks reports whether a node may say something of vulnerabilities.
func speaks(e *model.Entry) bool {
	a := e.Attestation
	if a == nil || len(packages.Document(e)) == 0 {
		return false
	}
	switch model.FamilyOf(a.PredicateType) {
	case model.FamilyVuln, model.FamilyVEX:
		return true
	case model.FamilySBOM:
		return strings.Contains(a.PredicateType, "cyclonedx")
	case model.FamilySignature, model.FamilyProvenance, model.FamilySCAI, model.FamilyVSA, model.FamilyOther:
	}
	switch a.Document {
	case model.DocumentCycloneDX, model.DocumentOpenVEX, model.DocumentTrivy, model.DocumentGrype, model.DocumentSARIF,
		model.DocumentOSV:
		return true
	case model.DocumentSPDX, model.DocumentSPDX3, model.DocumentSPDXText, model.DocumentCTRF:
	}
	return false
}

func title(e *model.Entry) string {
	if a := e.Attestation; a.Predicate != nil {
		return a.Predicate.Title()
	}
	return e.PredicateType()
}
