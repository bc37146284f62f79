package ui

import (
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/uitest"
)

func TestTheLedgerOfAPackageIsItsOwn(t *testing.T) {
	image, id, tree := uitest.Digest("image"), "pkg:npm/%40x/a@1.0.0", model.NewTree()
	tree.Apply(model.NodeFound{Node: model.Node{ID: string(image), Kind: model.KindImage, Digest: image}})
	tree.Apply(model.NodeFound{Node: model.Node{ID: id, Parent: string(image), Kind: model.KindPackage, Package: &model.Package{PURL: id}}})
	tree.Apply(model.LookedUp{Lookup: model.Lookup{Mechanism: model.MechanismReferrersAPI, Subject: uitest.Digest("image"), Status: model.LookupNone}})
	tree.Apply(model.LookedUp{Lookup: model.Lookup{Mechanism: model.MechanismPackageMetadata, Subject: model.Digest(id), Status: model.LookupFound}})
	if _, l := nearestLookups(tree, id); len(l) != 1 || l[0].Mechanism != model.MechanismPackageMetadata {
		t.Errorf("%v", l)
	}
}
