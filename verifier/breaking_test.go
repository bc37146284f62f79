package verifier

import (
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/breaking"
)

// noticed breaks evidence in every way but by the clock, which is the verifier's. It returns which check caught what.
func noticed(t *testing.T, v *Verifier, evidence model.Evidence) map[breaking.ID]model.CheckID {
	t.Helper()
	before := v.Verify(t.Context(), evidence)
	scene := breaking.Scene{Evidence: evidence, Now: judgedOn}
	by := map[breaking.ID]model.CheckID{}
	for _, way := range breaking.Possible(scene) {
		for variant := range min(way.Variants, 5) {
			broken, possible := breaking.Apply(scene, way.ID, variant)
			if !possible || broken.Before == broken.After {
				t.Errorf("%s changes nothing", way.ID)
			}
			if !broken.At.IsZero() {
				continue
			}
			check, caught := breaking.Caught(before, v.Verify(t.Context(), broken.Evidence))
			if !caught {
				t.Errorf("%s (%s, %q to %q) was not noticed", way.ID, broken.Where, broken.Before, broken.After)
			}
			by[way.ID] = check.ID
		}
	}
	return by
}

func caughtBy(t *testing.T, by, want map[breaking.ID]model.CheckID) {
	t.Helper()
	for id, check := range want {
		if by[id] != check {
			t.Errorf("%s is caught by %q, want %q", id, by[id], check)
		}
	}
}

// What the breaking bench does to notation's envelopes is noticed, and by the check that is there for it.
func TestABrokenNotationSignatureIsNoticed(t *testing.T) {
	for _, name := range []string{realJWS, realCOSE} {
		t.Run(name, func(t *testing.T) {
			by := noticed(t, notationVerifier(t, realTrust(t, `"*"`)), named(t, name))
			caughtBy(t, by, map[breaking.ID]model.CheckID{
				breaking.Content: model.CheckContent, breaking.Signature: model.CheckSignature, breaking.Subject: model.CheckSignature,
			})
			if by[breaking.Payload] == "" {
				t.Error("the payload was not broken")
			}
		})
	}
}

func TestABrokenSignatureOfARegistryIsNoticed(t *testing.T) {
	p := readPackages(t)
	caughtBy(t, noticed(t, p.verifier(p.keys), p.signature(same)), map[breaking.ID]model.CheckID{
		breaking.Content: model.CheckContent, breaking.Payload: model.CheckSignature, breaking.Signature: model.CheckSignature,
	})
}
