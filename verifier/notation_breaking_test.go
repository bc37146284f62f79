package verifier

import (
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/breaking"
)

// What the breaking bench does to notation's envelopes is noticed, and by the check that is there for it.
func TestABrokenNotationSignatureIsNoticed(t *testing.T) {
	v := notationVerifier(t, realTrust(t, `"*"`))
	for _, name := range []string{realJWS, realCOSE} {
		evidence := named(t, name)
		real := v.Verify(t.Context(), evidence)
		scene := breaking.Scene{Evidence: evidence, Now: judgedOn}
		tried := map[breaking.ID]model.CheckID{}
		for _, way := range breaking.Possible(scene) {
			for variant := range min(way.Variants, 5) {
				broken, possible := breaking.Apply(scene, way.ID, variant)
				if !possible || broken.Before == broken.After {
					t.Errorf("%s: %s changes nothing", name, way.ID)
				}
				if !broken.At.IsZero() {
					continue // the clock is the verifier's, which is another then
				}
				by, caught := breaking.Caught(real, v.Verify(t.Context(), broken.Evidence))
				if !caught {
					t.Errorf("%s: %s (%s, %q to %q) was not noticed", name, way.ID, broken.Where, broken.Before, broken.After)
				}
				tried[way.ID] = by.ID
			}
		}
		for id, want := range map[breaking.ID]model.CheckID{
			breaking.Content: model.CheckContent, breaking.Signature: model.CheckSignature, breaking.Subject: model.CheckSignature,
		} {
			if tried[id] != want {
				t.Errorf("%s: %s is caught by %q, want %q", name, id, tried[id], want)
			}
		}
		if tried[breaking.Payload] == "" {
			t.Errorf("%s: the payload was not broken", name)
		}
	}
}
