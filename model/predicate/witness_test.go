package predicate

import (
	"strings"
	"testing"
)

func TestCollectionsInCollectionsAreBounded(t *testing.T) {
	t.Parallel()
	nest := func(depth int) string {
		return strings.Repeat(`{"name":"n","attestations":[{"type":"`+collection+`/v0.1","attestation":`, depth) + `{"name":"last"}` +
			strings.Repeat(`}]}`, depth)
	}
	deep := []byte(nest(3000))
	n := Decode(collection+"/v0.1", deep).(Note)
	if got := len(n.summary["attestations"].([]any)); got != maxCollections+1 {
		t.Errorf("%d collections are listed", got)
	}
	wide := `{"attestations":[` + strings.Repeat(`{"type":"x"},`, 3*maxAttestations) + `{"type":"y"}]}`
	if got := len(Decode(collection+"/v0.1", []byte(wide)).(Note).summary["attestations"].([]any)); got != maxAttestations {
		t.Errorf("%d of many attestations are listed", got)
	}
}
