package page

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/predicate"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/uitest"
	"github.com/attestree/attestree/ui/widget"
)

// Whoever opens an attestation by itself wants to know what it is; that no policy is satisfied stands in the head of the
// screen already.
func TestAFileSaysWhatItIsBeforeWhatThePolicyAsks(t *testing.T) {
	const scai = "https://in-toto.io/attestation/scai/v0.3"
	root := uitest.Digest("file")
	tree := model.NewTree()
	tree.Apply(model.Resolved{Reference: "statement.json", Digest: root})
	tree.Apply(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindStatement, Format: model.FormatStatement, Digest: root}})
	tree.Apply(model.Opened{ID: string(root), Attestation: &model.Attestation{
		PredicateType: scai, Statement: &model.Statement{PredicateType: scai},
		Predicate: predicate.Decode(scai, []byte(`{"attributes":[{"attribute":"HERMETIC"}]}`)),
	}})
	tree.Apply(model.Done{})

	styles := theme.New(theme.Options{Mono: true})
	sheet := widget.Sheet{Width: 76, Styles: &styles}
	Summary(&sheet, tree, tree.Root(), Trust{Judged: true, Policy: model.PolicyAnswer{Reasons: []string{"it is not signed"}}}, About{Now: uitest.Now})
	got := textOf(&sheet)
	says, policy, stored := strings.Index(got, "HERMETIC"), strings.Index(got, "it is not signed"), strings.Index(got, "Stored as")
	if says < 0 || policy < says || stored < policy {
		t.Errorf("got\n%s", got)
	}
}
