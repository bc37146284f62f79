package ui

import (
	"slices"

	"github.com/attestree/attestree/ui/audit"
	"github.com/attestree/attestree/ui/breaking"
	"github.com/attestree/attestree/ui/diff"
	"github.com/attestree/attestree/ui/doctor"
	"github.com/attestree/attestree/ui/packages"
	"github.com/attestree/attestree/ui/safe"
)

// openAudit shows the audit of what is attached.
func (a App) openAudit() App {
	if a.tree.Root() == nil {
		return a
	}
	return a.openScene(audit.New(a.backend))
}

// openPackages shows the packages of the selected SBOM, or of all about the selected image.
func (a App) openPackages() App {
	if a.nodes.selected == "" {
		return a
	}
	s := packages.New(a.nodes.selected)
	for _, before := range slices.Concat(a.parked, a.scenes) {
		if other, is := before.scene.(packages.View); is {
			s = s.Knowing(other)
		}
	}
	return a.openScene(s)
}

// openDiff asks what to compare with, or compares the two nodes that are marked.
func (a App) openDiff() App {
	if a.tree.Root() == nil {
		return a
	}
	return a.openScene(diff.New(a.backend, a.nodes.selected, a.marked()))
}

// openDoctor shows what policy files make of the image.
func (a App) openDoctor() App {
	if a.tree.Root() == nil {
		return a
	}
	return a.openScene(doctor.New(a.backend))
}

// openBreaking opens the bench on the selected node, if it carries a signature that could be broken.
func (a App) openBreaking() App {
	e := a.aimed()
	switch {
	case e == nil:
	case !e.Node.Format.Signed():
		a.note = note{text: safe.Const("nothing is signed here to be broken: choose a signature or attestation")}
	case e.Report == nil:
		a.note = note{text: safe.Const("not judged yet: there is nothing to compare with")}
	default:
		a = a.openScene(breaking.New(a.backend, e))
	}
	return a
}
