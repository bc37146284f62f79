package screen

import (
	"cmp"
	"context"
	"errors"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/breaking"
)

// errNothingToBreak is where a node carries no signature.
var errNothingToBreak = errors.New("nothing is signed here that could be broken")

// Breaks lists the ways in which a node's evidence can be broken.
func (b backend) Breaks(e *model.Entry) []breaking.Break { return breaking.Possible(b.scene(e)) }

// Break breaks a node's evidence in memory and judges what comes out as everything is judged. The tree stays as it is.
func (b backend) Break(ctx context.Context, e *model.Entry, id breaking.ID, variant int) (breaking.Broken, model.Report, error) {
	broken, possible := breaking.Apply(b.scene(e), id, variant)
	if !possible {
		return breaking.Broken{}, model.Report{}, errNothingToBreak
	}
	report, err := b.Try(ctx, broken.Evidence, broken.At)
	return broken, report, err
}

func (b backend) scene(e *model.Entry) breaking.Scene {
	evidence, others, found := b.Evidence(e.Node.ID)
	if !found {
		return breaking.Scene{}
	}
	s := breaking.Scene{Evidence: evidence, Others: others, Now: b.now()}
	// What the bytes are decides how they are read, whatever their manifest calls them.
	if e.Attestation != nil {
		s.Evidence.Node = model.Refine(evidence.Node, e.Attestation)
	}
	if r := e.Report; r != nil {
		s.SignedAt = r.SignedAt
		if who := cmp.Or(r.Signer, r.Claimed); who != nil {
			s.Identity = who.Subject
		}
	}
	return s
}
