package model

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWhatIsSignedAlongIsRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, optional string
		want           []Field
	}{
		{"nothing", "", nil},
		{"null, as cosign writes it", "null", nil},
		{"annotations in their order", `{"ref":"main","creator":"cosign","at":1780304701,"none":null}`, []Field{
			{Label: "ref", Value: "main"}, {Label: "creator", Value: "cosign"}, {Label: "at", Value: "1780304701"},
		}},
		{"what is no object", `["ref"]`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := SimpleSigning{Optional: []byte(c.optional)}
			if diff := cmp.Diff(c.want, s.Annotations()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
