package policy

import (
	"errors"
	"testing"

	"github.com/attestree/attestree/model"
)

func TestOnlyWhatMayHaveHiddenASignatureLeavesItOpen(t *testing.T) {
	lookedUp := func(about model.Digest, s model.LookupStatus) model.Event {
		return model.LookedUp{Lookup: model.Lookup{Mechanism: model.MechanismReferrersAPI, Subject: about, Status: s, Detail: "why"}}
	}
	readme := model.Node{
		ID: "readme", Parent: string(root), Kind: model.KindArtifact, Format: model.FormatOpaque, Digest: model.DigestOf([]byte("readme")), Subject: root,
	}
	const unsigned, unknown = "Image ghcr.io/acme/app is not signed. Signature required.", "It is not known whether image ghcr.io/acme/app is signed: "
	cases := []struct {
		name   string
		events []model.Event
		want   string
	}{
		{"a place that has none", []model.Event{lookedUp(root, model.LookupNone)}, unsigned},
		{"a place that denied", []model.Event{lookedUp(root, model.LookupDenied)}, unknown + "referrers-api denied: why."},
		{"a place that denied what is about a platform", []model.Event{lookedUp(arm64, model.LookupDenied)}, unsigned},
		{"something attached that claims nothing", []model.Event{model.NodeFound{Node: readme}, model.BlobLoaded{ID: "readme", Bytes: []byte("bytes")}}, unsigned},
		{"something attached that could not be had", []model.Event{model.NodeFound{Node: readme}, model.BlobLoaded{ID: "readme", Problem: "timed out"}}, unknown + readme.Digest.Short() + " could not be had: timed out."},
		{"discovery that could not finish", []model.Event{model.DiscoveryDone{Err: errors.New("timed out")}}, unknown + "timed out."},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			tree := indexOf()
			for _, e := range c.events {
				tree.Apply(e)
			}
			tree.Judge()
			answer := policyOf(t, "require_signature: true").Judge(tree, image, today)
			if answer.Satisfied || answer.Reasons[0] != c.want {
				t.Errorf("%q, want %q", answer.Reasons, c.want)
			}
		})
	}
}

func TestWhatWasFoundAndIsNotAllVerifiedSatisfiesNothing(t *testing.T) {
	tree := grow(false, signedBy(model.Trusted))
	tree.Apply(model.DiscoveryDone{})
	tree.Judge()
	answer := policyOf(t, "require_signature: true").Judge(tree, image, today)
	if answer.Satisfied || len(answer.Reasons) != 1 || answer.Reasons[0] != "Not everything has been found and verified." {
		t.Errorf("%t, %q", answer.Satisfied, answer.Reasons)
	}
}
