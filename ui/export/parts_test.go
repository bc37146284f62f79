package export

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/keymap"
)

// Whoever attests something must not choose what a file is called.
func TestNothingAttestedIsInAProposedName(t *testing.T) {
	const bad = "../\x1b]0;x\x07/etc/passwd"
	e := &model.Entry{
		Node:        model.Node{ID: bad, Name: bad, Kind: model.KindAttestation, Digest: "sha256:../../etc/passwd", Platform: bad, Tag: bad, Raw: []byte("{}")},
		Attestation: &model.Attestation{PredicateType: bad, Payload: []byte("[]")},
	}
	items := New(keymap.New(keymap.Choice{}), []*model.Entry{e}, nil).items
	if len(items) < 2 {
		t.Fatalf("%d parts are offered", len(items))
	}
	for _, i := range items {
		if strings.Trim(i.file, "abcdefghijklmnopqrstuvwxyz0123456789-.") != "" || !strings.Contains(i.file, "unnamed") {
			t.Errorf("%q is proposed", i.file)
		}
	}
}
